#include "platform/db/gathered.hpp"

#include <algorithm>
#include <array>

#include "platform/db/placeholders.hpp"

namespace birge::db {
namespace {

/// So few texts are prepared for all numbers of rows, and no list of values is longer than a server takes (65,535 values).
constexpr std::array<std::size_t, 7> at_once = {64, 32, 16, 8, 4, 2, 1};

/// "($3, $4)" for two values after the first two.
std::string placeholders(std::size_t after, std::size_t count) {
  std::string text = "(";
  for (std::size_t i = 1; i <= count; ++i) text += (i > 1 ? ", $" : "$") + std::to_string(after + i);
  return text + ")";
}

/// "version = one.column3" for "version = $3".
std::string of_columns(std::string_view sql) {
  std::string text;
  std::size_t copied = 0;
  each_placeholder(sql, [&](std::size_t at) {
    text.append(sql.substr(copied, at - copied)).append("one.column");
    copied = at + 1;
  });
  return text.append(sql.substr(copied));
}

bool of_a_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

/// Whether what ends with a comma is a list of tables: "... from line l, ".
bool lists_tables(std::string_view before) {
  auto const bracket = before.find_last_of("()");
  auto const list = before.substr(bracket + 1);  // all where there is none: then it is the last of all numbers
  auto const last = [&](std::string_view word) {
    auto const at = list.rfind(word);
    return at == std::string_view::npos ? 0 : at + 1;
  };
  auto const from = last("from ");
  if (from == 0) return bracket != std::string_view::npos && before[bracket] == ')';  // perhaps a list that a subselect is part of
  return std::ranges::none_of(std::array{"select ", "where ", " by ", " set "}, [&](auto const* word) { return last(word) > from; });
}

bool works_with(std::string_view sql, std::string_view table) {
  constexpr std::array<std::string_view, 8> before_a_table = {"from ", "join ", "into ", "update ", "using ", "only ", "from (", "join ("};
  for (auto at = sql.find(table); at != std::string_view::npos; at = sql.find(table, at + 1)) {
    auto const before = sql.substr(0, at), behind = sql.substr(at + table.size());
    if (!behind.empty() && of_a_name(behind.front())) continue;
    if (std::ranges::any_of(before_a_table, [&](auto const word) { return before.ends_with(word); })) return true;
    if (before.ends_with(", ") && lists_tables(before)) return true;
  }
  return false;
}

bool has_text(Value const& value) { return value.type == Value::Type::text || value.type == Value::Type::bytes; }

}  // namespace

GatheredRows::Kind GatheredRows::kind_of(std::string_view sql, std::size_t width) {
  constexpr std::string_view inserts = "insert into ", updates = "update ", list = " values ", condition = " where ";
  bool const changes = sql.starts_with(updates);
  auto const row = placeholders(0, width);
  auto const at = sql.find(changes ? condition : list);
  bool const fits = at != std::string_view::npos && width > 0 && placeholder_count(sql) == width && sql.find("select ") == std::string_view::npos &&
                    (changes || (sql.starts_with(inserts) && sql.substr(at + list.size()).starts_with(row)));
  if (!fits) throw Error(Error::Kind::other, "no statement that puts a row of $1, $2, ...: " + std::string(sql));
  auto const named = sql.substr(changes ? updates.size() : inserts.size());
  Kind kind;
  kind.of_one = sql;
  kind.table = std::string(named.begin(), std::ranges::find_if_not(named, of_a_name));
  kind.width = width;
  if (changes) {
    kind.head = of_columns(sql.substr(0, at)) + " from (values ";
    kind.tail = ") as one" + of_columns(sql.substr(at));
  } else {
    kind.head = sql.substr(0, at + list.size());
    kind.tail = sql.substr(at + list.size() + row.size());
  }
  return kind;
}

std::string const& GatheredRows::text_for(Kind& kind, std::size_t rows) {
  if (rows == 1) return kind.of_one;
  auto& text = kind.for_many[rows];
  if (!text.empty()) return text;
  text = kind.head;
  for (std::size_t row = 0; row < rows; ++row) text += (row > 0 ? ", " : "") + placeholders(row * kind.width, kind.width);
  return text += kind.tail;
}

void GatheredRows::add(std::string_view sql, std::span<Value const> values) {
  auto found = kinds_.find(sql);
  if (found == kinds_.end()) {
    auto kind = kind_of(sql, values.size());
    // Rows of two texts would be sent in the order of the texts.
    if (std::ranges::any_of(kinds_, [&](auto const& known) { return known.second.table == kind.table; }))
      throw Error(Error::Kind::other, "rows of the table are put by another text already: " + std::string(sql));
    found = kinds_.emplace(std::string(sql), std::move(kind)).first;
  }
  auto& kind = found->second;
  if (values.size() != kind.width) throw Error(Error::Kind::other, "the arguments do not fit the placeholders of: " + std::string(sql));
  if (kind.values.empty()) waiting_.push_back(&kind);
  for (auto const& value : values) {
    kind.values.push_back(value);
    if (has_text(value)) kind.texts.emplace_back(value.text);
  }
}

bool GatheredRows::concern(std::string_view sql) const {
  return std::ranges::any_of(waiting_, [&](Kind const* kind) { return works_with(sql, kind->table); });
}

void GatheredRows::send_rows(Kind& kind, Send const& send) {
  auto text = kind.texts.begin();
  for (auto& value : kind.values)
    if (has_text(value)) value.text = *text++;
  std::span<Value const> left(kind.values);
  for (auto const rows : at_once)
    for (auto const count = rows * kind.width; left.size() >= count; left = left.subspan(count))
      send(kind.of_one, text_for(kind, rows), left.first(count), rows);
}

void GatheredRows::send_all(Send const& send) {
  try {
    for (auto* kind : waiting_) send_rows(*kind, send);
  } catch (...) {
    clear();
    throw;
  }
  clear();
}

void GatheredRows::clear() {
  for (auto* kind : waiting_) kind->values.clear(), kind->texts.clear();
  waiting_.clear();
}

}  // namespace birge::db
