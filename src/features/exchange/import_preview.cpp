#include "features/exchange/import_preview.hpp"

#include <map>

#include "features/exchange/import_scan.hpp"

namespace birge::exchange {

namespace {

SeenTable seen(Layout const& layout) {
  SeenTable table{layout.table, layout.sheet, layout.header_row, {}, {}};
  for (auto const& column : layout.columns) {
    table.headers.push_back(column.header);
    table.understood.push_back(column.heading.column != Column::unknown && column.heading.column != Column::ignored);
  }
  return table;
}

std::vector<std::string> texts(sheet::Row const& row) {
  std::vector<std::string> cells;
  for (auto const& cell : row.cells) cells.push_back(cell_text(cell));
  return cells;
}

}  // namespace

void show_rows(sheet::Book& book, std::vector<Layout> const& layouts, std::vector<ImportRow> const& rows, std::vector<Finding> const& findings,
               Watcher const& watch) {
  std::map<RowName, std::vector<Finding const*>> said;
  for (auto const& finding : findings) said[{finding.sheet, finding.row}].push_back(&finding);
  std::vector<std::unordered_map<int, Fate>> fates(layouts.size());
  for (auto const& row : rows) fates[row.layout][row.number] = row.fate;
  static std::vector<Finding const*> const nothing;
  for (std::size_t i = 0; i < layouts.size(); ++i) {
    auto const& layout = layouts[i];
    if (watch.table) watch.table(seen(layout));
    book.read(layout.table, [&](sheet::Row const& row) {
      if (row.number <= layout.header_row || !watch.row) return true;
      auto const fate = fates[i].find(row.number);
      if (fate == fates[i].end()) {
        auto const passed = passed_over(layout, row);
        if (!passed || passed->code == "empty_row") return true;
      }
      auto const found = said.find({layout.sheet, row.number});
      watch.row({layout.table, row.number, fate == fates[i].end() ? Fate::skip : fate->second, texts(row)},
                found == said.end() ? nothing : found->second);
      return true;
    });
  }
}

}  // namespace birge::exchange
