#include "features/exchange/import_scan.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "platform/base/text.hpp"

namespace birge::exchange {

namespace {

constexpr std::size_t rows_searched = 40;

struct Candidate {
  std::optional<Layout> layout;
  std::vector<sheet::Row> first_rows;
  bool hidden = false;
};

bool complete(Layout const& layout) {
  return layout.has(Column::title) && layout.has(Column::day) && layout.has(Column::lead) && layout.has(Column::kind) && layout.has_place();
}

Candidate look_at(sheet::Book& book, std::size_t table) {
  Candidate candidate;
  candidate.hidden = book.tables()[table].hidden;
  book.read(table, [&](sheet::Row const& row) {
    candidate.first_rows.push_back(row);
    return candidate.first_rows.size() < rows_searched;
  });
  candidate.layout = find_layout(candidate.first_rows);
  if (candidate.layout) {
    candidate.layout->table = table;
    candidate.layout->sheet = book.tables()[table].name;
  }
  return candidate;
}

Finding sheet_finding(Finding::Severity severity, std::string_view code, std::string const& sheet, Message expected, Message suggestion = {}) {
  Finding finding;
  finding.severity = severity;
  finding.code = code;
  finding.sheet = sheet;
  finding.expected = std::move(expected);
  finding.suggestion = std::move(suggestion);
  return finding;
}

/// What no activity can do without and this table has no column for.
void report_missing(Layout const& layout, Findings& findings) {
  auto const missing = [&](bool there, Message what) {
    if (there) return;
    auto finding = sheet_finding(Finding::Severity::error, "missing_column", layout.sheet, std::move(what),
                                 message("Add the column; the template shows its header."));
    finding.row = layout.header_row;
    findings.add(std::move(finding));
  };
  missing(layout.has(Column::title), message("There is no column with titles of activities."));
  missing(layout.has(Column::day), message("There is no column with dates."));
  missing(layout.has(Column::kind), message("There is no column with kinds of activity."));
  missing(layout.has(Column::lead), message("There is no column with organisations."));
  missing(layout.has_place(), message("There is no column with places."));
}

/// Every visible sheet that is complete; else the best there is, visible ones first.
std::vector<std::size_t> choice_of(std::vector<Candidate> const& candidates) {
  std::vector<std::size_t> chosen;
  for (bool const hidden : {false, true}) {
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (candidates[i].hidden == hidden && candidates[i].layout && complete(*candidates[i].layout)) chosen.push_back(i);
    if (!chosen.empty() && hidden) chosen.resize(1);
    if (!chosen.empty()) return chosen;
  }
  std::optional<std::size_t> best;
  int best_score = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!candidates[i].layout) continue;
    int const score = candidates[i].layout->found() * 2 + (candidates[i].hidden ? 0 : 1);
    if (score > best_score) best = i, best_score = score;
  }
  if (best) chosen.push_back(*best);
  return chosen;
}

bool about_numbers(Column column) {
  return column == Column::total || column == Column::heads || column == Column::expected || column == Column::broadcast ||
         column == Column::upper_end || column == Column::ignored;
}

bool whole_number(std::string const& text) {
  return !text.empty() && text.size() < 4 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Also one that is no clear count of heads, as a sum may be.
bool any_number(Heads const& heads) {
  using Problem = Heads::Problem;
  return heads.problem == Problem::none || heads.problem == Problem::ambiguous || heads.problem == Problem::fraction;
}

/// "7", "7." or 0 for everything else.
int row_number(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  int number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

/// 1, 2, 3 ... under the header of a form.
bool numbers_in_a_row(std::vector<std::string> const& texts) {
  int previous = 0, count = 0;
  for (auto const& text : texts) {
    if (text.empty()) continue;
    if (!whole_number(text)) return false;
    int const number = std::stoi(text);
    if (count > 0 && number != previous + 1) return false;
    if (count == 0 && number != 1) return false;
    previous = number;
    ++count;
  }
  return count >= 3;
}

constexpr std::size_t longest_id = 200;  // bytes

/// What the rows of a table with ids say, as a hash by id; nothing where one of them has none.
std::optional<std::map<std::string, std::size_t>> rows_by_id(sheet::Book& book, Layout const& layout) {
  auto const id = std::ranges::find(layout.columns, Column::id, [](SheetColumn const& column) { return column.heading.column; });
  if (id == layout.columns.end()) return std::nullopt;
  auto const at = static_cast<std::size_t>(id - layout.columns.begin());
  std::map<std::string, std::size_t> rows;
  bool all = true;
  book.read(layout.table, [&](sheet::Row const& row) {
    if (row.number <= layout.header_row || passed_over(layout, row)) return true;
    std::string text;
    for (auto const& cell : row.cells) text += cell_text(cell) + '\n';
    auto const key = at < row.cells.size() ? cell_text(row.cells[at]) : std::string();
    return all = !key.empty() && key.size() <= longest_id && rows.emplace(key, std::hash<std::string>{}(text)).second;
  });
  return all ? std::optional(std::move(rows)) : std::nullopt;
}

/// Whether all rows of a table stand in another one already, as those not reported do in the workbook of a report: read again, they would be
/// refused as repeated.
bool stands_in(sheet::Book& book, Layout const& part, Layout const& whole) {
  if (!std::ranges::equal(part.columns, whole.columns, {}, &SheetColumn::header, &SheetColumn::header)) return false;
  auto const rows = rows_by_id(book, part);
  auto const all = rows ? rows_by_id(book, whole) : std::nullopt;
  return all && std::ranges::includes(*all, *rows);
}

}  // namespace

std::vector<Layout> choose_tables(sheet::Book& book, Findings& findings) {
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < book.tables().size(); ++i) candidates.push_back(look_at(book, i));
  auto const chosen = choice_of(candidates);
  if (chosen.empty())
    throw Problem(Failure::unprocessable,
                  message("There is no table of activities in this file: a row of headers with title, date, place, kind and organisation is needed. "
                          "The template has them all."));
  std::vector<Layout> layouts;
  for (auto const i : chosen) {
    auto const whole = std::ranges::find_if(layouts, [&](Layout const& other) { return stands_in(book, *candidates[i].layout, other); });
    if (whole != layouts.end()) {
      findings.add(sheet_finding(Finding::Severity::note, "sheet_skipped", book.tables()[i].name,
                                 message("All rows of this sheet stand on the sheet “{}” too; it was not read again.", whole->sheet)));
      continue;
    }
    report_missing(*candidates[i].layout, findings);
    if (candidates[i].hidden)
      findings.add(sheet_finding(Finding::Severity::warning, "hidden_sheet", book.tables()[i].name,
                                 message("This sheet is hidden; it is the only one with activities.")));
    layouts.push_back(std::move(*candidates[i].layout));
  }
  for (std::size_t i = 0; i < candidates.size(); ++i)
    if (std::ranges::find(chosen, i) == chosen.end() && !candidates[i].first_rows.empty())
      findings.add(sheet_finding(Finding::Severity::note, "sheet_skipped", book.tables()[i].name,
                                 candidates[i].hidden ? message("This hidden sheet was not read.")
                                                      : message("No header of activities was found on this sheet; it was not read.")));
  return layouts;
}

