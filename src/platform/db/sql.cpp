#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "platform/db/db.hpp"
#include "platform/db/placeholders.hpp"

namespace birge::db {

std::size_t placeholder_count(std::string_view sql) {
  std::vector<bool> seen;
  each_placeholder(sql, [&](std::size_t position) {
    if (sql[position] != '$') return;
    std::size_t number = 0;
    auto const text = sql.substr(position + 1);
    auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || number == 0 || number > 1000) return;
    if (seen.size() < number) seen.resize(number);
    seen[number - 1] = true;
  });
  if (std::ranges::find(seen, false) != seen.end()) throw Error(Error::Kind::other, "a placeholder is left out: " + std::string(sql));
  return seen.size();
}

void Sql::add_clause(std::string_view clause, std::vector<Owned> arguments) {
  if (!text_.empty()) text_ += ' ';
  // Most clauses take no arguments: there is nothing to look for between their quotes.
  if (arguments.empty() && clause.find('?') == std::string_view::npos && clause.find('$') == std::string_view::npos) {
    text_ += clause;
    return;
  }
  auto const first = arguments_.size();
  std::size_t used = 0;
  std::size_t copied = 0;
  each_placeholder(clause, [&](std::size_t position) {
    if (clause[position] == '$') throw std::logic_error("a joined clause takes its arguments with ?: " + std::string(clause));
    text_ += clause.substr(copied, position - copied);
    text_ += '$' + std::to_string(first + ++used);
    copied = position + 1;
  });
  text_ += clause.substr(copied);
  if (used != arguments.size()) throw std::logic_error("the arguments of a clause do not fit it: " + std::string(clause));
  std::ranges::move(arguments, std::back_inserter(arguments_));
}

std::vector<Value> Sql::values() const {
  std::vector<Value> values;
  values.reserve(arguments_.size());
  for (auto const& argument : arguments_) {
    values.push_back(argument.value);
    values.back().text = argument.text;
  }
  return values;
}

}  // namespace birge::db
