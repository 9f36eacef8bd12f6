#include "features/insight/insight.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "platform/base/number.hpp"

namespace birge::insight {

namespace {

constexpr std::string_view region_only = "region ";

std::optional<place::PlaceId> place_of(std::string_view key) {
  if (key.starts_with(region_only)) key.remove_prefix(region_only.size());
  auto const id = whole_number<std::int64_t>(key);
  return id ? std::optional(place::PlaceId{*id}) : std::nullopt;
}

double per_thousand(std::int64_t heads, std::int64_t population) {
  return population > 0 ? 1000.0 * static_cast<double>(heads) / static_cast<double>(population) : 0.0;
}

}  // namespace

Count Line::attendance() const {
  auto sum = reported();
  return sum += confirmed();
}

Count Line::audience() const {
  return {numbers[Measure::audience_reported_low] + numbers[Measure::audience_confirmed_low],
          numbers[Measure::audience_reported_high] + numbers[Measure::audience_confirmed_high]};
}

std::vector<Line> const& Figures::lines(std::string_view dimension) const {
  static std::vector<Line> const none;
  auto const found = by.find(dimension);
  return found == by.end() ? none : found->second;
}

std::vector<place::Place const*> Figures::counted(std::vector<place::Place const*> places) const {
  if (!left_out.empty()) std::erase_if(places, [this](auto const* place) { return !counts(place->id); });
  return places;
}

bool Figures::tells_late(std::string_view dimension) const {
  if (dimension == "topic" || dimension == "audience") return false;
  return late == Late::all || late == (dimension == "organisation" ? Late::hosts_alone : Late::without_hosts);
}

Line const* Figures::line(std::string_view dimension, std::string_view key) const {
  for (auto const& line : lines(dimension))
    if (line.key == key) return &line;
  return nullptr;
}

bool only_documented(Figures const& figures, campaign::Edition const& edition, Day today) {
  return figures.total.without_result() && edition.campaign_until < today;
}

Filter narrowed(Filter filter, std::string_view dimension, std::string_view key) {
  if (dimension == "kind") filter.kind = key;
  else if (dimension == "topic") filter.topic = key.empty() ? activity::not_said : key;
  else if (dimension == "audience") filter.audience = key.empty() ? activity::not_said : key;
  else if (dimension == "week") filter.week = Day::parse(key);
  else if (dimension == "organisation") filter.organisation = coalition::OrganisationId{place_of(key).value_or(place::PlaceId{}).value};
  else if (auto const reach = activity::reach_of(key)) filter.reach = reach;
  else {
    filter.place = place_of(key);
    filter.region_only = key.starts_with(region_only);
  }
  return filter;
}

Filter other_kinds(Filter filter, std::vector<std::string> shown) {
  std::ranges::sort(shown);
  filter.other_than = std::move(shown);
  return filter;
}

std::optional<Filter> in_several_lines(Filter filter, std::string_view dimension) {
  using Several = Filter::Several;
  filter.several = dimension == "organisation" ? Several::hosts
                   : dimension == "topic"      ? Several::topics
                   : dimension == "audience"   ? Several::audiences
                                               : Several::none;
  return filter.several == Several::none ? std::nullopt : std::optional(std::move(filter));
}

std::vector<Line const*> by_size(std::vector<Line> const& lines) {
  std::vector<Line const*> order;
  order.reserve(lines.size());
  for (auto const& line : lines) order.push_back(&line);
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [](Line const* line) { return std::tuple((*line)[Measure::held], line->attendance().high, (*line)[Measure::planned]); });
  return order;
}

Weeks weeks_of(Figures const& figures, campaign::Edition const& edition) {
  auto const& filter = figures.filter;
  auto first = std::max(edition.campaign_from, filter.from.value_or(edition.campaign_from)).week_start();
  auto last = std::min(edition.campaign_until, filter.until.value_or(edition.campaign_until));
  Weeks weeks;
  for (auto const& line : figures.lines("week")) {
    auto const week = Day::parse(line.key);
    if (!week) continue;
    if (edition.preparation_from.week_start() <= *week && *week <= edition.closing_until) {
      first = std::min(first, *week);
      last = std::max(last, *week);
    } else if (line[Measure::held] > 0) {
      weeks.beyond.push_back(&line);
    }
  }
  for (auto day = first; day <= last; day = day.plus(7)) weeks.drawn.push_back(day);
  return weeks;
}

double printed_rate(double rate) { return rate > 0 ? std::max(0.1, std::round(rate * 10) / 10) : 0; }

Coverage covered(place::CensusUnit const& unit, std::int64_t held, Count attendance) {
  return {.unit = &unit,
          .held = held,
          .attendance = attendance,
          .rate_low = per_thousand(attendance.low, unit.population),
          .rate_high = per_thousand(attendance.high, unit.population)};
}

namespace {

void add_left_out(Figures& figures, campaign::Facts const& facts) {
  auto const* edition = facts.edition(figures.filter.edition);
  if (!edition) return;
  auto const scope = figures.filter.place;
  auto const add = [&](place::Place const& place, std::string_view dimension) {
    if (place.valid_within(edition->campaign_from, edition->campaign_until) || (scope && !facts.places->inside(place.id, *scope))) return;
    auto const* line = figures.line(dimension, std::to_string(place.id.value));
    if (!line || (*line)[Measure::planned] == 0) figures.left_out.push_back(place.id);
  };
  if (!scope)
    for (auto const* region : facts.places->regions()) add(*region, "region");
  for (auto const* district : facts.places->districts()) add(*district, "district");
}

}  // namespace

void add_coverage(Figures& figures, campaign::Facts const& facts) {
  auto const& places = *facts.places;
  auto const in_scope = [&](place::PlaceId district) {
    if (!figures.filter.place) return true;
    auto const* region = places.region_of(district);
    return district == *figures.filter.place || (region && region->id == *figures.filter.place);
  };
  std::unordered_map<std::int64_t, Coverage> sums;
  std::unordered_set<std::int64_t> reached;
  for (auto const& line : figures.lines("district")) {
    auto const place = place_of(line.key);
    if (place && line[Measure::held] > 0 && !line.key.starts_with(region_only)) reached.insert(place->value);
    // A city that is a region of its own has its people in the unit around it; what an oblast did without a district is in none.
    auto const* unit = place ? places.census_unit(*place) : nullptr;
    if (!unit) continue;
    auto& sum = sums[unit->id];
    sum.held += line[Measure::held];
    sum.attendance += line.attendance();
  }
  add_left_out(figures, facts);
  for (auto const& unit : places.census_units()) {
    if (std::ranges::none_of(unit.places, [&](place::PlaceId place) { return in_scope(place) && figures.counts(place); })) continue;
    auto const& sum = sums[unit.id];
    figures.coverage.push_back(covered(unit, sum.held, sum.attendance));
  }
  for (auto const* district : places.districts())
    if (in_scope(district->id) && !reached.contains(district->id.value) && figures.counts(district->id))
      figures.never_reached.push_back(district->id);
}

}  // namespace birge::insight
