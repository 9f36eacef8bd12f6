#include <algorithm>
#include <set>

#include "features/exchange/import_columns.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

namespace {

constexpr std::size_t longest_header = 200;  // characters; a paragraph is no header

std::string header_text(sheet::Row const& row, std::size_t column) {
  if (column >= row.cells.size() || row.cells[column].type != sheet::Cell::Type::text) {
    bool const age = column < row.cells.size() && row.cells[column].type == sheet::Cell::Type::number;
    return age ? row.cells[column].text : std::string();
  }
  auto text = cell_text(row.cells[column]);
  return text.size() > longest_header * 2 ? std::string() : text;
}

bool known(Column column) { return column != Column::unknown && column != Column::ignored; }

std::size_t tags_in(sheet::Row const& row) {
  std::size_t tags = 0, filled = 0;
  for (auto const& cell : row.cells) {
    if (cell.type == sheet::Cell::Type::empty) continue;
    ++filled;
    tags += heading_of_tag(cell.text).has_value();
  }
  return tags * 2 > filled ? tags : 0;
}

/// What a header says under another one: under “Дата проведения” the beginning and the end are days.
Heading under(Heading const& group, Heading own) {
  if (group.column != Column::day) return own;
  if (own.column == Column::start_time) own.column = Column::day;
  if (own.column == Column::end_time) own.column = Column::end_day;
  return own;
}

/// Columns of one row, or of a row whose cells stand over those of the next ("Участники" over "Мужчины" and "Женщины").
std::vector<SheetColumn> read_header(sheet::Row const& upper, sheet::Row const* lower) {
  std::vector<SheetColumn> columns(std::max(upper.cells.size(), lower ? lower->cells.size() : 0));
  std::string group;  // a merged cell stands in its first column only
  for (std::size_t i = 0; i < columns.size(); ++i) {
    auto const above = header_text(upper, i);
    auto const below = lower ? header_text(*lower, i) : std::string();
    if (!above.empty()) group = above;
    columns[i].header = below.empty() ? above : below;
    columns[i].heading = heading_of(columns[i].header);
    if (below.empty()) continue;
    columns[i].heading = under(heading_of(group), columns[i].heading);
    if (columns[i].heading.column == Column::unknown || !above.empty()) {
      auto both = group;
      both.append(" ").append(below);
      auto const joined = heading_of(both);
      if (joined.column != Column::unknown) columns[i] = {joined, both, {}};
    }
    if (columns[i].heading.column == Column::unknown && !above.empty()) columns[i] = {heading_of(above), above, {}};
  }
  return columns;
}

bool about_people(Column column) {
  return column == Column::expected || column == Column::total || column == Column::heads || column == Column::broadcast;
}

/// A range in two columns is one count: read apart, its upper end would be lost or come on top of the lower one.
void join_ends(std::vector<SheetColumn>& columns) {
  for (auto& lower : columns) {
    if (!about_people(lower.heading.column)) continue;
    auto const upper = std::ranges::find_if(columns, [&](SheetColumn const& column) { return ends_of_one_range(lower.tag, column.tag); });
    if (upper == columns.end()) continue;
    lower.upper = static_cast<std::size_t>(upper - columns.begin());
    upper->heading = {};
    upper->heading.column = Column::upper_end;
  }
}

/// The same by words: “Women from” and “Women to”.
void join_ends_by_words(std::vector<SheetColumn>& columns) {
  static constexpr std::pair<std::string_view, std::string_view> words[] = {{" from", " to"}, {" (от)", " (до)"}, {" (эң азы)", " (эң көбү)"}};
  for (auto& lower : columns)
    for (auto const& [from, to] : words) {
      if (!lower.header.ends_with(from) || lower.upper) continue;
      auto const base = lower.header.substr(0, lower.header.size() - from.size());
      auto const heading = heading_of(base);
      auto const upper = std::ranges::find(columns, base + std::string(to), &SheetColumn::header);
      if (upper == columns.end() || !about_people(heading.column)) continue;
      lower.heading = heading;
      lower.upper = static_cast<std::size_t>(upper - columns.begin());
      upper->heading = {};
      upper->heading.column = Column::upper_end;
    }
}

void add_tags(std::vector<SheetColumn>& columns, sheet::Row const& tags) {
  columns.resize(std::max(columns.size(), tags.cells.size()));
  for (std::size_t i = 0; i < tags.cells.size(); ++i) {
    auto const heading = heading_of_tag(tags.cells[i].text);
    if (!heading) continue;
    columns[i].tag = std::string(trim(tags.cells[i].text));
    if (columns[i].header.empty()) columns[i].header = columns[i].tag;
    // Whatever its words look like, an original day is not the day.
    if (heading->column != Column::unknown || tells_what_was_before(columns[i].tag)) columns[i].heading = *heading;
  }
  join_ends(columns);
}

/// A column that can be there once is taken where it comes first; where it is told by an HXL code and by a name, the code stays.
void settle(Layout& layout) {
  std::set<std::pair<Column, std::string>> seen;
  auto const take = [&](SheetColumn& column) {
    auto const kind = column.heading.column;
    if (kind == Column::unknown || repeatable(kind)) return;
    if (!seen.emplace(kind, column.heading.language).second) column.heading = {};
  };
  for (auto& column : layout.columns)
    if (column.tag.find("+code") != std::string::npos) take(column);
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    auto& column = layout.columns[i];
    if (column.tag.find("+code") != std::string::npos) continue;
    auto const heading = column.heading;
    take(column);
    if (column.heading == heading || repeatable(heading.column)) continue;
    auto const code = std::ranges::find_if(layout.columns, [&](SheetColumn const& other) {
      return other.tag.find("+code") != std::string::npos && other.heading.column == heading.column;
    });
    if (code != layout.columns.end() && !code->named) code->named = i;
  }
  bool const placed = std::ranges::any_of(layout.columns, [](SheetColumn const& column) {
    auto const kind = column.heading.column;
    return kind == Column::place || kind == Column::region || kind == Column::district || kind == Column::community;
  });
  for (auto& column : layout.columns)
    if (column.heading.column == Column::where) {
      column.may_be_place = placed && !layout.has(Column::venue);
      column.heading.column = column.may_be_place ? Column::venue : placed ? Column::unknown : Column::place;
    }
}

