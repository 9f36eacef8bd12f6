#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "platform/db/database.hpp"
#include "platform/files/folder.hpp"

/// Backups: one archive (ZIP) from one snapshot, of no engine: manifest.json, a file of JSON lines for each table, and the files that people
/// handed in.
namespace birge::app {

struct TableProof {
  std::string name;  ///< of a table; "files": all files together
  std::int64_t rows = 0;
  std::string checksum;  ///< 32 hexadecimal digits: the sum of the rows' BLAKE2b hashes, so that the order of rows does not matter
  bool operator==(TableProof const&) const = default;
};

using Progress = std::function<void(std::string const& table, std::int64_t done, std::int64_t total)>;

/// Files that were left out, so that one broken picture never keeps the rest from being saved or restored.
struct LeftOut {
  std::vector<std::string> missing;  ///< the database names them and they are not in the folder
  std::vector<std::string> damaged;  ///< their content is not what their name says
  bool empty() const { return missing.empty() && damaged.empty(); }
};

/// Writes the archive beside its final name first, so that a failed backup never looks like one, and returns when it is durable. Works while others
/// read and write. Throws Problem where the database is of an older or a newer program.
/// `key`: the content of the key's file, only where whoever makes the backup wants it in there too.
std::vector<TableProof> backup(db::Database& database, files::Folder const& folder, std::string const& file, Instant now, Progress const& progress,
                               LeftOut& left_out, std::optional<std::string> const& key = {});
/// The key that an archive was made with, where it has one.
std::optional<std::string> archived_key(std::string const& file);

/// Restores into an empty database (which may be of another engine), brings it up to date, and proves that every table holds what the
/// archive says. Throws Problem: not an archive, made by a newer Birge, its tables are damaged, or the database is not empty.
std::vector<TableProof> restore(db::Database& database, files::Folder const& folder, std::string const& file, Progress const& progress,
                                LeftOut& left_out);

}  // namespace birge::app
