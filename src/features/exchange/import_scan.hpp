#pragma once

#include <map>
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

/// Columns that hold something under no header, also beside the header's last column. Row numbers need none: 1, 2, 3 ... or 1., 2. ..., that
/// may begin anew or leave out rows that are no activities.
class Headless {
public:
  void look(Layout const& layout, sheet::Row const& row);  ///< at each row that is taken for an activity
  void report(Layout const& layout, Findings& findings) const;

private:
  struct Seen {
    int last = 0;
    bool numbering = true;  ///< of rows, so far
  };
  std::map<std::size_t, Seen> columns_;
};

/// Columns of a layout that nobody reads, by letter and header; only those with a header.
std::vector<std::string> unread_columns(Layout const& layout);

}  // namespace birge::exchange
