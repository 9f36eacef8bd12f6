#pragma once

#include <vector>

#include "features/exchange/import_rows.hpp"

namespace birge::exchange {

/// Shows a watcher every table and row of the file as they stand there, with what was found about each row. Reads the file once more, so
/// that nothing but the decisions has to be kept.
void show_rows(sheet::Book& book, std::vector<Layout> const& layouts, std::vector<ImportRow> const& rows, std::vector<Finding> const& findings,
               Watcher const& watch);

}  // namespace birge::exchange
