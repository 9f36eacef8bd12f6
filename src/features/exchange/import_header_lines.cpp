#include "features/exchange/import_header_lines.hpp"

#include <algorithm>

#include "features/exchange/import_vocabulary.hpp"
#include "features/exchange/import_words.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

namespace {

constexpr std::size_t longest_header = 200;  // characters; a paragraph is no header
constexpr std::string_view between_lines = " / ";

/// What a cell says of its column; one that is merged over the lines is read where it begins.
std::string header_text(sheet::Row const& row, std::size_t column) {
  if (column >= row.cells.size() || row.cells[column].merged_from != 0) return {};
  auto const& cell = row.cells[column];
  if (cell.type == sheet::Cell::Type::number) return cell.text;  // an age
  if (cell.type != sheet::Cell::Type::text) return {};
  auto text = cell_text(cell);
  return text.size() > longest_header * 2 ? std::string() : text;
}

/// What stands over one column.
struct Stack {
  std::string above, own;  ///< the lines above with spaces between them; the lowest line that says something
  bool begins = false;     ///< the cell above is its own and not carried from the left
  bool wide = false;       ///< what stands above stands over other columns too
};

bool is_known(Column column) { return column != Column::unknown && column != Column::ignored; }

/// "План" over "м" and "ж" beside "Факт" over the same: who was expected is nobody who came.
bool tells_of_plan(std::string_view group) {
  static auto const words = folded_set(
      "план|плану|плановое|плановые|планируемое|планируемые|запланировано|запланированное|планируется|ожидается|ожидаемое|ожидаемые|пландалган|"
      "пландалууда|күтүлгөн|күтүлөт|plan|planned|expected|targeted");
  auto const folded = fold(group);
  return std::ranges::any_of(split(folded, ' '), [&](std::string_view word) { return words.contains(std::string(word)); });
}

Heading of_column(Column column) {
  Heading heading;
  heading.column = column;
  return heading;
}

/// What is counted under a heading that is not about those who came.
Heading of_people_under(Heading const& group, bool plan, Heading const& own) {
  bool const whole = own.column == Column::total || own.column == Column::expected;
  if (plan) return whole ? of_column(Column::expected) : Heading{};
  return whole ? of_column(group.column) : Heading{};
}

/// "Название" over "на русском языке".
std::optional<Heading> in_language(Heading const& group, std::string_view own) {
  bool const has_texts = group.column == Column::title || group.column == Column::summary || group.column == Column::venue;
  auto const languages = has_texts && group.language.empty() ? languages_of(own) : std::nullopt;
  if (!languages || languages->size() != 1) return std::nullopt;
  auto heading = group;
  heading.language = languages->front();
  return heading;
}

/// "Начало" and "конец", "с" and "по" under “Дата проведения” are days.
std::optional<Column> end_of_days(Heading const& own, std::string_view text) {
  static auto const from = folded_set("с|от|from|начало периода|баштап"), until = folded_set("по|до|to|till|конец периода|чейин");
  if (own.column == Column::start_time || from.contains(fold(text))) return Column::day;
  if (own.column == Column::end_time || until.contains(fold(text))) return Column::end_day;
  return std::nullopt;
}

Heading read_stack(Stack const& stack) {
  auto own = heading_of(stack.own);
  if (stack.above.empty()) return own;
  auto group = heading_of(stack.above);
  auto joined = heading_of(stack.above + " " + stack.own);
  bool const people = own.column == Column::heads || own.column == Column::total || own.column == Column::expected;
  bool const plan = tells_of_plan(stack.above);
  if (people && (plan || group.column == Column::broadcast)) return of_people_under(group, plan, own);
  if (joined.column == Column::heads) return joined;
  if (group.column == Column::heads && own.column == Column::total) return group;  // all women, under “Женщины”
  if (group.column == Column::day)
    if (auto const end = end_of_days(own, stack.own)) return of_column(*end);
  if (auto const text = in_language(group, stack.own)) return *text;
  if (joined.column != Column::unknown && (own.column == Column::unknown || stack.begins)) return joined;
  if (own.column != Column::unknown) return own;
  return stack.wide ? Heading{} : group;  // a part of what is counted there is not the whole
}

/// Lines that were joined in one cell, as in the file of refused rows.
Heading read_line(std::string const& text) {
  auto whole = heading_of(text);
  auto const at = text.rfind(between_lines);
  if (whole.column != Column::unknown || at == std::string::npos) return whole;
  return read_stack({text.substr(0, at), text.substr(at + between_lines.size()), false, true});
}

std::vector<Stack> stacks_of(HeaderLines const& lines) {
  std::size_t width = 0;
  for (auto const* line : lines) width = std::max(width, line->cells.size());
  std::vector<Stack> stacks(width);
  std::vector<std::string> open(lines.size());  // what a line says from here to the right
  for (std::size_t i = 0; i < width; ++i) {
    auto& stack = stacks[i];
    std::size_t lowest = lines.size();
    for (std::size_t line = 0; line < lines.size(); ++line) {
      auto const text = header_text(*lines[line], i);
      if (text.empty()) continue;
      open[line] = text;
      std::fill(open.begin() + static_cast<std::ptrdiff_t>(line) + 1, open.end(), std::string());
      lowest = line;
    }
    if (lowest == lines.size()) continue;
    stack.own = open[lowest];
    for (std::size_t line = 0; line < lowest; ++line) {
      if (!open[line].empty()) stack.above += (stack.above.empty() ? "" : " ") + open[line];
      stack.begins = stack.begins || !header_text(*lines[line], i).empty();
    }
  }
  for (std::size_t i = 0; i < width; ++i)
    for (auto const beside : {i - 1, i + 1})
      if (beside < width && !stacks[i].above.empty() && stacks[beside].above == stacks[i].above) stacks[i].wide = true;
  return stacks;
}

/// Behind "Мужчины" and "Женщины", each over ages, "всего" is all of them, unless each has such a column.
void find_grand_total(std::vector<SheetColumn>& columns, std::vector<Stack> const& stacks) {
  std::vector<std::string> groups, with_total;
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    if (stacks[i].above.empty() || heading_of(stacks[i].above).column != Column::heads) continue;
    if (groups.empty() || groups.back() != stacks[i].above) groups.push_back(stacks[i].above);
    if (heading_of(stacks[i].own).column == Column::total) with_total.push_back(stacks[i].above), last = i;
  }
  if (groups.size() < 2 || with_total.size() != 1 || stacks[*last].above != groups.back()) return;
  columns[*last].heading = of_column(Column::total);
  columns[*last].header = stacks[*last].own;
}

