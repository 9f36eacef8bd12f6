#pragma once

#include <string>
#include <vector>

#include "features/gap/gap.hpp"

/// What the gap planner asks of the database. Only for this folder.
namespace birge::gap {

/// What narrows the plan; each empty: everything.
struct Narrow {
  std::string kind, audience, topic;  ///< codes
  bool empty() const { return kind.empty() && audience.empty() && topic.empty(); }
  bool operator==(Narrow const&) const = default;
};

/// What the columns beside the districts are.
enum class By { week, audience, kind, topic };

class Store {
public:
  explicit Store(db::Reader& read) : read_(read) {}

  /// By place. From the tallies, with the latest and next day from an index, where nothing narrows it; from the activities otherwise. Both agree.
  /// A closed edition is told as it counted at the closing, here and below, so that it agrees with its figures.
  SeenByKey seen(campaign::EditionId edition, Narrow const& narrow, Day today);
  SeenByKey seen_from_activities(campaign::EditionId edition, Narrow const& narrow, Day today);

  /// By place and by one more list, of one region or (0) of all, in the order of the columns' codes. An activity counts in each of its topics and
  /// audience groups, or under activity::not_said.
  struct Cell {
    std::string key;     ///< of the place, as in SeenByKey
    std::string column;  ///< Monday of the week, or a code
    std::int64_t planned = 0, held = 0;
  };
  std::vector<Cell> cells(campaign::EditionId edition, PlaceId region, Narrow const& narrow, By by);

  /// Who is active in a district, or in a region that has none: what they lead or hold together with others. The six most active.
  struct Active {
    coalition::OrganisationId organisation;
    std::int64_t planned = 0, held = 0;
    std::optional<Day> next;  ///< next day, from today on, for which they plan something
    std::optional<Day> last;  ///< latest day on which they held something
  };
  std::vector<Active> active(campaign::EditionId edition, PlaceId place, bool is_region, Day today);

private:
  bool closed(campaign::EditionId edition);
  db::Reader& read_;
};

}  // namespace birge::gap
