#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "platform/db/db.hpp"

/// All rows of all tables, whatever they are: for backups. The only place where statements are put together from the names the engine itself
/// gives; nothing else may run them.
namespace birge::db {

struct Column {
  std::string name;
  Value::Type type = Value::Type::text;  ///< integer, real, text or bytes
};

struct Table {
  std::string name;
  std::vector<Column> columns;  ///< by name
};

/// The tables of the schema but those of the data layer itself (migration, revision), by name.
std::vector<Table> tables(Reader& read);

/// Hands over each row of a table, its values in the order of the columns; in no particular order. Text is valid only during the call.
void each_row(Reader& read, Table const& table, std::function<void(std::span<Value const>)> const& take);

std::int64_t row_count(Reader& read, Table const& table);

/// Fills empty tables in any order: references between them are checked when all is there, in finish().
class Loading {
public:
  explicit Loading(Tx& tx);
  void insert(Table const& table, std::span<Value const> values);
  /// Throws Error when a reference leads nowhere.
  void finish();

private:
  Tx& tx_;
  std::vector<std::string> references_;  ///< PostgreSQL: statements that bring the dropped references back
};

}  // namespace birge::db
