#include "app/output.hpp"

#include <filesystem>
#include <fstream>

#include "platform/base/problem.hpp"

namespace birge::app {

namespace fs = std::filesystem;

namespace {

bool write(std::string const& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  return !out.fail();
}

}  // namespace

void write_file(std::string const& path, std::string_view bytes) {
  std::error_code error;
  // A pipe or a device has no unfinished file beside it; a link is written through, not replaced.
  bool const beside = fs::is_regular_file(fs::symlink_status(path, error)) || !fs::exists(path, error);
  auto const target = beside ? path + ".making" : path;
  bool written = write(target, bytes);
  if (written && beside) {
    fs::rename(target, path, error);
    written = !error;
  }
  if (written) return;
  if (beside) fs::remove(target, error);
  if (fs::is_directory(path, error)) throw Problem(Failure::bad_input, message("{} is a folder. Name a file in it.", path));
  if (auto const folder = fs::path(path).parent_path(); !folder.empty() && !fs::is_directory(folder, error))
    throw Problem(Failure::bad_input, message("There is no folder {} to write {} to.", folder.string(), fs::path(path).filename().string()));
  throw Problem(Failure::internal, message("The file {} cannot be written. Is the disk full?", path));
}

}  // namespace birge::app
