#include "features/intake/intake_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "platform/files/durable.hpp"

namespace birge::intake {

namespace fs = std::filesystem;

namespace {

std::string_view ending(Files::What what) {
  switch (what) {
    case Files::What::upload: return ".upload";
    case Files::What::head: return ".head";
    case Files::What::rows: return ".rows";
    case Files::What::refused: return ".refused";
  }
  return {};
}

[[noreturn]] void cannot_write(std::string const& path, std::string const& why) {
  throw Problem(Failure::internal,
                message("The file could not be kept: the disk of the server is full or cannot be written to. Nothing was changed."),
                "cannot write " + path + ": " + why);
}

}  // namespace

std::string Files::path(RunId run, What what) const { return folder_ + "/" + id_text(run) + std::string(ending(what)); }

void Files::save(RunId run, What what, std::string_view bytes) const {
  auto const final = path(run, what);
  try {
    files::make_folder(folder_);
    files::write_in_place(final + ".new", final, bytes);
  } catch (std::system_error const& error) { cannot_write(final, error.what()); }
}

std::optional<std::string> Files::read(RunId run, What what) const {
  std::ifstream file(path(run, what), std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void Files::remove(RunId run, What what) const {
  std::error_code ignored;
  fs::remove(path(run, what), ignored);
}

void Files::remove_all(RunId run) const {
  std::error_code ignored;
  for (auto const what : {What::upload, What::head, What::rows, What::refused}) {
    remove(run, what);
    fs::remove(path(run, what) + ".new", ignored);  // of a program that died meanwhile
  }
}

std::vector<RunId> Files::runs() const {
  std::vector<RunId> list;
  std::error_code error;
  for (auto const& entry : fs::directory_iterator(folder_, error))
    if (auto const name = entry.path().filename().string(); auto const id = parse_id_as<RunTag>(name.substr(0, name.find('.')))) list.push_back(*id);
  std::ranges::sort(list);
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

}  // namespace birge::intake
