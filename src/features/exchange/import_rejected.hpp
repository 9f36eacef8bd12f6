#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "features/exchange/import_rows.hpp"

namespace birge::exchange {

/// A file like the one that was read with the refused rows alone, each with its reasons in a last column. `refused` has the row numbers of
/// each layout.
std::string rejected_file(sheet::Book& book, std::vector<Layout> const& layouts, std::vector<std::unordered_set<int>> const& refused,
                          std::vector<Finding> const& findings, Say const& say);

}  // namespace birge::exchange
