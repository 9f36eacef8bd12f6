#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "features/board/board_view.hpp"

/// The table: what it shows of a row, for the page and for files alike.
namespace birge::board {

struct Table {
  Look look;
  Sort sort;
  std::vector<Column> columns;

  /// Selection, order and columns as the query of an address, without where a page begins; in another order where one is given.
  http::Parameters query(std::optional<Sort> other = std::nullopt) const;
  /// A page of the table with them, and what else.
  Url address(std::string_view path, std::vector<std::pair<std::string, std::string>> const& more = {}) const;
};
Table table_of(Request& request, http::Parameters const& query);

/// Nothing, a text, a number or a day.
using Value = std::variant<std::monostate, std::string, std::int64_t, Day>;
using Names = std::map<work::PersonId, std::string>;

/// The people that the chosen columns name in these rows; empty where no column does.
Names names_for(Table const& table, std::vector<Row> const& rows);
Value value_of(Table const& table, Row const& row, Column column, Names const& names);

/// What is chosen in words, for the head of a file.
std::string chosen_in_words(Look const& look);

/// The page of the table. `form`: what was typed into the form for many rows or for a saved view, with what is wrong with it.
Reply table_page(Table const& table, http::Parameters const& where, http::Parameters const& form, std::vector<Fault> const& faults, Status status);

/// Saved views with the forms that change them; `form`: what was typed into the one whose name a fault is about.
Html saved_part(Table const& table, http::Parameters const& form, std::vector<Fault> const& faults);
/// Whether a fault is about the name of a saved view, not about the form for many rows.
bool of_a_view(Fault const& fault);

/// How many activities one step can be made for at once.
inline constexpr int most_at_once = 500;

}  // namespace birge::board
