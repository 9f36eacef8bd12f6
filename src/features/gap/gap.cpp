#include "features/gap/gap.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

#include "features/activity/tally/tally.hpp"

namespace birge::gap {

namespace {

constexpr double earth_radius = 6371.0;
constexpr std::size_t least_around = 3, most_around = 8;

double radians(double degrees) { return degrees * std::numbers::pi / 180.0; }

bool active(Seen const& seen) { return seen.planned > seen.cancelled; }

std::optional<Nearest> nearest_of(place::Tree const& tree, PlaceId from, std::vector<PlaceId> const& active_places) {
  std::optional<std::pair<double, PlaceId>> best;
  for (auto const id : active_places) {
    if (id == from) return Nearest{id, 0};
    auto const distance = kilometres(tree, from, id);
    if (distance && (!best || *distance < best->first)) best.emplace(*distance, id);
  }
  if (!best) return std::nullopt;
  // Somewhere else is never 0 km away.
  return Nearest{best->second, std::max(1, static_cast<int>(std::lround(best->first)))};
}

struct Unit {
  std::size_t spots = 0;
  Count attendance;
};

}  // namespace

std::vector<Spot> spots(place::Tree const& tree) {
  std::vector<Spot> list;
  for (auto const* region : tree.regions()) {
    auto const& below = tree.children(region->id);
    if (below.empty() || below.front()->level != place::Level::district)
      list.push_back({region->id, region->id, activity::region_only_key(region->id)});
    else
      for (auto const* district : below) list.push_back({district->id, region->id, std::to_string(district->id.value)});
  }
  return list;
}

std::int64_t not_reached(std::int64_t population, std::int64_t attendances, std::size_t spots) {
  auto const left = std::max<std::int64_t>(0, population - attendances);
  return spots == 0 ? left : left / static_cast<std::int64_t>(spots);
}

int weeks_without(std::optional<Day> last, Time const& time) {
  auto const until = std::min(time.today, time.campaign_until);
  auto const from = last.value_or(time.campaign_from);
  return std::max(0, days_between(from, until)) / 7 + 1;
}

std::int64_t points(std::int64_t not_reached, int weeks, bool soon) {
  auto const thousandths = not_reached * weeks / (soon ? 2 : 1);
  return (thousandths + 500) / 1000;
}

double kilometres(double latitude_a, double longitude_a, double latitude_b, double longitude_b) {
  auto const north = std::sin(radians(latitude_b - latitude_a) / 2), east = std::sin(radians(longitude_b - longitude_a) / 2);
  auto const h = north * north + std::cos(radians(latitude_a)) * std::cos(radians(latitude_b)) * east * east;
  return 2 * earth_radius * std::asin(std::sqrt(std::min(1.0, h)));
}

std::optional<double> kilometres(place::Tree const& tree, PlaceId a, PlaceId b) {
  auto const *from = tree.find(a), *to = tree.find(b);
  if (!from || !to || !from->latitude || !from->longitude || !to->latitude || !to->longitude) return std::nullopt;
  return kilometres(*from->latitude, *from->longitude, *to->latitude, *to->longitude);
}

std::vector<Row> rows(place::Tree const& tree, SeenByKey const& seen, std::map<PlaceId, std::int64_t> const& waiting, Time const& time) {
  std::vector<Row> list;
  std::map<std::int64_t, Unit> units;
  std::vector<PlaceId> active_places;
  for (auto& spot : spots(tree)) {
    Row row;
    row.spot = std::move(spot);
    if (auto const found = seen.find(row.spot.key); found != seen.end()) row.seen = found->second;
    if (auto const found = waiting.find(row.spot.place); found != waiting.end()) row.waiting = found->second;
    auto const& place = *tree.find(row.spot.place);
    row.is_place = place.valid_on(time.now());
    bool const comes_to_be = place.valid_within(time.now(), std::max(time.now(), time.campaign_until));  // it can be planned for already
    if (!comes_to_be && row.waiting == 0 && row.seen == Seen{}) continue;
    if (active(row.seen)) active_places.push_back(row.spot.place);
    row.unit = tree.census_unit(row.spot.place);
    if (row.unit) {
      auto& unit = units[row.unit->id];
      if (row.is_place) ++unit.spots;
      unit.attendance += row.seen.attendance;
    }
    list.push_back(std::move(row));
  }
  // What a city of several districts did without naming one belongs to its unit as well; an oblast's does to none.
  for (auto const* region : tree.regions())
    if (auto const* unit = tree.census_unit(region->id); unit && tree.children(region->id).size() > 0)
      if (auto const found = seen.find(activity::region_only_key(region->id));
          found != seen.end() && tree.children(region->id).front()->level == place::Level::district)
        units[unit->id].attendance += found->second.attendance;
  for (auto& row : list) {
    row.weeks = weeks_without(row.seen.last, time);
    row.soon = row.seen.next && days_between(time.today, *row.seen.next) <= soon_days;
    row.nearest = nearest_of(tree, row.spot.place, active_places);
    if (!row.unit) continue;
    auto const& unit = units[row.unit->id];
    row.unit_spots = unit.spots;
    row.unit_attendance = unit.attendance;
    auto const people = static_cast<double>(std::max<std::int64_t>(1, row.unit->population));
    row.rate_low = 1000.0 * static_cast<double>(unit.attendance.low) / people;
    row.rate_high = 1000.0 * static_cast<double>(unit.attendance.high) / people;
    if (row.is_place) row.not_reached = not_reached(row.unit->population, unit.attendance.high, unit.spots);
    row.points = points(row.not_reached, row.weeks, row.soon);
  }
  std::ranges::stable_sort(list, std::greater<>(), [](Row const& row) { return std::pair(row.waiting, row.points); });
  return list;
}

std::vector<PlaceId> around(place::Tree const& tree, PlaceId place) {
  std::vector<std::pair<double, PlaceId>> others;
  for (auto const& spot : spots(tree))
    if (spot.place != place)
      if (auto const distance = kilometres(tree, place, spot.place)) others.emplace_back(*distance, spot.place);
  std::ranges::sort(others);
  std::vector<PlaceId> list{place};
  for (auto const& [distance, id] : others)
    if (list.size() <= least_around || (distance <= near_kilometres && list.size() <= most_around)) list.push_back(id);
  return list;
}

std::vector<Day> weeks(Day campaign_from, Day campaign_until) {
  std::vector<Day> list;
  for (auto day = campaign_from.week_start(); day <= campaign_until; day = day.plus(7)) list.push_back(day);
  return list;
}

}  // namespace birge::gap
