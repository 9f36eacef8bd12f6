#include <algorithm>
#include <tuple>

#include "features/exchange/import_match.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

using activity::Reach;
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

/// A result that came again as it is stored stays as it is, so that a repeated import changes nothing.
std::optional<Result> result_of(ImportRow const& row, Activity const* stored, Day today) {
  auto const* before = stored && stored->result ? &*stored->result : nullptr;
  if (!row.result) return before ? std::optional(*before) : std::nullopt;
  auto result = *row.result;
  if (before && !counted(row.result)) {  // only words came: the numbers stay
    auto const words = result.narrative;
    result = *before;
    if (!words.empty()) result.narrative = words;
  }
  if (before && same_result(result, *before)) return *before;
  result.reported_day = today;
  // As in the form of a result: who leads it counts, unless somebody said otherwise.
  result.counted_by = before && before->counted_by ? before->counted_by : row.activity.lead;
  return result;
}

void keep_warnings(Activity& activity, Activity const& stored, std::string_view field) {
  auto const about = [field](activity::Warning const& warning) { return warning.field == field; };
  std::erase_if(activity.warnings, about);
  std::ranges::copy_if(stored.warnings, std::back_inserter(activity.warnings), about);
}

}  // namespace

void keep_day(Activity& activity, Activity const& stored) {
  activity::take_when(activity, stored);
  keep_warnings(activity, stored, "day");
}

void keep_place(ImportRow& row, Activity const& stored) {
  auto& activity = row.activity;
  activity::take_where(activity, stored);
  for (auto& [language, text] : activity.texts) {
    auto const kept = stored.texts.find(language == row.untagged_language ? stored.original : language);
    text.venue = kept == stored.texts.end() ? std::string() : kept->second.venue;
  }
  keep_warnings(activity, stored, "village");
  keep_warnings(activity, stored, "venue");
}

Settled settle_state(ImportRow& row, Activity const* stored, Day today) {
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
  activity.result = activity.state == State::cancelled ? std::nullopt : result_of(row, stored, today);
  if (stored && activity::happened(stored->state) && activity::happened(activity.state)) {
    bool const unchanged = activity.result && stored->result && same_result(*activity.result, *stored->result);
    if (unchanged || !counts) activity.state = stored->state;
    else activity.state = State::reported;  // what was confirmed were other numbers
  }
  return settled;
}

namespace {

void merge_texts(Activity& result, ImportRow const& row, Layout const& layout) {
  for (auto const& [language, text] : row.activity.texts) {
    auto& target = result.texts[language == row.untagged_language ? result.original : language];
    target.title = text.title;
    if (layout.has(Column::summary)) target.summary = text.summary;
    if (layout.has(Column::venue)) target.venue = text.venue;
  }
}

void merge_days(Activity& result, Activity const& row, Layout const& layout, Activity const& stored) {
  result.day = row.day;
  result.end_day = row.end_day;
  result.precision = row.precision;
  if (stored.day != row.day && !activity::only_more_exact(row, stored)) {
    if (row.moved_from_day) result.moved_from_day = row.moved_from_day;
    // The public saw another day before: that is a move, also where the sheet only has the new one.
    else if (!activity::happened(stored.state)) result.moved_from_day = stored.day;
  }
  if (layout.has(Column::time) || layout.has(Column::start_time) || layout.has(Column::end_time) || row.start_minutes) {
    result.start_minutes = row.start_minutes;
    result.end_minutes = row.end_minutes;
  }
}

/// One place inside the other says the same more or less precisely; that is no move.
bool elsewhere(place::Tree const& places, PlaceId before, PlaceId now) { return !places.inside(now, before) && !places.inside(before, now); }

std::vector<PlaceId> places_of(Activity const& activity) { return activity.place ? std::vector{*activity.place} : activity.places; }

/// It is moved as soon as those in one of its places have to go elsewhere.
void merge_place(Activity& result, Activity const& row, Layout const& layout, Activity const& stored, place::Tree const& places) {
  if (!layout.has_place()) return;
  activity::take_where(result, row);
  if (activity::happened(stored.state)) return;
  auto const now = places_of(row);
  for (auto const before : places_of(stored))
    if (std::ranges::all_of(now, [&](PlaceId id) { return elsewhere(places, before, id); })) {
      result.moved_from_place = before;
      return;
    }
}

}  // namespace