std::optional<Passed> passed_over(Layout const& layout, sheet::Row const& row) {
  std::vector<std::string> texts;
  std::size_t filled = 0, meaningful = 0, as_header = 0, headers = 0;
  bool only_numbers = true, labelled = false, summed = false, kind = false, lead = false;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    texts.push_back(cell_text(row.cells[i]));
    auto const column = i < layout.columns.size() ? layout.columns[i].heading.column : Column::unknown;
    if (i < layout.columns.size() && !layout.columns[i].header.empty()) {
      ++headers;
      as_header += texts[i] == layout.columns[i].header || (!layout.columns[i].tag.empty() && texts[i] == layout.columns[i].tag);
    }
    if (texts[i].empty()) continue;
    ++filled;
    meaningful += column != Column::ignored || !whole_number(texts[i]);
    bool const number = about_numbers(column) && any_number(read_heads(row.cells[i]));
    bool const label = i < 6 && row.cells[i].type == sheet::Cell::Type::text && is_total_label(texts[i]);
    only_numbers &= number;
    labelled |= label;
    summed |= number && column != Column::ignored;
    kind |= column == Column::kind && !label;
    lead |= column == Column::lead && !label;
  }
  auto const text_of = [&](Column column) {
    for (std::size_t i = 0; i < layout.columns.size() && i < texts.size(); ++i)
      if (layout.columns[i].heading.column == column) return texts[i];
    return std::string();
  };
  if (filled == 0) return Passed{"empty_row", message("The row is empty."), false};
  if (headers >= 3 && as_header * 2 > headers) return Passed{"header_again", message("The header again; skipped."), false};
  if (numbers_in_a_row(texts)) return Passed{"column_numbers", message("Numbers of columns; skipped."), false};
  if (meaningful == 0) return Passed{"number_only", message("Nothing but a number; skipped."), false};
  auto const day = text_of(Column::day);
  bool const undated = day.empty() || is_total_label(day);
  // "Жалпы чогулуш" is a meeting: what has a kind and somebody who leads it, or one of them and nothing summed up, lacks its date.
  bool const planned = (kind && lead) || ((kind || lead) && !summed);
  if (labelled && undated && !planned) return Passed{"totals_row", message("A row of totals; skipped."), false};
  if (only_numbers && undated && text_of(Column::title).empty()) return Passed{"totals_row", message("A row of totals; skipped."), false};
  if (meaningful == 1 && layout.columns.size() >= 3)
    return Passed{"heading_row", message("Only one cell of the row is filled: taken for a heading or a remark and skipped."), true};
  return std::nullopt;
}

void Headless::look(Layout const& layout, sheet::Row const& row) {
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    bool const named = i < layout.columns.size() && (layout.columns[i].heading.column != Column::unknown || !layout.columns[i].header.empty());
    if (named || row.cells[i].type == sheet::Cell::Type::empty) continue;
    auto const text = cell_text(row.cells[i]);
    if (text.empty()) continue;
    auto& seen = columns_[i];
    auto const number = row_number(text);
    bool const rises = number > seen.last && number <= row.number - layout.header_row;  // counts are soon larger than the rows are many
    seen.numbering &= number == 1 || rises;
    seen.last = number;
  }
}

void Headless::report(Layout const& layout, Findings& findings) const {
  for (auto const& [column, seen] : columns_) {
    if (seen.numbering) continue;
    auto finding = sheet_finding(Finding::Severity::warning, "column_without_header", layout.sheet,
                                 message("Column {} has no header, so nothing in it was read.", column_letter(column)),
                                 message("Write above it what it holds, or delete it."));
    finding.row = layout.header_row;
    findings.add(std::move(finding));
  }
}

std::vector<std::string> unread_columns(Layout const& layout) {
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < layout.columns.size(); ++i)
    if (layout.columns[i].heading.column == Column::unknown && !layout.columns[i].header.empty())
      columns.push_back((layout.sheet.empty() ? "" : layout.sheet + ": ") + column_name(layout, i));
  return columns;
}

}  // namespace birge::exchange
