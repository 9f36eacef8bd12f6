#pragma once

#include <optional>
#include <vector>

#include "features/account/access.hpp"
#include "features/activity/activity.hpp"
#include "platform/db/db.hpp"

/// How punctually results come in, for the closing report and for lists of what each number counts.
namespace birge::work {

struct Punctuality {
  std::int64_t id = 0;                                       ///< a region (0: none) or an organisation
  std::int64_t due = 0, in_time = 0, late = 0, missing = 0;  ///< due is the sum of the others
};

/// Of the results of an edition that were due before a day, by region.
std::vector<Punctuality> punctuality_by_region(db::Reader& read, activity::EditionId edition, Day day);
/// The same by leading organisation, in the whole country or one region; those with the most that is missing first, at most a hundred.
std::vector<Punctuality> punctuality_by_organisation(db::Reader& read, activity::EditionId edition, std::optional<activity::PlaceId> region, Day day);

/// The numbers of a line. Its list is made of activities `a` with this condition.
enum class Punctual { due, in_time, late, missing };
void add_punctual(db::Sql& sql, Punctual which, Day today);
/// The condition that an activity `a` of an edition is in the part of the country that somebody looks after; nothing for the whole country.
void add_part(db::Sql& sql, db::Reader& read, campaign::Facts const& known, account::Person const& person, Day today, activity::EditionId edition);

}  // namespace birge::work
