#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "features/account/account.hpp"
#include "features/activity/activity.hpp"
#include "platform/db/db.hpp"

/// What an import of a spreadsheet has to do with the life of activities.
namespace birge::work {

/// What is known of an activity's life beside the activity itself.
struct Standing {
  bool discarded = false, unapproved = false;
  std::optional<account::PersonId> created_by;
  std::optional<account::PersonId> proposed_by, proposed_for;
  std::optional<Instant> proposed_at;
  std::optional<Day> escalates;
  std::optional<account::PersonId> reported_by, reported_for;
  bool operator==(Standing const&) const = default;
};

/// Of the activities of an edition that have any.
std::map<activity::ActivityId, Standing> standings(db::Reader& read, activity::EditionId edition);
void put_standing(db::Tx& tx, activity::ActivityId id, Standing const& standing);

/// Makes somebody the one who proposed an activity on a day: the clock for the answer starts.
void mark_proposed(Standing& standing, account::PersonId person, Instant now, Day today, campaign::Facts const& facts);

/// Activities of an edition on which somebody built in the workspace: made a step, wrote a remark, ticked an item, or helps with it.
std::set<activity::ActivityId> built_on(db::Reader& read, activity::EditionId edition);

/// What was said with one version of a result and who confirmed it hold for a later version that is equal to it.
void result_counts_again(db::Tx& tx, activity::ActivityId id, int from, int to);

/// Deletes what this feature keeps of activities that are taken out.
void forget(db::Tx& tx, std::vector<activity::ActivityId> const& ids);

}  // namespace birge::work
