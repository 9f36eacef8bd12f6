#include "features/activity/tally/tally.hpp"

#include <algorithm>

namespace birge::activity {

Numbers without_parts(Numbers numbers) {
  std::fill(numbers.values.begin() + static_cast<std::ptrdiff_t>(Measure::moved_held), numbers.values.end(), 0);
  return numbers;
}

std::string region_only_key(PlaceId region) { return "region " + std::to_string(region.value); }

Location location_of(Activity const& activity, campaign::Facts const& facts) {
  if (activity.reach != Reach::place || !activity.place) return {};
  Location location;
  if (auto const* region = facts.places->region_of(*activity.place)) location.region = region->id;
  if (auto const* district = facts.places->district_of(*activity.place)) location.district = district->id;
  return location;
}

namespace {

Numbers numbers_of(Activity const& activity) {
  Numbers numbers;
  numbers[Measure::planned] = 1;
  numbers[Measure::held] = happened(activity.state);
  numbers[Measure::cancelled] = activity.state == State::cancelled;
  numbers[Measure::moved] = activity.moved();
  numbers[Measure::reported] = activity.state == State::reported;
  numbers[Measure::confirmed] = activity.state == State::confirmed;
  numbers[Measure::hidden] = !activity.is_public;
  numbers[Measure::co_hosted] = !activity.co_hosts.empty();
  auto const by_state = [&](Measure whole, Measure held, Measure cancelled, Measure reported, Measure confirmed) {
    if (numbers[whole] == 0) return;
    numbers[held] = numbers[Measure::held];
    numbers[cancelled] = numbers[Measure::cancelled];
    numbers[reported] = numbers[Measure::reported];
    numbers[confirmed] = numbers[Measure::confirmed];
  };
  by_state(Measure::moved, Measure::moved_held, Measure::moved_cancelled, Measure::moved_reported, Measure::moved_confirmed);
  by_state(Measure::hidden, Measure::hidden_held, Measure::hidden_cancelled, Measure::hidden_reported, Measure::hidden_confirmed);
  if (!activity.result) return numbers;
  auto const& result = *activity.result;
  if (activity.state == State::reported) {
    if (result.attendance) numbers[Measure::reported_low] = result.attendance->low, numbers[Measure::reported_high] = result.attendance->high;
    if (result.audience)
      numbers[Measure::audience_reported_low] = result.audience->low, numbers[Measure::audience_reported_high] = result.audience->high;
  }
  if (activity.state == State::confirmed) {
    if (result.attendance) numbers[Measure::confirmed_low] = result.attendance->low, numbers[Measure::confirmed_high] = result.attendance->high;
    if (result.audience)
      numbers[Measure::audience_confirmed_low] = result.audience->low, numbers[Measure::audience_confirmed_high] = result.audience->high;
  }
  return numbers;
}

/// The row of an activity in tables by district: its district, its region only, or its reach.
std::string district_key(Activity const& activity, Location const& location) {
  if (location.district) return std::to_string(location.district->value);
  if (location.region) return region_only_key(*location.region);
  return std::string(code(activity.reach));
}

}  // namespace

void Tallies::add(Activity const& activity, campaign::Facts const& facts, int sign) {
  if (!counted(activity.state)) return;
  auto const location = location_of(activity, facts);
  auto const numbers = numbers_of(activity);
  days_[{activity.edition.value, activity.day}] += sign;

  std::vector<std::int64_t> scopes{0};
  if (location.region) scopes.push_back(location.region->value);
  for (auto const scope : scopes) {
    auto const put = [&](char const* dimension, std::string key) {
      rows_[{activity.edition.value, scope, dimension, std::move(key)}].add(numbers, sign);
    };
    put("total", "");
    put("region", location.region ? std::to_string(location.region->value) : std::string(code(activity.reach)));
    put("district", district_key(activity, location));
    put("week", activity.day.week_start().iso());
    put("kind", activity.kind);
    for (auto const& topic : activity.topics) put("topic", topic);
    if (activity.topics.empty()) put("topic", "");
    for (auto const& audience : activity.audiences) put("audience", audience);
    if (activity.audiences.empty()) put("audience", "");
    put("organisation", std::to_string(activity.lead.value));
    for (auto const host : activity.co_hosts)
      if (host != activity.lead) put("organisation", std::to_string(host.value));
    add_people(activity, scope, sign);
  }
}

std::vector<PeoplePart> people_parts(Activity const& activity) {
  if (activity.state != State::reported && activity.state != State::confirmed) return {};
  if (!activity.result || !activity.result->attendance) return {};
  auto const& result = *activity.result;
  if (activity.sensitive) return {{"withheld", "withheld", *result.attendance}};
  std::vector<PeoplePart> parts;
  for (auto const& cell : result.cells) parts.push_back({std::string(code(cell.sex)), cell.band, cell.count});
  Count rest = *result.attendance;
  rest -= sums(result).cells;
  if (rest.low == 0 && rest.high == 0) return parts;
  bool const unknown = rest.low >= 0 && rest.high >= 0;
  std::string const name = unknown ? "unknown" : "differs";
  parts.push_back({name, name, rest});
  return parts;
}

void Tallies::add_people(Activity const& activity, std::int64_t region, int sign) {
  bool const confirmed = activity.state == State::confirmed;
  for (auto& part : people_parts(activity)) {
    auto& numbers = people_[{activity.edition.value, region, std::move(part.sex), std::move(part.band)}];
    numbers[confirmed ? 2 : 0] += sign * part.count.low;
    numbers[confirmed ? 3 : 1] += sign * part.count.high;
  }
}

void Tallies::add(Tallies const& other) {
  for (auto const& [key, numbers] : other.rows_) rows_[key].add(numbers);
  for (auto const& [key, numbers] : other.people_)
    for (std::size_t i = 0; i < numbers.size(); ++i) people_[key][i] += numbers[i];
  for (auto const& [key, planned] : other.days_) days_[key] += planned;
}

}  // namespace birge::activity
