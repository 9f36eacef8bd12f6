#include <algorithm>

#include "features/exchange/import_ages.hpp"
#include "features/exchange/import_rows.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

using activity::Count;
using activity::Sex;

namespace {

constexpr std::size_t narrative_limit = 10'000;

std::string number_text(Count count) {
  return count.exact() ? std::to_string(count.low) : std::to_string(count.low) + "-" + std::to_string(count.high);
}

struct SheetHeads {
  std::size_t column;
  Heading heading;
  Count count;
};

bool has(std::vector<SheetColumn> const& columns, Sex sex, bool any_age) {
  return std::ranges::any_of(columns, [&](SheetColumn const& column) {
    return column.heading.column == Column::heads && column.heading.sex == sex && column.heading.any_age == any_age;
  });
}

bool children(Heading const& heading) { return heading.low_age == 0 && heading.high_age == 17; }

/// Columns of boys and girls make those of men and women columns of adults.
bool children_by_sex(std::vector<SheetColumn> const& columns) {
  return std::ranges::any_of(columns, [](SheetColumn const& column) {
    return column.heading.column == Column::heads && column.heading.sex != Sex::unknown && children(column.heading);
  });
}

Count sum(std::vector<SheetHeads> const& list) {
  Count sum;
  for (auto const& entry : list) sum += entry.count;
  return sum;
}

}  // namespace

/// One number for several activities: whether it is that of each or of all together, nobody can tell.
void RowReader::report_shared_count(std::size_t column) {
  error("shared_count", column, message("This number stands in one cell for several rows, from row {} on.", cell(column).merged_from),
        message("Split the cell and write for each activity how many came to it."));
}

/// The count of a cell, or nothing where it is empty or an error was reported.
std::optional<Heads> RowReader::heads_in(std::size_t column, std::int64_t limit) {
  auto const heads = read_heads(cell(column));
  if (heads.problem != Heads::Problem::empty && cell(column).merged_from != 0) {
    row_.shares_count_with = cell(column).merged_from;
    report_shared_count(column);
    return std::nullopt;
  }
  using Problem = Heads::Problem;
  auto const example = message("For instance {}.", "150, 150-200");
  switch (heads.problem) {
    case Problem::none: break;
    case Problem::empty: return std::nullopt;
    case Problem::unreadable: error("unreadable_count", column, message("A number, or a range of two."), example); return std::nullopt;
    case Problem::negative: error("negative_count", column, message("A count cannot be negative.")); return std::nullopt;
    case Problem::fraction: error("fraction_count", column, message("A count of people is a whole number.")); return std::nullopt;
    case Problem::open:
      error("open_count", column, message("“More than” has no upper end."), message("Write a range, or “about” and a number."));
      return std::nullopt;
    case Problem::no_lower:
      error("count_without_lower_end", column, message("“Up to” has no lower end."), message("Write a range, or “about” and a number."));
      return std::nullopt;
    case Problem::backwards: error("backwards_count", column, message("The lower number comes first."), example); return std::nullopt;
    case Problem::ambiguous: {
      std::vector<std::string> choices;
      for (auto const reading : heads.readings) choices.push_back(std::to_string(reading));
      error("ambiguous_count", column, message("This number can be read in two ways."), message("Write it without a point."), choices);
      return std::nullopt;
    }
  }
  if (limit > 0 && heads.count.high > limit) {
    error("count_above_limit", column, message("At most {}; a larger number is taken for a typing error.", limit));
    return std::nullopt;
  }
  row_.about |= heads.about;
  return heads;
}

/// The same with the upper end that stands in a column of its own.
std::optional<Heads> RowReader::heads(std::size_t column, std::int64_t limit) {
  auto found = heads_in(column, limit);
  auto const upper = layout_->columns[column].upper;
  auto const end = upper ? heads_in(*upper, limit) : std::nullopt;
  if (!end) return found;
  if (!found) {
    if (read_heads(cell(column)).problem == Heads::Problem::empty)
      error("count_without_lower_end", upper, message("“Up to” has no lower end."), message("Write a range, or “about” and a number."));
    return std::nullopt;
  }
  found->count.high = end->count.high;
  found->about |= end->about;
  if (found->count.low <= found->count.high) return found;
  error("backwards_count", upper, message("The lower number comes first."), message("For instance {}.", "150, 150-200"));
  return std::nullopt;
}

std::optional<Count> RowReader::single(Column column, std::int64_t limit) {
  auto const index = index_of(column);
  auto const found = index ? heads(*index, limit) : std::nullopt;
  return found ? std::optional(found->count) : std::nullopt;
}