/// The same people under two headings that both may mean those who came are people of two sorts or of two days: nobody can say what they add up to.
void leave_out_doubles(std::vector<SheetColumn>& columns, std::vector<Stack> const& stacks) {
  auto const clear = [&](std::size_t i) {
    auto const group = heading_of(stacks[i].above).column;
    return group == Column::total || group == Column::heads;
  };
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < columns.size(); ++i)
    for (std::size_t j = 0; j < columns.size(); ++j) {
      auto const kind = columns[i].heading.column;
      bool const same = (kind == Column::heads || kind == Column::total) && columns[i].heading == columns[j].heading;
      if (same && stacks[i].above != stacks[j].above && !stacks[i].above.empty() && (!clear(i) || clear(j))) out.push_back(i);
    }
  for (auto const i : out) columns[i].heading = {};
}

/// "От" and "до" under what is counted: a range in two columns.
bool is_end_of_range(std::string_view text) {
  static auto const words = folded_set("от|до|эң азы|эң көбү|мин|макс|min|max");
  return words.contains(fold(text));
}

bool has_digit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

}  // namespace

std::vector<SheetColumn> read_header(HeaderLines const& lines) {
  auto const stacks = stacks_of(lines);
  std::vector<SheetColumn> columns(stacks.size());
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    auto const& stack = stacks[i];
    columns[i].heading = stack.above.empty() ? read_line(stack.own) : read_stack(stack);
    if (is_end_of_range(stack.own) && about_people(heading_of(stack.above).column)) {
      columns[i].header = stack.above + " (" + stack.own + ")";
      columns[i].heading = heading_of(columns[i].header);
      continue;
    }
    columns[i].header =
        stack.above.empty() || heading_of(stack.own) == columns[i].heading ? stack.own : stack.above + std::string(between_lines) + stack.own;
  }
  if (lines.size() > 1) find_grand_total(columns, stacks), leave_out_doubles(columns, stacks);
  return columns;
}

bool continues_header(HeaderLines const& lines, sheet::Row const& next) {
  auto const above = stacks_of(lines);
  auto extended = lines;
  extended.push_back(&next);
  auto const together = stacks_of(extended);
  std::size_t filled = 0;
  for (std::size_t i = 0; i < next.cells.size(); ++i) {
    auto const& cell = next.cells[i];
    if (cell.type == sheet::Cell::Type::empty || cell.merged_from != 0) continue;
    auto const text = header_text(next, i);
    if (cell.type != sheet::Cell::Type::text || text.empty()) return false;
    ++filled;
    auto const& stack = together[i];
    if (is_known(heading_of(text).column) || is_known(heading_of(stack.above + " " + text).column)) continue;
    bool const first = i + 1 < together.size() && (i + 1 >= above.size() || above[i + 1].own.empty()) && !header_text(next, i + 1).empty();
    bool const under_wider = i >= above.size() || above[i].own.empty() || first;
    if (!under_wider || stack.above.empty() || has_digit(text)) return false;
  }
  return filled >= 2;
}

}  // namespace birge::exchange
