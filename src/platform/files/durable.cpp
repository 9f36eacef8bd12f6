#include "platform/files/durable.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>

#include "platform/files/descriptor.hpp"

namespace birge::files {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void failed(std::string const& what, fs::path const& path) {
  throw std::system_error(errno, std::generic_category(), what + " " + path.string());
}

void sync(Descriptor const& file, fs::path const& path) {
  if (::fsync(file.number()) != 0) failed("fsync of", path);
}

void sync_folder(fs::path folder) {
  if (folder.empty()) folder = ".";
  Descriptor const opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() < 0) failed("opening", folder);
  if (::fsync(opened.number()) != 0 && errno != EINVAL) failed("fsync of", folder);  // EINVAL: a file system that knows no such thing
}

/// So that the name survives a power failure as the content does.
void give_name(fs::path const& unfinished, fs::path const& path) {
  if (::rename(unfinished.c_str(), path.c_str()) != 0) failed("renaming to", path);
  sync_folder(path.parent_path());
}

void write(fs::path const& path, std::string_view content) {
  Descriptor const file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (file.number() < 0) failed("opening", path);
  while (!content.empty()) {
    auto const written = ::write(file.number(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) failed("writing", path);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  sync(file, path);
}

}  // namespace

void make_folder(fs::path const& folder) {
  std::error_code error;
  if (fs::create_directories(folder, error)) {
    fs::permissions(folder, fs::perms::owner_all, error);
    sync_folder(folder.parent_path());
  }
  if (error) throw std::system_error(error, "making " + folder.string());
}

void put_in_place(fs::path const& unfinished, fs::path const& path) {
  {
    Descriptor const file(::open(unfinished.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) failed("opening", unfinished);
    sync(file, unfinished);
  }
  give_name(unfinished, path);
}

void write_in_place(fs::path const& unfinished, fs::path const& path, std::string_view content) {
  try {
    write(unfinished, content);
    give_name(unfinished, path);
  } catch (...) {
    ::unlink(unfinished.c_str());
    throw;
  }
}

}  // namespace birge::files
