#pragma once

#include <optional>
#include <vector>

#include "features/activity/activity.hpp"

/// How punctually results come in, for the closing report.
namespace birge::work {

struct Punctuality {
  std::int64_t id = 0;                                       ///< a region (0: none) or an organisation
  std::int64_t due = 0, in_time = 0, late = 0, missing = 0;  ///< due is the sum of the others
};

/// Of the results of an edition that were due before a day, by region.
std::vector<Punctuality> punctuality_by_region(db::Reader& read, activity::EditionId edition, Day day);
/// The same by leading organisation, in the whole country or one region; those with the most that is missing first, at most a hundred.
std::vector<Punctuality> punctuality_by_organisation(db::Reader& read, activity::EditionId edition, std::optional<activity::PlaceId> region, Day day);

}  // namespace birge::work
