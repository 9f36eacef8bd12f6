#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/intake/intake.hpp"
#include "platform/base/config.hpp"

/// Uploads on their way, as files that nobody but the program can read. None is ever somebody's only copy; but their owner was told
/// that the rows that were left out are kept here, while the upload itself goes.
namespace birge::intake {

class Files {
public:
  explicit Files(Config const& config) : folder_(config.text("data") + "/imports") {}

  enum class What {
    upload,   ///< as it came
    head,     ///< of the preview: columns, questions, where each row stands
    rows,     ///< of the preview, a line each
    refused,  ///< rows that a partial import left out, with the reasons
  };
  std::string path(RunId run, What what) const;
  /// Replaces the file at once, so that nobody reads half of it, and returns when it is durable. Throws Problem(internal) where the disk is full or
  /// the folder cannot be written.
  void save(RunId run, What what, std::string_view bytes) const;
  std::optional<std::string> read(RunId run, What what) const;
  void remove(RunId run, What what) const;
  void remove_all(RunId run) const;
  /// Everything a file is there for.
  std::vector<RunId> runs() const;

private:
  std::string folder_;
};

}  // namespace birge::intake