Activity merged(ImportRow const& row, Layout const& layout, Activity const& stored, place::Tree const& places) {
  auto const& fresh = row.activity;
  Activity result = stored;
  merge_texts(result, row, layout);
  merge_days(result, fresh, layout, stored);
  merge_place(result, fresh, layout, stored, places);
  result.kind = fresh.kind;
  result.sensitive = fresh.sensitive;
  if (row.visibility_said || fresh.kind != stored.kind) result.is_public = fresh.is_public;
  result.lead = fresh.lead;
  if (layout.has(Column::co_hosts) || !fresh.co_hosts.empty()) result.co_hosts = fresh.co_hosts;
  if (layout.has(Column::partners)) result.partners = fresh.partners;
  if (layout.has(Column::topic)) result.topics = fresh.topics;
  if (layout.has(Column::audience_group)) result.audiences = fresh.audiences;
  if (layout.has(Column::languages)) result.languages = fresh.languages;
  if (layout.has(Column::entry)) result.entry = fresh.entry;
  if (layout.has(Column::cost)) result.cost = fresh.cost;
  if (layout.has(Column::contact)) result.contact = fresh.contact;
  if (layout.has(Column::expected) || fresh.expected) result.expected = fresh.expected;
  if (fresh.external_id && !row.own_id) result.external_id = fresh.external_id;
  result.state = fresh.state;
  result.result = fresh.result;
  result.warnings = fresh.warnings;
  // Why it was moved before is no reason for what the row does to it now.
  bool const cancelled = result.state == State::cancelled && stored.state != State::cancelled;
  if (layout.has(Column::reason) || cancelled || activity::leaves_day_or_place(result, stored)) result.reason = fresh.reason;
  return result;
}

bool same(Activity const& a, Activity const& b) {
  bool const results = a.result.has_value() == b.result.has_value() &&
                       (!a.result || (same_result(*a.result, *b.result) && a.result->counted_by == b.result->counted_by));
  return results && a.kind == b.kind && a.state == b.state && a.is_public == b.is_public && a.sensitive == b.sensitive && a.day == b.day &&
         a.precision == b.precision && a.end_day == b.end_day && a.start_minutes == b.start_minutes && a.end_minutes == b.end_minutes &&
         a.reach == b.reach && a.place == b.place && a.places == b.places && a.village == b.village && a.lead == b.lead && a.co_hosts == b.co_hosts &&
         a.partners == b.partners && a.topics == b.topics && a.audiences == b.audiences && a.languages == b.languages && a.entry == b.entry &&
         a.cost == b.cost && a.contact == b.contact && a.expected == b.expected && a.moved_from_day == b.moved_from_day &&
         a.moved_from_place == b.moved_from_place && a.reason == b.reason && a.external_id == b.external_id && a.texts == b.texts &&
         a.original == b.original && a.warnings == b.warnings;
}

void put_in_order(Activity& activity) {
  std::ranges::sort(activity.topics);
  std::ranges::sort(activity.audiences);
  std::ranges::sort(activity.places);
  std::ranges::sort(activity.warnings, {}, [](activity::Warning const& warning) { return std::tie(warning.field, warning.code, warning.detail); });
  if (activity.result)
    std::ranges::sort(activity.result->cells, {},
                      [](activity::Cell const& cell) { return std::pair(std::string(activity::code(cell.sex)), cell.band); });
}

std::string place_key(Activity const& activity) {
  if (activity.reach == Reach::place) return "p" + std::to_string(activity.place.value_or(PlaceId{}).value) + "/" + fold(activity.village);
  std::string key(activity::code(activity.reach));
  for (auto const place : activity.places) key += "/" + std::to_string(place.value);
  return key;
}

std::string title_key(Activity const& activity) {
  auto const found = activity.texts.find(activity.original);
  return found == activity.texts.end() ? std::string() : fold(found->second.title);
}

bool nearly_same(std::string const& a, std::string const& b) {
  if (a == b) return true;
  auto const letters = std::min(a.size(), b.size()) / 2;  // of Cyrillic, two bytes each
  if (letters < 8) return false;
  int const limit = std::clamp(static_cast<int>(letters) / 8, 1, 4);
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > static_cast<std::size_t>(limit) * 2) return false;
  return edit_distance(a, b, limit) <= limit;
}

}  // namespace birge::exchange
