#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/config.hpp"

/// Files that people handed in, each under the hash of its content: 64 hexadecimal digits (BLAKE2b, 256 bits). A file is on the disk before the
/// transaction that names it; what no row names is removed.
namespace birge::files {

/// What a file with this content is called.
std::string name_of(std::string_view content);
bool is_name(std::string_view text);

/// Keeps others from removing files while it lives; or, held alone, from adding any. Works between the processes of one machine.
class Hold {
public:
  explicit Hold(int descriptor) : descriptor_(descriptor) {}
  Hold(Hold&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Hold& operator=(Hold&&) = delete;
  ~Hold();

private:
  int descriptor_;
};

struct Stored {
  std::string name;  ///< begins with a dot: the unfinished file of a write that never ended
  std::int64_t bytes = 0;
  std::chrono::seconds age{};
};

class Folder {
public:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {}
  /// `files` in the data folder.
  static Folder of(Config const& config) { return Folder(std::filesystem::path(config.text("data")) / "files"); }

  /// Writes a file and returns its name once it is durable. Throws Problem(internal) when the disk is full or cannot be written.
  std::string put(std::string_view content) const;
  /// Nothing where there is no such file.
  std::optional<std::string> get(std::string_view name) const;
  /// Whether the file is there and its content is what its name says.
  enum class Health { whole, missing, damaged };
  Health check(std::string const& name) const;
  std::filesystem::path where(std::string_view name) const;

  std::vector<Stored> list() const;

  /// To be held from before put until the transaction that names the file is durable, and while files are copied.
  Hold hold() const;
  /// Removes the files among `names` that `named` (asked while nobody adds any) does not have; false where somebody adds or copies all the time.
  using Names = std::set<std::string, std::less<>>;
  bool remove_unless(std::vector<std::string> const& names, std::function<Names()> const& named) const;

private:
  std::filesystem::path path_;
};

}  // namespace birge::files
