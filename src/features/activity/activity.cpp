#include "features/activity/activity.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace birge::activity {

namespace {

template <class Value, std::size_t N>
std::string_view code_in(std::array<std::pair<Value, std::string_view>, N> const& table, Value value) {
  for (auto const& [entry, code] : table)
    if (entry == value) return code;
  return {};
}

template <class Value, std::size_t N>
std::optional<Value> value_in(std::array<std::pair<Value, std::string_view>, N> const& table, std::string_view code) {
  for (auto const& [entry, text] : table)
    if (text == code) return entry;
  return std::nullopt;
}

constexpr std::array<std::pair<State, std::string_view>, 8> states{{{State::draft, "draft"},
                                                                    {State::proposed, "proposed"},
                                                                    {State::returned, "returned"},
                                                                    {State::approved, "approved"},
                                                                    {State::held, "held"},
                                                                    {State::reported, "reported"},
                                                                    {State::confirmed, "confirmed"},
                                                                    {State::cancelled, "cancelled"}}};
constexpr std::array<std::pair<Precision, std::string_view>, 3> precisions{
    {{Precision::day, "day"}, {Precision::month, "month"}, {Precision::year, "year"}}};
constexpr std::array<std::pair<Reach, std::string_view>, 4> reaches{
    {{Reach::place, "place"}, {Reach::several, "several"}, {Reach::national, "national"}, {Reach::online, "online"}}};
constexpr std::array<std::pair<Sex, std::string_view>, 3> sexes{{{Sex::female, "female"}, {Sex::male, "male"}, {Sex::unknown, "unknown"}}};

}  // namespace

std::string_view code(State state) { return code_in(states, state); }
std::optional<State> state_of(std::string_view code) { return value_in(states, code); }
std::string_view code(Precision precision) { return code_in(precisions, precision); }
std::optional<Precision> precision_of(std::string_view code) { return value_in(precisions, code); }
std::string_view code(Reach reach) { return code_in(reaches, reach); }
std::optional<Reach> reach_of(std::string_view code) { return value_in(reaches, code); }
std::string_view code(Sex sex) { return code_in(sexes, sex); }
std::optional<Sex> sex_of(std::string_view code) { return value_in(sexes, code); }

Message name(State state) {
  switch (state) {
    case State::draft: return message("Draft");
    case State::proposed: return message("Proposed");
    case State::returned: return message("Returned");
    case State::approved: return message("Planned");
    case State::held: return message("Held");
    case State::reported: return message("Reported");
    case State::confirmed: return message("Confirmed");
    case State::cancelled: return message("Cancelled");
  }
  return {};
}

Message name(Reach reach) {
  switch (reach) {
    case Reach::place: return message("In one place");
    case Reach::several: return message("In several places");
    case Reach::national: return message("National");
    case Reach::online: return message("Online");
  }
  return {};
}

Text const& Activity::text(Language language) const {
  static Text const none;
  if (auto const found = texts.find(std::string(birge::code(language))); found != texts.end()) return found->second;
  if (auto const found = texts.find(original); found != texts.end()) return found->second;
  return none;
}

std::string_view Activity::text_language(Language language) const {
  return texts.contains(std::string(birge::code(language))) ? birge::code(language) : std::string_view(original);
}

bool only_more_exact(Activity const& next, Activity const& stored) {
  return stored.precision != Precision::day && next.day >= stored.day && next.end_day <= stored.end_day;
}

bool leaves_day_or_place(Activity const& next, Activity const& stored) {
  if (next.moved_from_day != stored.moved_from_day || next.moved_from_place != stored.moved_from_place) return true;
  return !happened(stored.state) && next.day != stored.day && !only_more_exact(next, stored);
}

void take_when(Activity& activity, Activity const& from) {
  activity.day = from.day;
  activity.end_day = from.end_day;
  activity.precision = from.precision;
  activity.start_minutes = from.start_minutes;
  activity.end_minutes = from.end_minutes;
}

std::optional<Count> stored_count(std::optional<std::int64_t> low, std::optional<std::int64_t> high) {
  if (!low) return std::nullopt;
  return Count{*low, high.value_or(*low)};
}

place::Place const* place_out_of_time(Activity const& next, Activity const* stored, place::Tree const& places) {
  auto const outside = [&](Activity const& activity, PlaceId id) {
    auto const* place = places.find(id);
    return place && !place->valid_within(activity.day, activity.end_day);
  };
  auto const stood_there = [&](PlaceId id) {
    return stored && (stored->place == id || std::ranges::find(stored->places, id) != stored->places.end());
  };
  auto const wrong = [&](PlaceId id) { return outside(next, id) && !(stood_there(id) && outside(*stored, id)); };
  if (next.place && wrong(*next.place)) return places.find(*next.place);
  auto const found = std::ranges::find_if(next.places, wrong);
  return found == next.places.end() ? nullptr : places.find(*found);
}

void take_where(Activity& activity, Activity const& from) {
  activity.reach = from.reach;
  activity.place = from.place;
  activity.places = from.places;
  activity.village = from.village;
}

bool happened(State state) { return state == State::held || state == State::reported || state == State::confirmed; }

bool counted(State state) { return happened(state) || state == State::approved || state == State::cancelled; }

bool another_plan(Activity const& next, Activity const& approved) {
  auto const groups = [](Activity const& activity) { return std::set(activity.audiences.begin(), activity.audiences.end()); };
  if (next.kind != approved.kind || next.lead != approved.lead || (next.is_public && !approved.is_public)) return true;
  // What nobody said before, because it came from a list, is only completed.
  if (!approved.audiences.empty() && groups(next) != groups(approved)) return true;
  return approved.expected && (!next.expected || next.expected->high > 2 * approved.expected->high);
}

std::optional<Day> due(Day due_day) { return due_day == never_due ? std::nullopt : std::optional(due_day); }

bool unreported(State state, Day due_day, Day today) { return (state == State::approved || state == State::held) && due_day < today; }

bool same_result(Result const& a, Result const& b) {
  return a.method == b.method && a.attendance == b.attendance && a.audience == b.audience && a.cells == b.cells && a.narrative == b.narrative;
}

Sums sums(Result const& result) {
  Sums sums;
  for (auto const& cell : result.cells) sums.cells += cell.count;
  sums.differs = !result.cells.empty() && result.attendance && sums.cells != *result.attendance;
  return sums;
}

Message warning_text(Warning const& warning) {
  if (warning.code == "sum_differs") return message("The counts by sex and age do not add up to the total ({}).", warning.detail);
  if (warning.code == "outside_edition") return message("The date is outside the dates of the edition ({}).", warning.detail);
  if (warning.code == "only_month") return message("Only the month is known ({}).", warning.detail);
  if (warning.code == "not_understood") return message("“{}” was not understood and was left out.", warning.detail);
  if (warning.code == "phone_number") return message("A public text seems to hold a phone number. Check that it may be public.");
  if (warning.code == "personal_number") return message("A public text seems to hold a personal number of 14 digits. Remove it.");
  if (warning.code == "email") return message("A public text seems to hold an e-mail address. Check that it may be public.");
  if (warning.code == "count_before_held")
    return warning.detail == "cancelled" ? message("There are counts, but the status says that it was cancelled.")
                                         : message("There are counts, but the status says that it was not held yet.");
  if (warning.code == "same_as_other")
    return message("Another activity on this day and in this place has nearly the same title ({}).", warning.detail);
  return message("Something was unusual when this was imported ({}).", warning.code);
}

}  // namespace birge::activity
