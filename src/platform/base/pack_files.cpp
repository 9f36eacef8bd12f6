#include "platform/base/pack_files.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "platform/base/embedded.hpp"
#include "platform/base/problem.hpp"

namespace birge {

namespace {

/// A name such as maps/region.csv: no empty, hidden or climbing part, so that it stays inside the pack.
bool safe_name(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos || name.find('\0') != std::string_view::npos) return false;
  while (!name.empty()) {
    auto const end = name.find('/');
    auto const part = name.substr(0, end);
    if (part.empty() || part.front() == '.') return false;
    name = end == std::string_view::npos ? std::string_view() : name.substr(end + 1);
  }
  return true;
}

}  // namespace

PackFiles PackFiles::embedded(std::string_view country) {
  std::string folder = "countries/" + std::string(country) + "/";
  if (country.empty() || country.find('/') != std::string_view::npos || embedded_folder(folder).empty())
    throw Problem(Failure::not_found, message("There is no country pack called “{}” in this program.", country));
  return {std::move(folder), false};
}

PackFiles PackFiles::on_disk(std::string const& folder) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error))
    throw Problem(Failure::not_found, message("The country pack {} is not a folder that can be read.", folder));
  return {folder.ends_with('/') ? folder : folder + '/', true};
}

std::optional<std::string> PackFiles::read(std::string_view name) const {
  if (!safe_name(name)) return std::nullopt;
  auto const path = folder_ + std::string(name);
  if (!on_disk_) {
    auto const* const file = embedded_file(path);
    return file ? std::optional(std::string(file->bytes)) : std::nullopt;
  }
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) return std::nullopt;
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bool const readable = std::filesystem::is_regular_file(path, error) && stream.is_open();
  if (readable && std::filesystem::file_size(path, error) > 0) bytes << stream.rdbuf();
  if (!readable || error || !stream || !bytes)
    throw Problem(Failure::unprocessable, message("The file {} of the country pack cannot be read.", path));
  return std::move(bytes).str();
}

std::string PackFiles::require(std::string_view name) const {
  auto bytes = read(name);
  if (!bytes) throw Problem(Failure::not_found, message("The country pack {} has no file {}.", folder_, name));
  return std::move(*bytes);
}

}  // namespace birge
