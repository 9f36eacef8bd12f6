#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/db.hpp"

namespace birge::db {

/// One step of the schema: a file of db/migrations. The words {int64} {bytes} {real} {strict} {joined} are replaced for the engine;
/// {keyed} is {strict} for a table that lies in the order of its primary key, which SQLite would otherwise store a second time.
struct Migration {
  int number;
  std::string_view name;
  std::string_view sql;
};

/// The steps in the binary, by number. Throws std::logic_error when two have one number or a name does not begin with one.
std::vector<Migration> embedded_migrations();

/// The text of a step for one engine. Throws std::logic_error for a word it does not know.
std::string migration_text(std::string_view sql, Engine engine);

/// Whether nothing of `migrations` is left to do. Throws Problem as Database::migrate does.
bool migrated(Connection& connection, std::span<Migration const> migrations);

/// Does what is left, all of it in one transaction; the number of steps taken.
int migrate(Connection& connection, std::span<Migration const> migrations);

}  // namespace birge::db
