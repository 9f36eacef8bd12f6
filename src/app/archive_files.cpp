#include "app/archive_files.hpp"

#include <memory>

#include "app/archive_rows.hpp"
#include "features/evidence/evidence_store.hpp"
#include "platform/base/problem.hpp"

namespace birge::app {

namespace {

constexpr std::string_view folder_name = "files/";
constexpr zip_uint64_t largest_file = 64u << 20;

[[noreturn]] void damaged(std::string const& name) {
  throw Problem(Failure::bad_input, message("The archive is damaged: {} cannot be read to its end.", name));
}

std::string content_of(zip_t* archive, zip_uint64_t index, std::string const& name) {
  zip_stat_t about;
  if (zip_stat_index(archive, index, 0, &about) != 0 || !(about.valid & ZIP_STAT_SIZE) || about.size > largest_file) damaged(name);
  std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> const file(zip_fopen_index(archive, index, 0), zip_fclose);
  if (!file) damaged(name);
  std::string content(about.size, '\0');
  std::size_t have = 0;
  while (have < content.size()) {
    auto const got = zip_fread(file.get(), content.data() + have, content.size() - have);
    if (got <= 0) damaged(name);
    have += static_cast<std::size_t>(got);
  }
  return content;
}

}  // namespace

TableProof add_files(zip_t* archive, db::Reader& read, files::Folder const& folder, std::vector<std::string>& missing) {
  Checksum checksum;
  for (auto const& name : evidence::Store(read).files()) {
    auto const path = folder.where(name);
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) {
      missing.push_back(name);
      continue;
    }
    auto* source = zip_source_file(archive, path.c_str(), 0, -1);
    auto const index = source ? zip_file_add(archive, (std::string(folder_name) + name).c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
    // Pictures do not get smaller.
    if (index < 0 || zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0) != 0)
      throw Problem(Failure::internal, message("The archive {} cannot be written. Is the disk full?", name), zip_strerror(archive));
    checksum.add(name);
  }
  return {"files", checksum.rows(), checksum.text()};
}

TableProof take_files(zip_t* archive, files::Folder const& folder) {
  Checksum checksum;
  auto const entries = zip_get_num_entries(archive, 0);
  for (zip_int64_t i = 0; i < entries; ++i) {
    auto const* entry = zip_get_name(archive, static_cast<zip_uint64_t>(i), 0);
    if (!entry || !std::string_view(entry).starts_with(folder_name)) continue;
    auto const name = std::string(entry).substr(folder_name.size());
    auto const content = content_of(archive, static_cast<zip_uint64_t>(i), entry);
    if (!files::is_name(name) || files::name_of(content) != name)
      throw Problem(Failure::bad_input, message("The archive is damaged: the file {} is not what it was.", name));
    folder.put(content);
    checksum.add(name);
  }
  return {"files", checksum.rows(), checksum.text()};
}

}  // namespace birge::app
