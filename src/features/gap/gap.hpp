#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "features/activity/activity.hpp"

/// The gap planner: where the campaign is needed most. Pure: no clock, database or language. Why it counts so: docs/decisions/0014-gap-planner.md.
namespace birge::gap {

using activity::Count;
using place::PlaceId;

/// What is known of a place: a district, a region without a district, or what lies in no place.
struct Seen {
  std::int64_t planned = 0, held = 0, cancelled = 0;  ///< planned as the figures count it: with what was held and cancelled
  Count attendance;                                   ///< reported and confirmed
  std::optional<Day> last;                            ///< latest day on which something was held: of what lasts the last day until today
  std::optional<Day> next;                            ///< next day for which something is planned
  bool operator==(Seen const&) const = default;
};
/// By the keys of the tallies' dimension district: the id of a district, "region " and the id of a region, or a reach.
using SeenByKey = std::map<std::string, Seen>;

/// One place that somebody can go to: a district, or a city that is a region of its own and has none.
struct Spot {
  PlaceId place, region;
  std::string key;  ///< in SeenByKey
};
std::vector<Spot> spots(place::Tree const& tree);  ///< in the country's order

/// The nearest place where something was held or is planned.
struct Nearest {
  PlaceId place;
  int kilometres = 0;  ///< 0: here
};

struct Row {
  Spot spot;
  Seen seen;
  std::int64_t waiting = 0;  ///< invitations
  place::CensusUnit const* unit = nullptr;
  std::size_t unit_spots = 1;          ///< how many spots the unit joins
  Count unit_attendance;               ///< of all of them
  double rate_low = 0, rate_high = 0;  ///< attendances in the unit for each 1,000 who live there
  std::int64_t not_reached = 0;        ///< inhabitants, at least; the spot's part of its unit
  int weeks = 1;                       ///< without an activity
  bool soon = false;                   ///< something is planned in the next two weeks
  std::int64_t points = 0;
  std::optional<Nearest> nearest;  ///< nothing: nowhere yet
  bool is_place = true;            ///< otherwise it was abolished, or is none yet: nobody is sent there now
};

/// The days that the need is measured in.
struct Time {
  Day campaign_from, campaign_until, today;
  Day now() const { return std::clamp(today, campaign_from, std::max(campaign_from, campaign_until)); }  ///< the day of the campaign nearest to today
};

/// Every spot that is a place now or later in the campaign, or of which something is known, those first that need it most: where invitations wait (the
/// more the higher), then by points, then in the country's order.
std::vector<Row> rows(place::Tree const& tree, SeenByKey const& seen, std::map<PlaceId, std::int64_t> const& waiting, Time const& time);

/// Each who came is counted as one person, so at least so many were not reached; a unit of several spots gives each an equal part.
std::int64_t not_reached(std::int64_t population, std::int64_t attendances, std::size_t spots);
/// Weeks begun since the last activity, or since the beginning of the campaign where there was none; at least 1, and none after its end.
int weeks_without(std::optional<Day> last, Time const& time);
/// Thousands of inhabitants not reached times weeks without an activity, half of it where something is planned in the next two weeks.
std::int64_t points(std::int64_t not_reached, int weeks, bool soon);
inline constexpr int soon_days = 14;

/// Along a great circle of a sphere with a radius of 6,371 km.
double kilometres(double latitude_a, double longitude_a, double latitude_b, double longitude_b);
/// Between the points by which the country pack places them; nothing where it has none.
std::optional<double> kilometres(place::Tree const& tree, PlaceId a, PlaceId b);

/// Where organisations are looked for that could go to a place: itself, then the spots around it up to 100 km away, the nearest first; at least
/// three and at most eight of them.
std::vector<PlaceId> around(place::Tree const& tree, PlaceId place);
inline constexpr int near_kilometres = 100;

/// The Mondays of the weeks of a campaign.
std::vector<Day> weeks(Day campaign_from, Day campaign_until);

}  // namespace birge::gap
