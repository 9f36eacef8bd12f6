#pragma once

#include <span>
#include <vector>

#include "features/activity/activity.hpp"
#include "platform/db/db.hpp"

namespace birge::activity {

/// Every activity of an edition whole, in whatever state: drafts and proposals too, which no filter finds. In the order of day and id.
std::vector<Activity> whole_edition(db::Reader& read, EditionId edition);

/// Takes activities out as if they had never been there, with their results, history, search words and what the tallies count of them. Each is whole,
/// as it is stored; what other features keep of it must be gone before.
void remove(db::Tx& tx, campaign::Facts const& facts, std::span<Activity const* const> stored, Instant now);

/// Deletes every version of an activity's result; the activity itself was replaced by one without.
void remove_results(db::Tx& tx, ActivityId id);

}  // namespace birge::activity
