#include "platform/db/dump.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace birge::db {

namespace {

Value::Type type_of(std::string_view declared) {
  if (declared == "INTEGER" || declared == "bigint") return Value::Type::integer;
  if (declared == "REAL" || declared == "double precision") return Value::Type::real;
  if (declared == "BLOB" || declared == "bytea") return Value::Type::bytes;
  return Value::Type::text;
}

/// A name from the engine's catalogue, quoted as SQL wants it.
std::string quoted(std::string_view name) {
  std::string text = "\"";
  for (char const c : name) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

std::string column_list(Table const& table) {
  std::string list;
  for (auto const& column : table.columns) list += (list.empty() ? "" : ", ") + quoted(column.name);
  return list;
}

struct Description {
  std::string table, column, type;
};

std::vector<Description> descriptions(Reader& read) {
  if (read.engine() == Engine::sqlite)
    return read.all<Description>(
        "select m.name, c.name, c.type from sqlite_schema m join pragma_table_info(m.name) c"
        " where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\' order by m.name, c.name");
  return read.all<Description>(
      "select table_name::text, column_name::text, data_type::text from information_schema.columns where table_schema = current_schema()"
      " order by table_name collate \"C\", column_name collate \"C\"");
}

}  // namespace

std::vector<Table> tables(Reader& read) {
  std::vector<Table> tables;
  for (auto const& [table, column, type] : descriptions(read)) {
    if (table == "migration" || table == "revision") continue;
    if (tables.empty() || tables.back().name != table) tables.push_back({table, {}});
    tables.back().columns.push_back({column, type_of(type)});
  }
  return tables;
}

void each_row(Reader& read, Table const& table, std::function<void(std::span<Value const>)> const& take) {
  auto const sql = fmt::format("select {} from {}", column_list(table), quoted(table.name));
  std::vector<Value> values(table.columns.size());
  auto const sink = [&](Row const& row) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      auto const index = static_cast<int>(i);
      values[i] = {};
      if (row.is_null(index)) continue;
      values[i].type = table.columns[i].type;
      switch (values[i].type) {
        case Value::Type::integer: values[i].integer = row.integer(index); break;
        case Value::Type::real: values[i].real = row.real(index); break;
        default: values[i].text = row.text(index);
      }
    }
    take(values);
    return true;
  };
  read.connection().execute(sql, {}, static_cast<int>(values.size()), RowSink(sink));
}

std::int64_t row_count(Reader& read, Table const& table) {
  std::int64_t count = 0;
  auto const sink = [&](Row const& row) {
    count = row.integer(0);
    return true;
  };
  read.connection().execute(fmt::format("select count(*) from {}", quoted(table.name)), {}, 1, RowSink(sink));
  return count;
}

Loading::Loading(Tx& tx) : tx_(tx) {
  if (tx.engine() == Engine::sqlite) {
    tx.connection().script("pragma defer_foreign_keys = on");
    return;
  }
  // PostgreSQL checks each row at once unless a reference was declared deferrable, so the references go and come back.
  struct Reference {
    std::string table, name, definition;
  };
  auto const found = tx.all<Reference>(
      "select c.conrelid::regclass::text, c.conname::text, pg_get_constraintdef(c.oid) from pg_constraint c"
      " join pg_namespace n on n.oid = c.connamespace where c.contype = 'f' and n.nspname = current_schema()");
  for (auto const& [table, name, definition] : found) {
    tx.connection().script(fmt::format("alter table {} drop constraint {}", table, quoted(name)));
    references_.push_back(fmt::format("alter table {} add constraint {} {}", table, quoted(name), definition));
  }
}

void Loading::insert(Table const& table, std::span<Value const> values) {
  std::string marks;
  for (std::size_t i = 1; i <= values.size(); ++i) marks += fmt::format("{}${}", i == 1 ? "" : ", ", i);
  tx_.connection().enqueue(fmt::format("insert into {} ({}) values ({})", quoted(table.name), column_list(table), marks), values);
}

void Loading::finish() {
  for (auto const& statement : references_) tx_.connection().script(statement);
  if (tx_.engine() != Engine::sqlite) return;
  if (auto const wrong = tx_.maybe<std::string>("select \"table\" from pragma_foreign_key_check limit 1"))
    throw Error(Error::Kind::constraint, "a reference of table " + *wrong + " leads nowhere");
}

}  // namespace birge::db
