#include <algorithm>
#include <map>
#include <set>

#include "features/exchange/import_header_lines.hpp"
#include "features/exchange/import_vocabulary.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

namespace {

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
  static constexpr std::pair<std::string_view, std::string_view> words[] = {
      {" from", " to"}, {" (от)", " (до)"}, {" (эң азы)", " (эң көбү)"}, {" (мин)", " (макс)"}, {" (min)", " (max)"}};
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
  if (std::ranges::any_of(columns, lists_places, &SheetColumn::tag))
    for (auto& column : columns)  // beside the list of several places it is what lies below the columns of one
      if (names_one_place(column.tag)) column.heading.column = Column::village;
}

/// "#adm2+code", "Код района": a column of codes, whose names may stand in another one.
bool holds_codes(SheetColumn const& column) {
  if (!column.tag.empty()) return column.tag.find("+code") != std::string::npos;
  auto const folded = fold(column.header);
  static auto const words = folded_set("код|коду|code|codes|pcode");
  return std::ranges::any_of(split(folded, ' '), [](std::string_view word) { return words.contains(std::string(word)); });
}

/// A column that can be there once is taken where it comes first; where it is told by a code and by a name, the code, and cell by cell the name
/// where there is no code: the districts of Bishkek have none.
void take_once(std::vector<SheetColumn>& columns) {
  std::map<std::pair<Column, std::string>, std::size_t> taken;
  for (bool const codes : {true, false})
    for (std::size_t i = 0; i < columns.size(); ++i) {
      auto& column = columns[i];
      auto const kind = column.heading.column;
      if (kind == Column::unknown || kind == Column::where || repeatable(kind) || holds_codes(column) != codes) continue;
      auto const [first, is_new] = taken.emplace(std::pair(kind, column.heading.language), i);
      if (is_new) continue;
      column.heading = {};
      if (auto& other = columns[first->second]; !codes && holds_codes(other) && !other.named) other.named = i;
    }
}

/// "Место проведения" is the place where no other column tells it, otherwise the venue. Of two such columns the second is the venue.
void place_where(Layout& layout) {
  bool const placed = layout.has(Column::place) || layout.has(Column::region) || layout.has(Column::district) || layout.has(Column::community);
  std::vector<SheetColumn*> wheres;
  for (auto& column : layout.columns)
    if (column.heading.column == Column::where) wheres.push_back(&column);
  for (std::size_t i = 0; i < wheres.size(); ++i) {
    auto& column = wheres[i]->heading.column;
    bool const last = i + 1 == wheres.size();
    if (!layout.has(Column::place) && (!placed || !last || layout.has(Column::venue))) column = Column::place;
    else if (!layout.has(Column::venue)) column = Column::venue, wheres[i]->may_be_place = placed;
    else column = Column::unknown;
  }
}

void settle(Layout& layout) {
  take_once(layout.columns);
  place_where(layout);
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
    HeaderLines lines{&*row};
    auto columns = read_header(lines);
    auto found = score(columns);
    for (auto next = row + 1; found >= 1 && next != end && lines.size() < most_header_lines; ++next) {
      if (next->number != lines.back()->number + 1 || !continues_header(lines, *next)) break;
      lines.push_back(&*next);
      columns = read_header(lines);
    }
    found = score(columns);
    int const last = lines.back()->number;
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
