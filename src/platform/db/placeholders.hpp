#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace birge::db {

/// Where the quoted text or the comment that begins at `i` is over; `i` itself where neither begins.
inline std::size_t end_of_quoted(std::string_view sql, std::size_t i) {
  auto const rest = sql.substr(i);
  std::string_view end;
  std::size_t skip = 1;
  if (rest.front() == '\'') end = "'";
  else if (rest.front() == '"') end = "\"";
  else if (rest.starts_with("--")) end = "\n", skip = 2;
  else if (rest.starts_with("/*")) end = "*/", skip = 2;
  else return i;
  auto const close = sql.find(end, i + skip);
  return close == std::string_view::npos ? sql.size() : close + end.size();
}

/// Calls `seen` with the position of every ? and $ of a statement that is neither in quotes nor in a comment.
template <class Seen>
void each_placeholder(std::string_view sql, Seen&& seen) {
  for (std::size_t i = 0; i < sql.size();) {
    switch (sql[i]) {
      case '?':
      case '$': seen(i++); break;
      case '\'':
      case '"':
      case '-':
      case '/': i = std::max(end_of_quoted(sql, i), i + 1); break;
      default: ++i;
    }
  }
}

/// How many arguments a statement takes. Throws Error when a number between $1 and the highest is missing: PostgreSQL could not
/// guess its type, and on SQLite an argument would be lost without a word.
std::size_t placeholder_count(std::string_view sql);

}  // namespace birge::db
