#include <algorithm>

#include "features/exchange/import_match.hpp"

// What became of an activity, by a row and by what is stored of it.

namespace birge::exchange {

using activity::Cell;
using activity::Count;
using activity::Result;
using activity::State;

namespace {

bool counted(std::optional<Result> const& result) { return result && (result->attendance || result->audience); }

bool all_zero(Result const& result) { return (!result.attendance || result.attendance->zero()) && (!result.audience || result.audience->zero()); }

/// Counts before an activity was held say how many are expected.
void take_as_expected(ImportRow& row, Settled& settled) {
  auto const& result = *row.result;
  settled.count_before_held = true;
  if (!row.activity.expected) row.activity.expected = result.attendance;
}

/// Heads in a row that does not say it was held, as many as are expected already: the plan came again after its day. Taken for attendances, one
/// file would mean another thing the next day. Who was counted in just that number is told with “held”.
bool plan_again(ImportRow const& row, Activity const* stored) {
  if (row.status || !row.result || !row.result->attendance || row.activity.expected || !stored) return false;
  bool const reported = stored->result && stored->result->attendance == row.result->attendance;
  if (stored->expected != row.result->attendance || reported) return false;
  bool const taken_before =
      std::ranges::any_of(stored->warnings, [](activity::Warning const& warning) { return warning.code == "count_before_held"; });
  bool const bare = row.result->cells.empty() && (row.result->method.empty() || row.result->method == "estimate");
  return taken_before || bare;  // what is told by sex and age or with a method was counted, unless an import took just that for the plan
}

void leave_out_counts(Result& result) {
  result.attendance.reset();
  result.audience.reset();
  result.cells.clear();
  result.method.clear();
}

State state_without_word(Activity const* stored, bool counts, bool future) {
  if (counts) return future ? State::approved : State::reported;
  return stored ? stored->state : State::approved;
}

/// How exactly a cell of a row says who is meant, if it can mean those of a stored one.
int closeness(Cell const& told, Cell const& stored) {
  bool const any_sex = told.sex == activity::Sex::unknown, any_age = told.band == "unknown";
  if ((!any_sex && told.sex != stored.sex) || (!any_age && told.band != stored.band)) return 0;
  return 1 + (any_sex ? 0 : 1) + (any_age ? 0 : 1);
}

/// Whether cells say the same as those that are stored, with less detail: all women where women are stored by age.
bool add_up_to(std::vector<Cell> const& told, std::vector<Cell> const& stored) {
  std::vector<Count> sums(told.size());
  for (auto const& cell : stored) {
    auto const closest = std::ranges::max_element(told, {}, [&](Cell const& each) { return closeness(each, cell); });
    if (closest == told.end() || closeness(*closest, cell) == 0) continue;  // of these the row says nothing
    sums[static_cast<std::size_t>(closest - told.begin())] += cell.count;
  }
  return std::ranges::equal(told, sums, {}, &Cell::count);
}

/// What a row leaves out takes nothing back: neither columns its sheet does not have, nor the detail behind numbers that are still the same.
void keep_detail(Result& result, Result const& before, Layout const& layout) {
  if (!layout.has(Column::total) && !layout.has(Column::heads)) result.attendance = before.attendance, result.cells = before.cells;
  if (!layout.has(Column::broadcast)) result.audience = before.audience;
  if (result.narrative.empty()) result.narrative = before.narrative;
  if (result.attendance != before.attendance || result.audience != before.audience) return;
  if (!result.cells.empty() && !add_up_to(result.cells, before.cells)) return;
  result.cells = before.cells;
  if (result.method.empty()) result.method = before.method;
}

/// A result that came again as it is stored stays as it is, so that a repeated import changes nothing.
std::optional<Result> result_of(ImportRow const& row, Layout const& layout, Activity const* stored, Day today) {
  auto const* before = stored && stored->result ? &*stored->result : nullptr;
  if (!row.result) return before ? std::optional(*before) : std::nullopt;
  auto result = *row.result;
  if (before && !counted(row.result)) {  // only words came: the numbers stay
    auto const words = result.narrative;
    result = *before;
    if (!words.empty()) result.narrative = words;
  }
  if (before) keep_detail(result, *before, layout);
  if (before && same_result(result, *before)) return *before;
  result.reported_day = today;
  // As in the form of a result: who leads it counts, unless somebody said otherwise.
  result.counted_by = before && before->counted_by ? before->counted_by : row.activity.lead;
  return result;
}

}  // namespace

Settled settle_state(ImportRow& row, Layout const& layout, Activity const* stored, Day today) {
  using Word = Status::Word;
  Settled settled;
  auto& activity = row.activity;
  bool const future = activity.day > today;
  bool const held = row.status == Word::held;
  if (row.result && !held && all_zero(*row.result))
    row.result->attendance.reset(), row.result->audience.reset(), row.result->cells.clear();  // a form's zeros
  if (plan_again(row, stored)) {
    settled.expected_again = true;
    activity.expected = stored->expected;
    leave_out_counts(*row.result);
    if (row.result->narrative.empty()) row.result.reset();
  }
  bool const counts = counted(row.result);
  if (row.status == Word::cancelled) {
    if (stored && counted(stored->result)) settled.problem = Settled::Problem::cancelled_with_result;
    activity.state = State::cancelled;
  } else if (held) {
    if (future) settled.problem = Settled::Problem::held_in_future;
    activity.state = counts ? State::reported : State::held;
  } else if (row.status == Word::moved) {
    activity.state = counts && !future ? State::reported : State::approved;
  } else if (row.status) {
    activity.state = *row.status == Word::unfinished ? State::proposed : State::approved;
  } else {
    activity.state = state_without_word(stored, counts, future);
  }
  bool const takes_counts = activity::happened(activity.state);
  if (counts && !takes_counts) take_as_expected(row, settled);
  if (stored && activity::happened(stored->state) && !takes_counts && activity.state != State::cancelled) activity.state = stored->state;
  if (!takes_counts && row.result) settled.narrative_left_out = !row.result->narrative.empty() && !activity::happened(activity.state);
  if (!takes_counts) row.result.reset();
  activity.result = activity.state == State::cancelled ? std::nullopt : result_of(row, layout, stored, today);
  if (stored && activity::happened(stored->state) && activity::happened(activity.state)) {
    bool const unchanged = activity.result && stored->result && same_result(*activity.result, *stored->result);
    if (unchanged) keep_warnings(activity, *stored, "counts");
    if (unchanged || !counts) activity.state = stored->state;
    else activity.state = State::reported;  // what was confirmed were other numbers
    settled.confirmation_falls = activity.state != stored->state && stored->state == State::confirmed;
  }
  return settled;
}

}  // namespace birge::exchange
