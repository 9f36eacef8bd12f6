#include "platform/sheet/source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace birge::sheet {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

void refuse_too_large(std::size_t size, Limits const& limits) {
  if (size <= limits.file_bytes) return;
  throw Problem(Failure::too_large,
                message("The file is larger than {} MB: split it into smaller files and send them one by one.", limits.file_bytes / (1024 * 1024)));
}

void refuse_empty(std::size_t size) {
  if (size == 0) throw Problem(Failure::unprocessable, message("The file is empty: save it again and check that it opens before sending it."));
}

}  // namespace

Source Source::of_bytes(std::string bytes, Limits const& limits) {
  refuse_too_large(bytes.size(), limits);
  refuse_empty(bytes.size());
  Source source;
  source.bytes_ = std::move(bytes);
  source.size_ = source.bytes_.size();
  return source;
}

Source Source::of_file(std::string const& path, Limits const& limits) {
  Source source;
  source.path_ = path;
  // Without O_NONBLOCK opening a pipe by mistake would wait for ever.
  source.descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat about {};
  if (source.descriptor_ < 0 || ::fstat(source.descriptor_, &about) != 0 || !S_ISREG(about.st_mode))
    throw Problem(Failure::not_found, message("The file {} cannot be read: check its name and that you may open it.", path),
                  path + ": " + std::strerror(errno));
  source.size_ = static_cast<std::size_t>(about.st_size);
  refuse_too_large(source.size_, limits);
  refuse_empty(source.size_);
  return source;
}

Source::Source(Source&& other) noexcept
    : bytes_(std::move(other.bytes_)), path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

Source::~Source() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Source::pieces(std::size_t offset, std::function<bool(std::string_view)> const& take) const {
  if (in_memory()) {
    for (auto rest = std::string_view(bytes_).substr(std::min(offset, bytes_.size())); !rest.empty();) {
      auto const count = std::min(rest.size(), piece_bytes);
      if (!take(rest.substr(0, count))) return;
      rest.remove_prefix(count);
    }
    return;
  }
  std::array<char, piece_bytes> buffer;
  while (offset < size_) {
    // Never past the size checked at the start, even if somebody is still writing to the file.
    auto const count = ::pread(descriptor_, buffer.data(), std::min(buffer.size(), size_ - offset), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      throw Problem(Failure::internal, message("The file could not be read to its end: try again."), path_ + ": " + std::strerror(errno));
    if (count == 0) return;
    if (!take({buffer.data(), static_cast<std::size_t>(count)})) return;
    offset += static_cast<std::size_t>(count);
  }
}

std::string Source::head(std::size_t count) const {
  std::string found;
  pieces(0, [&](std::string_view piece) {
    found += piece.substr(0, count - found.size());
    return found.size() < count;
  });
  return found;
}

}  // namespace birge::sheet
