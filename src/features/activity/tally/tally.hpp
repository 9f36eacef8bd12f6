#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "features/activity/activity.hpp"

/// What one activity adds to the tallies: the counting rules in one place, used by each save, by the check and by figures of any filter.
namespace birge::activity {

/// The numbers of one row of `tally`, in the order of its columns.
enum class Measure {
  planned,
  held,
  cancelled,
  moved,
  reported,
  confirmed,
  hidden,
  co_hosted,
  reported_low,
  reported_high,
  confirmed_low,
  confirmed_high,
  audience_reported_low,
  audience_reported_high,
  audience_confirmed_low,
  audience_confirmed_high,
  moved_held,
  moved_cancelled,
  moved_reported,
  moved_confirmed,  // of moved, those in a state
  hidden_held,
  hidden_cancelled,
  hidden_reported,
  hidden_confirmed,  // of hidden
};
inline constexpr std::size_t measures = 24;

struct Numbers {
  std::array<std::int64_t, measures> values{};
  std::int64_t& operator[](Measure measure) { return values[static_cast<std::size_t>(measure)]; }
  std::int64_t operator[](Measure measure) const { return values[static_cast<std::size_t>(measure)]; }
  void add(Numbers const& other, int sign = 1) {
    for (std::size_t i = 0; i < measures; ++i) values[i] += sign * other.values[i];
  }
  bool zero() const { return values == std::array<std::int64_t, measures>{}; }
  bool operator==(Numbers const&) const = default;
};

/// Without the parts by state of what was moved or is hidden, which are for the heads of lists: no figure shows them.
Numbers without_parts(Numbers numbers);

/// edition, region (0: all), dimension, key.
using TallyKey = std::tuple<std::int64_t, std::int64_t, std::string, std::string>;

/// reported low and high, confirmed low and high.
using PeopleNumbers = std::array<std::int64_t, 4>;
/// edition, region (0: all), sex, band. Sensitive kinds stand under sex withheld; what is not broken down under unknown; where the parts
/// exceed the total the difference stands, negative, under differs, so that the table always adds up to the attendances.
using PeopleKey = std::tuple<std::int64_t, std::int64_t, std::string, std::string>;

/// edition, first day.
using DayKey = std::pair<std::int64_t, Day>;

/// What one activity adds to the attendances by sex and age; nothing unless its result counts. The parts add up to its attendance.
struct PeoplePart {
  std::string sex, band;
  Count count;
};
std::vector<PeoplePart> people_parts(Activity const& activity);

class Tallies {
public:
  /// Adds what an activity contributes; sign -1 takes it away. Drafts, proposals and returned ones contribute nothing.
  void add(Activity const& activity, campaign::Facts const& facts, int sign = 1);
  void add(Tallies const& other);

  std::map<TallyKey, Numbers> const& rows() const { return rows_; }
  std::map<PeopleKey, PeopleNumbers> const& people() const { return people_; }
  /// How many begin on each day.
  std::map<DayKey, std::int64_t> const& days() const { return days_; }

private:
  void add_people(Activity const& activity, std::int64_t region, int sign);
  std::map<TallyKey, Numbers> rows_;
  std::map<PeopleKey, PeopleNumbers> people_;
  std::map<DayKey, std::int64_t> days_;
};

/// The key of an activity without a district in the district dimension: of its region.
std::string region_only_key(PlaceId region);

/// Where an activity stands in the tree: the region and district of its place, if it has one.
struct Location {
  std::optional<PlaceId> region, district;
};
Location location_of(Activity const& activity, campaign::Facts const& facts);

}  // namespace birge::activity
