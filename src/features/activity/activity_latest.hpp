#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/activity/activity.hpp"

/// When the activities of an edition changed last: figures and reports say as of when they are.
namespace birge::activity {

/// When one was added, changed or taken out; nothing where the edition never had an activity.
std::optional<Instant> last_change(db::Reader& read, EditionId edition);

/// Once for all writes that share the transaction.
void note_change(db::Tx& tx, EditionId edition, Instant now);

/// Names the editions whose activities changed after what is stored, one line each.
std::vector<std::string> check_last_changes(db::Reader& read);

/// Makes all anew from the activities; of one that was taken out nothing tells any more.
void rebuild_last_changes(db::Tx& tx);

}  // namespace birge::activity
