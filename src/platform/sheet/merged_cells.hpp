#pragma once

#include <map>
#include <vector>

#include "platform/sheet/workbook_parts.hpp"

/// Inside the sheet room: cells of a worksheet that were merged over several rows. Only the first of them holds what a person sees in all.
namespace birge::sheet {

struct MergedCells {
  int first_row = 0, last_row = 0;  ///< from 1, both included
  std::size_t column = 0;           ///< the first one, from 0
};

/// Those over several rows, by their first row. They stand behind the rows, so the part is read for them once more before its rows are.
std::vector<MergedCells> read_merged_cells(Archive& archive, Worksheet const& worksheet, Limits const& limits);

/// Puts what stands in merged cells into each row that has something of its own.
class MergedRows {
public:
  explicit MergedRows(std::vector<MergedCells> const& merged) : merged_(merged) {}

  /// Called with each row in order, blank ones too.
  void fill(Row& row, bool blank);

private:
  struct Open {
    int last_row;
    Cell cell;
  };
  std::vector<MergedCells> const& merged_;
  std::size_t next_ = 0;
  std::map<std::size_t, Open> open_;  ///< by column
};

}  // namespace birge::sheet
