#pragma once

#include <vector>

#include "features/exchange/import_rows.hpp"

namespace birge::exchange {

/// The tables of a file that hold activities, and notes about the others. Throws Problem when there is none.
std::vector<Layout> choose_tables(sheet::Book& book, Findings& findings);

/// A row that is no activity: sums, headings between rows, the header again; nothing for all others. The message says why it is skipped.
struct Passed {
  std::string code;
  Message why;
  bool doubtful = false;  ///< a person should look at it
};
std::optional<Passed> passed_over(Layout const& layout, sheet::Row const& row);

/// Columns of a layout that nobody reads, by letter and header; only those with a header.
std::vector<std::string> unread_columns(Layout const& layout);

}  // namespace birge::exchange
