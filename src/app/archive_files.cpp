#include "app/archive_files.hpp"

#include <memory>
#include <optional>

#include "app/archive_rows.hpp"
#include "features/evidence/evidence_store.hpp"
#include "platform/base/problem.hpp"

namespace birge::app {

namespace {

constexpr std::string_view folder_name = "files/";
constexpr zip_uint64_t largest_file = 64u << 20;

/// Nothing where it cannot be read to its end.
std::optional<std::string> content_of(zip_t* archive, zip_uint64_t index) {
  zip_stat_t about;
  if (zip_stat_index(archive, index, 0, &about) != 0 || !(about.valid & ZIP_STAT_SIZE) || about.size > largest_file) return std::nullopt;
  std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> const file(zip_fopen_index(archive, index, 0), zip_fclose);
  if (!file) return std::nullopt;
  std::string content(about.size, '\0');
  std::size_t have = 0;
  while (have < content.size()) {
    auto const got = zip_fread(file.get(), content.data() + have, content.size() - have);
    if (got <= 0) return std::nullopt;
    have += static_cast<std::size_t>(got);
  }
  return content;
}

/// Calls `take` with the index and the name of each file.
template <class Function>
void each_file(zip_t* archive, Function take) {
  auto const entries = zip_get_num_entries(archive, 0);
  for (zip_int64_t i = 0; i < entries; ++i) {
    auto const* entry = zip_get_name(archive, static_cast<zip_uint64_t>(i), 0);
    if (entry && std::string_view(entry).starts_with(folder_name)) take(static_cast<zip_uint64_t>(i), std::string(entry).substr(folder_name.size()));
  }
}

TableProof proof_of(Checksum const& names) { return {"files", names.rows(), names.text()}; }

void add_file(zip_t* archive, std::string const& name, std::filesystem::path const& path) {
  auto* source = zip_source_file(archive, path.c_str(), 0, -1);
  auto const index = source ? zip_file_add(archive, (std::string(folder_name) + name).c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
  // Pictures do not get smaller.
  if (index < 0 || zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0) != 0)
    throw Problem(Failure::internal, message("The archive {} cannot be written. Is the disk full?", name), zip_strerror(archive));
}

}  // namespace

TableProof add_files(zip_t* archive, db::Reader& read, files::Folder const& folder, LeftOut& left_out) {
  using Health = files::Folder::Health;
  Checksum names;
  for (auto const& name : evidence::Store(read).files()) {
    auto const health = folder.check(name);
    if (health == Health::missing) left_out.missing.push_back(name);
    if (health == Health::damaged) left_out.damaged.push_back(name);
    if (health != Health::whole) continue;
    add_file(archive, name, folder.where(name));
    names.add(name);
  }
  return proof_of(names);
}

TableProof named_files(zip_t* archive) {
  Checksum names;
  each_file(archive, [&](zip_uint64_t, std::string const& name) {
    if (!files::is_name(name)) throw Problem(Failure::bad_input, message("The archive is damaged: the file {} is not what it was.", name));
    names.add(name);
  });
  return proof_of(names);
}

TableProof take_files(zip_t* archive, files::Folder const& folder, LeftOut& left_out) {
  Checksum names;
  each_file(archive, [&](zip_uint64_t index, std::string const& name) {
    auto const content = content_of(archive, index);
    if (!content || files::name_of(*content) != name) return left_out.damaged.push_back(name);
    folder.put(*content);
    names.add(name);
  });
  return proof_of(names);
}

}  // namespace birge::app
