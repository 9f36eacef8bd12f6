#pragma once

#include <functional>
#include <string_view>

namespace birge::db {

/// Calls `seen` with the position of every character of a statement that is neither in quotes nor in a comment.
void outside_quotes(std::string_view sql, std::function<void(std::size_t)> const& seen);

/// How many arguments a statement takes. Throws Error when a number between $1 and the highest is missing: PostgreSQL could not
/// guess its type, and on SQLite an argument would be lost without a word.
std::size_t placeholder_count(std::string_view sql);

}  // namespace birge::db