/// Sorts the columns of heads into cells that overlap nowhere: a sum over columns must not count anybody twice.
void RowReader::read_cells(activity::Result& result) {
  std::vector<SheetHeads> by_both, by_sex, by_age;  // sex and age; sex alone; age alone
  bool const children_apart = children_by_sex(layout_->columns);
  for (std::size_t i = 0; i < layout_->columns.size(); ++i) {
    auto heading = layout_->columns[i].heading;
    if (heading.column != Column::heads) continue;
    auto const found = heads(i, context_.edition.count_limit);
    if (!found) continue;
    if (children_apart && heading.any_age && heading.sex != Sex::unknown) heading.any_age = false, heading.low_age = 18;
    auto& list = heading.sex == Sex::unknown ? by_age : heading.any_age ? by_sex : by_both;
    list.push_back({i, heading, found->count});
  }
  // A column of all women beside columns of women by age is their sum, and one by age alone is another view of the same people.
  std::vector<SheetHeads> kept = by_both;
  for (auto const& entry : by_sex) {
    std::vector<SheetHeads> parts;
    std::ranges::copy_if(by_both, std::back_inserter(parts), [&](SheetHeads const& part) { return part.heading.sex == entry.heading.sex; });
    if (parts.empty()) kept.push_back(entry);
    else if (sum(parts) != entry.count) warn("sum_differs", "counts", entry.column, number_text(sum(parts)) + " / " + number_text(entry.count));
  }
  if (kept.empty()) kept = by_age;
  else if (!by_age.empty()) {
    auto const child_view = std::ranges::all_of(by_age, [](SheetHeads const& entry) { return children(entry.heading); });
    Count inside;
    for (auto const& entry : kept) inside += child_view && !children(entry.heading) ? Count{} : entry.count;
    if (inside == sum(by_age))
      note("second_view", by_age.front().column, message("Counts by age and by sex are two views of the same people; those by sex are kept."));
    else if (child_view && inside.zero())
      note("second_view", by_age.front().column, message("It is not said whether these are among the men and women; left out."));
    else warn("sum_differs", "counts", by_age.front().column, number_text(sum(by_age)) + " / " + number_text(inside));
  }
  for (auto const& entry : kept) {
    if (entry.count.zero()) continue;
    activity::Cell made{entry.heading.sex, "unknown", entry.count};
    if (auto const band = band_of(entry.heading, context_.facts.codes)) made.band = *band;
    else if (!entry.heading.any_age) note("unknown_band", entry.column, message("No age band has these ages; counted with unknown age."));
    auto const same = std::ranges::find_if(result.cells, [&](activity::Cell const& cell) { return cell.sex == made.sex && cell.band == made.band; });
    if (same == result.cells.end()) result.cells.push_back(made);
    else same->count += made.count;
  }
}

void RowReader::add_up(activity::Result& result, std::optional<Count> total) {
  auto const added = activity::sums(result).cells;
  // "Всего" beside a column of women alone: the others are of unknown sex.
  bool const one_sex = (has(layout_->columns, Sex::female, true) != has(layout_->columns, Sex::male, true)) && !children_by_sex(layout_->columns);
  if (total && !result.cells.empty() && one_sex && total->low >= added.low && total->high >= added.high && *total != added)
    result.cells.push_back({Sex::unknown, "unknown", {total->low - added.low, total->high - added.high}});
  if (total) result.attendance = total;
  else if (!result.cells.empty()) result.attendance = added;
  std::ranges::sort(result.cells, {}, [](activity::Cell const& cell) { return std::pair(std::string(activity::code(cell.sex)), cell.band); });
  if (auto const check = activity::sums(result); check.differs)
    warn("sum_differs", "counts", index_of(Column::total), number_text(check.cells) + " / " + number_text(*result.attendance));
}

void RowReader::read_counts() {
  activity::Result result;
  if (row_.activity.expected = single(Column::expected, context_.edition.count_limit); row_.activity.expected && row_.activity.expected->zero())
    row_.activity.expected.reset();
  row_.about = false;  // what is expected may be rough however people are counted afterwards
  auto const total = single(Column::total, context_.edition.count_limit);
  read_cells(result);
  add_up(result, total);
  bool const heads_about = row_.about;
  result.audience = single(Column::broadcast, context_.edition.audience_limit);
  if (auto const index = index_of(Column::method); index && !text(Column::method).empty()) {
    if (auto const method = method_of(text(Column::method))) result.method = *method;
    else warn("not_understood", "method", index, shortened(text(Column::method), 60), message("Sign-in sheet, head count, estimate or ticket."));
  }
  if ((result.attendance ? heads_about : row_.about) && result.method != "estimate") {
    if (!result.method.empty())
      add_finding(Finding::Severity::warning, "about_is_estimate", index_of(Column::method),
                  message("A number with “about” is an estimate, so that is taken as the method of counting."), {});
    result.method = "estimate";
  }
  if (auto const index = index_of(Column::narrative)) {
    result.narrative = cell(*index).type == sheet::Cell::Type::text ? clean_text(cell(*index).text) : cell_text(cell(*index));
    if (result.narrative.size() > narrative_limit && length(result.narrative) > narrative_limit)
      error("text_too_long", index, message("At most {} characters.", narrative_limit), message("Shorten the text."));
  }
  if (result.attendance || result.audience || !result.narrative.empty()) row_.result = std::move(result);
}

}  // namespace birge::exchange
