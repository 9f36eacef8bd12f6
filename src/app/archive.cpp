#include "app/archive.hpp"

#include <zip.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <system_error>

#include "app/archive_files.hpp"
#include "app/archive_rows.hpp"
#include "platform/base/problem.hpp"
#include "platform/db/migrations.hpp"
#include "platform/files/durable.hpp"

namespace birge::app {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

constexpr int format = 1;
constexpr char const* key_name = "secret.key";

/// A folder beside the archive for the tables while they are written, gone when the backup is done or failed. They hold password hashes, like the database: nobody but
/// its owner may look into it.
class Scratch {
public:
  explicit Scratch(std::string const& archive) : folder_(archive + ".making") {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (!error) fs::permissions(folder_, fs::perms::owner_all, error);
    if (error) throw Problem(Failure::internal, message("Nothing can be written beside {}.", archive), error.message());
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Scratch(Scratch const&) = delete;
  Scratch& operator=(Scratch const&) = delete;
  fs::path file(std::string const& name) const { return folder_ / name; }

private:
  fs::path folder_;
};

struct CloseZip {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;

[[noreturn]] void cannot_write(std::string const& file, std::string const& why) {
  throw Problem(Failure::internal, message("The archive {} cannot be written. Is the disk full?", file), why);
}

TableProof write_table(db::Reader& read, db::Table const& table, fs::path const& file) {
  std::ofstream out(file, std::ios::binary);
  Checksum checksum;
  db::each_row(read, table, [&](std::span<db::Value const> values) {
    auto const row = row_text(values);
    checksum.add(row);
    out << row << '\n';
  });
  out.close();
  if (!out) cannot_write(file.string(), "writing a table failed");
  return {table.name, checksum.rows(), checksum.text()};
}

json::object manifest(std::vector<db::Table> const& tables, std::vector<TableProof> const& proofs, TableProof const& files, Instant now) {
  json::array list;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    json::array columns;
    for (auto const& column : tables[i].columns) columns.emplace_back(column.name);
    list.push_back(json::object{{"name", tables[i].name}, {"columns", columns}, {"rows", proofs[i].rows}, {"checksum", proofs[i].checksum}});
  }
  return {{"format", format}, {"program", BIRGE_VERSION},
          {"made", iso(now)}, {"migration", db::embedded_migrations().back().number},
          {"tables", list},   {"files", json::object{{"count", files.rows}, {"checksum", files.checksum}}}};
}

void add_file(zip_t* archive, std::string const& name, fs::path const& file) {
  auto* source = zip_source_file(archive, file.c_str(), 0, -1);
  if (!source || zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0) cannot_write(name, zip_strerror(archive));
}

/// The list of what is in an archive stands at its end: without it nothing is readable, though the file begins as an archive does.
bool begins_as_archive(std::string const& file) {
  constexpr std::string_view first = "PK\x03\x04";
  std::array<char, first.size()> begin{};
  std::ifstream in(file, std::ios::binary);
  return in.read(begin.data(), begin.size()) && std::string_view(begin.data(), begin.size()) == first;
}

Zip open_archive(std::string const& file) {
  int code = 0;
  Zip archive(zip_open(file.c_str(), ZIP_RDONLY, &code));
  if (archive) return archive;
  if (code == ZIP_ER_NOENT) throw Problem(Failure::bad_input, message("There is no file {}.", file));
  if (begins_as_archive(file))
    throw Problem(Failure::bad_input, message("{} is cut off: its end is missing. Copy it again, or take an earlier backup.", file));
  throw Problem(Failure::bad_input, message("{} is not a backup of Birge.", file));
}

/// Reads one file of the archive line by line.
void each_line(zip_t* archive, std::string const& name, std::function<void(std::string_view)> const& take) {
  auto* file = zip_fopen(archive, name.c_str(), 0);
  if (!file) throw Problem(Failure::bad_input, message("The archive is damaged: {} is missing.", name));
  std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> const closing(file, zip_fclose);
  std::string rest;
  std::vector<char> buffer(1 << 16);
  for (;;) {
    auto const got = zip_fread(file, buffer.data(), buffer.size());
    if (got < 0) throw Problem(Failure::bad_input, message("The archive is damaged: {} cannot be read to its end.", name));
    if (got == 0) break;
    rest.append(buffer.data(), static_cast<std::size_t>(got));
    std::size_t begin = 0;
    for (auto end = rest.find('\n'); end != std::string::npos; end = rest.find('\n', begin)) {
      take(std::string_view(rest).substr(begin, end - begin));
      begin = end + 1;
    }
    rest.erase(0, begin);
  }
  if (!rest.empty()) take(rest);
}

json::object read_manifest(zip_t* archive, std::string const& file) {
  std::string text;
  try {
    each_line(archive, "manifest.json", [&](std::string_view line) { text += line; });
    auto parsed = json::parse(text).as_object();
    if (parsed.at("format").as_int64() > format)
      throw Problem(Failure::bad_input, message("{} was made by a newer Birge. Restore it with that one.", file));
    return parsed;
  } catch (Problem const&) { throw; } catch (std::exception const& error) {
    throw Problem(Failure::bad_input, message("{} is not a backup of Birge.", file), error.what());
  }
}

/// Brings an empty database to the schema that the archive was made with.
void prepare(db::Database& database, std::int64_t migration, std::string const& file) {
  auto const all = db::embedded_migrations();
  if (all.back().number < migration) throw Problem(Failure::bad_input, message("{} was made by a newer Birge. Restore it with that one.", file));
  auto const end = std::ranges::find_if(all, [&](db::Migration const& step) { return step.number > migration; });
  database.migrate(std::span(all.begin(), end));
  database.read([](db::Reader& read) {
    for (auto const& table : db::tables(read))
      if (db::row_count(read, table) > 0) throw Problem(Failure::conflict, message("This database is not empty. Restore into a new one."));
  });
}

db::Table const& table_named(std::vector<db::Table> const& tables, json::object const& entry) {
  auto const name = std::string(entry.at("name").as_string());
  auto const found = std::ranges::find(tables, name, &db::Table::name);
  if (found == tables.end()) throw Problem(Failure::bad_input, message("The archive has a table that this Birge does not know: {}.", name));
  std::vector<std::string> columns;
  for (auto const& column : entry.at("columns").as_array()) columns.emplace_back(column.as_string());
  if (!std::ranges::equal(columns, found->columns, {}, {}, &db::Column::name))
    throw Problem(Failure::bad_input, message("The archive's table {} has other columns than this Birge.", name));
  return *found;
}

/// Archives of before there were files say nothing of them.
void prove_files(json::object const& about, TableProof const& files) {
  auto const* wanted = about.if_contains("files");
  if (!wanted) return;
  if (wanted->as_object().at("count").as_int64() != files.rows || std::string_view(wanted->as_object().at("checksum").as_string()) != files.checksum)
    throw Problem(Failure::bad_input, message("The archive is damaged: it does not have all of its files."));
}

std::vector<TableProof> prove(db::Database& database, json::array const& entries) {
  std::vector<TableProof> proofs;
  database.read([&](db::Reader& read) {
    for (auto const& table : db::tables(read)) {
      Checksum checksum;
      db::each_row(read, table, [&](std::span<db::Value const> values) { checksum.add(row_text(values)); });
      proofs.push_back({table.name, checksum.rows(), checksum.text()});
    }
  });
  for (auto const& entry : entries) {
    TableProof const wanted{std::string(entry.at("name").as_string()), entry.at("rows").as_int64(), std::string(entry.at("checksum").as_string())};
    if (std::ranges::find(proofs, wanted) == proofs.end())
      throw Problem(Failure::internal, message("The table {} was not restored as it was. Do not use this database.", wanted.name));
  }
  return proofs;
}

}  // namespace

std::vector<TableProof> backup(db::Database& database, files::Folder const& folder, std::string const& file, Instant now, Progress const& progress,
                               LeftOut& left_out, std::optional<std::string> const& key) {
  // The archive names the schema of this program: of any other one nobody could restore it.
  if (!database.up_to_date(db::embedded_migrations()))
    throw Problem(Failure::conflict, message("The database is from an older version. Run: birge migrate"));
  auto const kept = folder.hold();  // before the snapshot: what it names is not removed until it is copied
  Scratch const scratch(file);
  std::vector<TableProof> proofs;
  auto snapshot = database.snapshot();
  auto const tables = db::tables(snapshot.reader());
  for (auto const& table : tables) {
    progress(table.name, static_cast<std::int64_t>(proofs.size()), static_cast<std::int64_t>(tables.size()));
    proofs.push_back(write_table(snapshot.reader(), table, scratch.file(table.name)));
  }
  auto const unfinished = scratch.file("archive").string();
  int code = 0;
  Zip archive(zip_open(unfinished.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
  if (!archive) cannot_write(file, "zip error " + std::to_string(code));
  auto const files = add_files(archive.get(), snapshot.reader(), folder, left_out);
  std::ofstream about(scratch.file("manifest.json"));
  about << json::serialize(manifest(tables, proofs, files, now)) << '\n';
  about.close();
  if (!about) cannot_write(file, "the manifest was not written");
  proofs.push_back(files);
  add_file(archive.get(), "manifest.json", scratch.file("manifest.json"));
  for (auto const& table : tables) add_file(archive.get(), "tables/" + table.name + ".jsonl", scratch.file(table.name));
  if (key) {
    std::ofstream out(scratch.file(key_name), std::ios::binary);
    out << *key;
    out.close();
    if (!out) cannot_write(file, "the key was not written");
    add_file(archive.get(), key_name, scratch.file(key_name));
  }
  if (zip_close(archive.get()) != 0) cannot_write(file, zip_strerror(archive.get()));
  static_cast<void>(archive.release());
  std::error_code error;
  // Before it leaves the folder that is closed to others.
  fs::permissions(unfinished, fs::perms::owner_read | fs::perms::owner_write, error);
  if (error) cannot_write(file, error.message());
  try {
    files::put_in_place(unfinished, file);
  } catch (std::system_error const& failure) { cannot_write(file, failure.what()); }
  return proofs;
}

std::optional<std::string> archived_key(std::string const& file) {
  auto const archive = open_archive(file);
  if (zip_name_locate(archive.get(), key_name, 0) < 0) return {};
  std::string key;
  each_line(archive.get(), key_name, [&](std::string_view line) { key += line; });
  return key + "\n";
}

std::vector<TableProof> restore(db::Database& database, files::Folder const& folder, std::string const& file, Progress const& progress,
                                LeftOut& left_out) {
  auto const archive = open_archive(file);
  auto const about = read_manifest(archive.get(), file);
  prepare(database, about.at("migration").as_int64(), file);
  auto const& entries = about.at("tables").as_array();
  prove_files(about, named_files(archive.get()));
  auto const kept = folder.hold();
  auto const files = take_files(archive.get(), folder, left_out);
  auto const tables = database.read([](db::Reader& read) { return db::tables(read); });
  database.write([&](db::Tx& tx) {
    db::Loading loading(tx);
    std::int64_t done = 0;
    for (auto const& entry : entries) {
      auto const& table = table_named(tables, entry.as_object());
      progress(table.name, done++, static_cast<std::int64_t>(entries.size()));
      each_line(archive.get(), "tables/" + table.name + ".jsonl",
                [&](std::string_view line) { loading.insert(table, read_row(table, line).values); });
    }
    loading.finish();
  });
  auto proofs = prove(database, entries);
  proofs.push_back(files);
  database.migrate(db::embedded_migrations());
  return proofs;
}

}  // namespace birge::app
