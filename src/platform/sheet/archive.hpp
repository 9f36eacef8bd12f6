#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "platform/sheet/source.hpp"

/// Inside the sheet room: the ZIP archive that a workbook is.
namespace birge::sheet {

/// Reads parts of a ZIP archive within the limits. Throws Problem if it is damaged, encrypted or unpacks to too much.
class Archive {
public:
  /// The source must outlive the archive.
  Archive(Source const& source, Limits const& limits);
  ~Archive();

  bool has(std::string const& part) const;
  /// The unpacked bytes a part claims to have; 0 if unknown.
  std::size_t claimed_size(std::string const& part) const;
  /// Hands over a part's bytes in pieces of at most 64 KB; `take` returns false to stop.
  void unpack(std::string const& part, std::function<bool(std::string_view)> const& take);
  /// The whole of a small part, at most `most` bytes.
  std::string beginning(std::string const& part, std::size_t most);

private:
  struct Inside;
  void count(std::string const& part, std::size_t bytes);
  std::unique_ptr<Inside> inside_;
  std::size_t packed_, most_;
  std::map<std::string, std::size_t> unpacked_;  ///< bytes of each part; a part read twice counts once
};

[[noreturn]] void refuse_damaged(std::string const& why);

}  // namespace birge::sheet
