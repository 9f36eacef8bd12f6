#include "platform/sheet/merged_cells.hpp"

#include <algorithm>
#include <charconv>

#include "platform/sheet/cell_value.hpp"
#include "platform/sheet/xml.hpp"

namespace birge::sheet {
namespace {

constexpr std::size_t most_merged = 100'000;  // of one worksheet

/// Of A12, the row; 0 if there is none.
int row_of(std::string_view reference) {
  auto const digits = reference.find_first_of("0123456789");
  int row = 0;
  if (digits != std::string_view::npos) std::from_chars(reference.data() + digits, reference.data() + reference.size(), row);
  return row;
}

class MergesHandler final : public XmlHandler {
public:
  MergesHandler(Worksheet const& worksheet, Limits const& limits) : worksheet_(worksheet), limits_(limits) {}

  void start(std::string_view name, Attributes const& attributes) override {
    if (name == "mergeCell") add(attributes.find("ref").value_or(""));
  }
  void end(std::string_view name) override { done = name == "mergeCells"; }

  std::vector<MergedCells> merged;

private:
  /// A2:A4
  void add(std::string_view reference) {
    auto const colon = reference.find(':');
    if (colon == std::string_view::npos) return;
    auto const column = column_of(reference.substr(0, colon));
    MergedCells const cells{row_of(reference.substr(0, colon)), row_of(reference.substr(colon + 1)), static_cast<std::size_t>(std::max(column, 0))};
    if (cells.first_row < 1 || cells.last_row <= cells.first_row || column < 0 || column >= limits_.columns) return;
    if (merged.size() == most_merged)
      throw Problem(Failure::too_large,
                    message("The worksheet {} has more than {} merged cells: split it into several files.", worksheet_.table.name, most_merged));
    merged.push_back(cells);
  }

  Worksheet const& worksheet_;
  Limits const& limits_;
};

}  // namespace

std::vector<MergedCells> read_merged_cells(Archive& archive, Worksheet const& worksheet, Limits const& limits) {
  MergesHandler handler(worksheet, limits);
  read_xml(archive, worksheet.part, handler);
  std::ranges::stable_sort(handler.merged, {}, &MergedCells::first_row);
  return std::move(handler.merged);
}

void MergedRows::fill(Row& row, bool blank) {
  std::erase_if(open_, [&](auto const& entry) { return entry.second.last_row < row.number; });
  if (!blank)
    for (auto const& [column, open] : open_) {
      if (row.cells.size() <= column) row.cells.resize(column + 1);
      if (auto& cell = row.cells[column]; cell.type == Cell::Type::empty && !cell.formula) cell = open.cell;
    }
  for (; next_ < merged_.size() && merged_[next_].first_row <= row.number; ++next_) {
    auto const& cells = merged_[next_];
    bool const here = cells.first_row == row.number && cells.column < row.cells.size();
    if (!here || row.cells[cells.column].type == Cell::Type::empty) continue;
    auto& open = open_[cells.column] = {cells.last_row, row.cells[cells.column]};
    open.cell.merged_from = row.number;
  }
}

}  // namespace birge::sheet