int score(std::vector<SheetColumn> const& columns) {
  std::set<Column> distinct;
  int heads = 0;
  for (auto const& column : columns) {
    if (column.heading.column == Column::heads) ++heads;
    else if (known(column.heading.column)) distinct.insert(column.heading.column);
  }
  return static_cast<int>(distinct.size()) + heads;
}

bool has_column(std::vector<SheetColumn> const& columns, Column wanted) {
  return std::ranges::any_of(columns, [&](SheetColumn const& column) { return column.heading.column == wanted; });
}

/// Whether each cell of a row names a column, alone or under the row above: the second line of a header, and no data.
bool only_names(sheet::Row const& upper, sheet::Row const& row, std::vector<SheetColumn> const& columns) {
  std::size_t names = 0;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (row.cells[i].type == sheet::Cell::Type::empty) continue;
    auto const text = header_text(row, i);
    bool const spanned = header_text(upper, i).empty() && known(columns[i].heading.column);
    if (row.cells[i].type != sheet::Cell::Type::text || !(spanned || known(heading_of(text).column))) return false;
    ++names;
  }
  return names >= 2;
}

/// A header is told from data by what it must have: what the activity is and when, or at least three columns.
bool convincing(std::vector<SheetColumn> const& columns) {
  auto const found = score(columns);
  return found >= 3 || (found >= 2 && has_column(columns, Column::title) && has_column(columns, Column::day));
}

}  // namespace

bool Layout::has(Column column) const { return has_column(columns, column); }

bool Layout::has_place() const {
  return has(Column::place) || has(Column::region) || has(Column::district) || has(Column::community) || has(Column::village) || has(Column::reach);
}

int Layout::found() const { return score(columns); }

std::string column_name(Layout const& layout, std::size_t column) {
  auto name = column_letter(column);
  if (column < layout.columns.size() && !layout.columns[column].header.empty()) name += " " + shortened(layout.columns[column].header, 40);
  return name;
}

std::optional<Layout> find_layout(std::vector<sheet::Row> const& first_rows) {
  std::optional<Layout> best;
  auto const tag_row = std::ranges::find_if(first_rows, [](sheet::Row const& row) { return tags_in(row) >= 2; });
  auto const end = tag_row == first_rows.end() ? first_rows.end() : tag_row;
  int best_score = 0;
  for (auto row = first_rows.begin(); row != end; ++row) {
    auto columns = read_header(*row, nullptr);
    auto found = score(columns);
    int last = row->number;
    if (auto const next = row + 1; next != end && next->number == row->number + 1 && found >= 1) {
      auto both = read_header(*row, &*next);
      auto const together = score(both);
      if (together >= found + 2 || (together >= found && only_names(*row, *next, both)))
        columns = std::move(both), found = score(columns), last = next->number;
    }
    if (found <= best_score || (tag_row == first_rows.end() && !convincing(columns))) continue;
    best_score = found;
    best = Layout{.table = 0, .sheet = {}, .header_row = last, .tagged = false, .columns = std::move(columns)};
  }
  if (tag_row != first_rows.end()) {
    if (!best) best.emplace();
    add_tags(best->columns, *tag_row);
    best->header_row = tag_row->number;
    best->tagged = true;
    if (!convincing(best->columns)) return std::nullopt;
  }
  if (!best) return std::nullopt;
  join_ends_by_words(best->columns);
  settle(*best);
  return best;
}

}  // namespace birge::exchange
