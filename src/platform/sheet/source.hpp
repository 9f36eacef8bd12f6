#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "platform/sheet/sheet.hpp"

/// Inside the sheet room: where the bytes of a file come from.
namespace birge::sheet {

/// A file's bytes, either held in memory (an upload) or read from the disk piece by piece.
class Source {
public:
  static Source of_bytes(std::string bytes, Limits const& limits);
  static Source of_file(std::string const& path, Limits const& limits);
  Source(Source&& other) noexcept;
  Source& operator=(Source&&) = delete;
  ~Source();

  std::size_t size() const { return size_; }
  bool in_memory() const { return descriptor_ < 0; }
  std::string const& bytes() const { return bytes_; }  ///< empty unless in_memory()
  std::string const& path() const { return path_; }    ///< empty if in_memory()

  /// Hands over the bytes from `offset` to the end in pieces of at most 64 KB; `take` returns false to stop.
  void pieces(std::size_t offset, std::function<bool(std::string_view)> const& take) const;
  /// The first bytes, at most `count`.
  std::string head(std::size_t count) const;

private:
  Source() = default;
  std::string bytes_, path_;
  int descriptor_ = -1;
  std::size_t size_ = 0;
};

}  // namespace birge::sheet
