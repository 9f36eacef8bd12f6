#include "platform/db/migrations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <stdexcept>

#include "platform/base/embedded.hpp"
#include "platform/db/engine.hpp"

namespace birge::db {
namespace {

/// FNV-1a, 64 bits: it notices an edit; nobody attacks it.
std::string checksum(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (unsigned char const byte : text) hash = (hash ^ byte) * 1099511628211U;
  return fmt::format("{:016x}", hash);
}

bool has_tables(Connection& connection) {
  Reader reader(connection);
  if (connection.engine() == Engine::sqlite)
    return reader.one<int>("select count(*) from sqlite_master where type = 'table' and name = 'migration'") > 0;
  return reader.one<int>("select count(*) from information_schema.tables where table_schema = current_schema() and table_name = 'migration'") > 0;
}

struct Applied {
  int number;
  std::string name;
  std::string checksum;
};

/// The steps still to do, after making sure that those done are ours and unchanged.
std::vector<Migration> missing(Connection& connection, std::span<Migration const> migrations) {
  std::map<int, Applied> applied;
  if (has_tables(connection))
    for (auto& step : Reader(connection).all<Applied>("select number, name, checksum from migration")) applied[step.number] = step;
  std::vector<Migration> left;
  for (auto const& migration : migrations) {
    auto const done = applied.find(migration.number);
    if (done == applied.end()) {
      left.push_back(migration);
      continue;
    }
    if (done->second.checksum != checksum(migration.sql))
      throw Problem(Failure::conflict,
                    message("Step {} of this database is not the one of this program; install the version that made it.", migration.number),
                    fmt::format("migration {} was applied as {} with checksum {}", migration.number, done->second.name, done->second.checksum));
    applied.erase(done);
  }
  if (!applied.empty())
    throw Problem(Failure::conflict,
                  message("This database was made by a newer Birge (step {}). Install that version or a later one.", applied.rbegin()->first));
  std::ranges::sort(left, {}, &Migration::number);
  return left;
}

void make_tables(Connection& connection) {
  if (has_tables(connection)) return;
  connection.script(migration_text(R"(
    create table migration (number {int64} primary key, name text not null, checksum text not null, applied {int64} not null) {strict};
    create table revision (number {int64} not null) {strict};
    insert into revision (number) values (1);)",
                                   connection.engine()));
}

/// Text is compared byte by byte, as on SQLite, whatever the language of the PostgreSQL server: keys, paths and pages of lists depend on it.
void compare_bytes(Connection& connection) {
  struct Table {
    std::string name;
    std::string changes;
  };
  auto const tables = Reader(connection).all<Table>(R"(
    select cast(quote_ident(c.relname) as text),
           string_agg('alter column ' || quote_ident(a.attname) || ' type text collate "C"', ', ' order by a.attnum)
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = current_schema() and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
       and a.atttypid = 'text'::regtype and a.attcollation = (select oid from pg_collation where collname = 'default')
     group by c.relname order by c.relname)");
  for (auto const& table : tables) connection.script("alter table " + table.name + " " + table.changes);
}

void check_references(Connection& connection) {
  auto const broken = Reader(connection).maybe<std::string>("select \"table\" from pragma_foreign_key_check");
  if (broken) throw Error(Error::Kind::constraint, "a reference points nowhere in table " + *broken);
}

void take_step(Connection& connection, Migration const& migration) {
  try {
    connection.script(migration_text(migration.sql, connection.engine()));
    if (connection.engine() == Engine::sqlite) check_references(connection);
    else compare_bytes(connection);
    auto const now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    Tx(connection)
        .run("insert into migration (number, name, checksum, applied) values ($1, $2, $3, $4)", migration.number, migration.name,
             checksum(migration.sql), now);
  } catch (Error const& error) {
    throw Problem(Failure::internal,
                  message("Step {} of the database ({}) could not be taken; the database is as it was before.", migration.number, migration.name),
                  error.what());
  }
}

/// SQLite rebuilds a table by dropping it, which must not drop what refers to it; the switch works only outside of a transaction.
class References {
public:
  explicit References(Connection& connection) : connection_(connection) {
    if (connection_.engine() == Engine::sqlite) connection_.script("pragma foreign_keys = off");
  }
  References(References const&) = delete;
  References& operator=(References const&) = delete;
  ~References() {
    roll_back(connection_);
    if (connection_.engine() == Engine::sqlite) connection_.script("pragma foreign_keys = on");
  }

private:
  Connection& connection_;
};

}  // namespace

std::string migration_text(std::string_view sql, Engine engine) {
  static std::map<std::string_view, std::pair<std::string_view, std::string_view>> const words{
      {"int64", {"integer", "bigint"}},         {"bytes", {"blob", "bytea"}},
      {"real", {"real", "double precision"}},   {"strict", {"strict", ""}},
      {"keyed", {"strict, without rowid", ""}}, {"joined", {"group_concat", "string_agg"}}};
  std::string text;
  for (std::size_t i = 0; i < sql.size();) {
    auto const open = std::min(sql.find('{', i), sql.size());
    text += sql.substr(i, open - i);
    if (open == sql.size()) break;
    auto const after = std::find_if_not(sql.begin() + static_cast<std::ptrdiff_t>(open) + 1, sql.end(),
                                        [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
    auto const end = static_cast<std::size_t>(after - sql.begin());
    auto const word = sql.substr(open + 1, end - open - 1);
    if (word.empty() || end == sql.size() || sql[end] != '}') {  // a brace that is not ours, such as '{}'
      text += '{';
      i = open + 1;
      continue;
    }
    auto const found = words.find(word);
    if (found == words.end()) throw std::logic_error("unknown type word in a migration: " + std::string(word));
    text += engine == Engine::sqlite ? found->second.first : found->second.second;
    i = end + 1;
  }
  return text;
}

std::vector<Migration> embedded_migrations() {
  std::vector<Migration> migrations;
  for (auto const& file : embedded_folder("db/migrations/")) {
    auto name = file.name.substr(file.name.rfind('/') + 1);
    name = name.substr(0, name.find('.'));
    int number = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), number).ec != std::errc() || number < 1)
      throw std::logic_error("a migration's name begins with its number: " + std::string(file.name));
    if (std::ranges::find(migrations, number, &Migration::number) != migrations.end())
      throw std::logic_error("two migrations have the number of " + std::string(file.name));
    migrations.push_back({number, name, file.bytes});
  }
  std::ranges::sort(migrations, {}, &Migration::number);
  return migrations;
}

bool migrated(Connection& connection, std::span<Migration const> migrations) {
  return missing(connection, migrations).empty() && has_tables(connection);
}

int migrate(Connection& connection, std::span<Migration const> migrations) {
  if (migrated(connection, migrations)) return 0;
  References const references(connection);
  try {
    connection.begin_writing();
  } catch (Error const& error) {
    if (auto problem = problem_of(error)) throw *problem;
    throw;
  }
  make_tables(connection);
  auto const left = missing(connection, migrations);  // again, for another program may have done it meanwhile
  for (auto const& migration : left) take_step(connection, migration);
  connection.enqueue("update revision set number = number + 1", {});
  run(connection, "commit");
  return static_cast<int>(left.size());
}

}  // namespace birge::db
