#pragma once

#include <vector>

#include "features/exchange/import_columns.hpp"

/// Headers of several lines: "Участники" over "м" and "ж", where a cell that is merged over columns, or was, stands in the first of them alone.
namespace birge::exchange {

constexpr std::size_t most_header_lines = 3;

using HeaderLines = std::vector<sheet::Row const*>;  ///< from the top

/// What the columns are by all lines together. A column whose meaning hangs on what stands over it is called "Участники (план) / м".
std::vector<SheetColumn> read_header(HeaderLines const& lines);

/// Whether a row goes on with the header above it, and is no data: it names what stands under headings that are wider than a column.
bool continues_header(HeaderLines const& lines, sheet::Row const& next);

}  // namespace birge::exchange
