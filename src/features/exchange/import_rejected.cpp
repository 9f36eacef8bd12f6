#include "features/exchange/import_rejected.hpp"

#include <cmath>
#include <map>

namespace birge::exchange {

namespace {

/// Why each row was refused, by sheet and row.
using Reasons = std::map<std::pair<std::string, int>, std::string>;

Reasons reasons_of(std::vector<Finding> const& findings, Say const& say) {
  Reasons reasons;
  for (auto const& finding : findings) {
    if (finding.severity != Finding::Severity::error || finding.row == 0) continue;
    auto& text = reasons[{finding.sheet, finding.row}];
    if (!text.empty()) text += " | ";
    if (!finding.column.empty()) text += finding.column + ": ";
    text += say(finding.expected);
    if (!finding.suggestion.empty()) text += " " + say(finding.suggestion);
  }
  return reasons;
}

std::string reason(Reasons const& reasons, Layout const& layout, int row) {
  if (auto const found = reasons.find({layout.sheet, row}); found != reasons.end()) return found->second;
  auto const sheet = reasons.find({layout.sheet, layout.header_row});  // a missing column stands against all rows
  return sheet == reasons.end() ? std::string() : sheet->second;
}

bool whole(double number) { return number == std::floor(number) && std::abs(number) < 1e15; }

void write(sheet::CsvWriter& writer, sheet::Cell const& cell) {
  using Type = sheet::Cell::Type;
  if (cell.type == Type::empty) writer.empty();
  else if (cell.type == Type::number && whole(cell.number)) writer.number(static_cast<std::int64_t>(cell.number));
  else writer.text(cell_text(cell));
}

void write(sheet::BookWriter& writer, sheet::Cell const& cell) {
  using Type = sheet::Cell::Type;
  if (cell.type == Type::empty) writer.empty();
  else if (cell.type == Type::number && whole(cell.number)) writer.number(static_cast<std::int64_t>(cell.number));
  else if (cell.type == Type::day && cell.day) writer.day(*cell.day);
  else writer.text(cell_text(cell));
}

template <class Writer>
void write_rows(Writer& writer, sheet::Book& book, Layout const& layout, std::unordered_set<int> const& refused, Reasons const& reasons) {
  if (layout.tagged) {
    for (auto const& column : layout.columns) writer.text(column.tag);
    writer.end_row();
  }
  book.read(layout.table, [&](sheet::Row const& row) {
    if (!refused.contains(row.number)) return true;
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
      if (i < row.cells.size()) write(writer, row.cells[i]);
      else writer.empty();
    }
    writer.text(reason(reasons, layout, row.number));
    writer.end_row();
    return true;
  });
}

/// The file's own delimiter, by which the sender's spreadsheet program opens it as a table; one that only a first line can tell is left for a comma.
char delimiter_of(sheet::Book const& book) {
  auto const delimiter = book.delimiter();
  return delimiter == ';' || delimiter == '\t' ? delimiter : ',';
}

std::string header_of(SheetColumn const& column) { return column.header == column.tag ? std::string() : column.header; }

}  // namespace

std::string rejected_file(sheet::Book& book, std::vector<Layout> const& layouts, std::vector<std::unordered_set<int>> const& refused,
                          std::vector<Finding> const& findings, Say const& say) {
  auto const reasons = reasons_of(findings, say);
  auto const title = std::string(say("Reasons"));
  if (!book.is_workbook()) {
    sheet::CsvWriter writer(delimiter_of(book));
    for (auto const& column : layouts.front().columns) writer.text(header_of(column));
    writer.text(title);
    writer.end_row();
    write_rows(writer, book, layouts.front(), refused.front(), reasons);
    return std::move(writer).take();
  }
  sheet::BookWriter writer;
  for (std::size_t i = 0; i < layouts.size(); ++i) {
    if (refused[i].empty()) continue;
    std::vector<sheet::BookWriter::Column> columns;
    for (auto const& column : layouts[i].columns) columns.push_back({header_of(column), 16, {}, {}});
    columns.push_back({title, 60, {}, {}});
    writer.sheet(layouts[i].sheet, columns);
    write_rows(writer, book, layouts[i], refused[i], reasons);
  }
  return std::move(writer).take();
}

}  // namespace birge::exchange
