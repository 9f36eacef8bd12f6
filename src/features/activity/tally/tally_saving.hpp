#pragma once

#include "features/activity/activity_store.hpp"
#include "features/activity/tally/tally.hpp"

/// Only for the room of activities.
namespace birge::activity {

/// Adds changes to the sums that are stored, once for all writes that share the transaction: each of them moves the same totals. Whoever reads sums
/// in a transaction calls Tx::end_now before.
void flush_at_the_end(db::Tx& tx, Tallies const& changes);

}  // namespace birge::activity
