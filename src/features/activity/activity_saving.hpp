#pragma once

#include "features/activity/activity_store.hpp"
#include "features/activity/activity_tallies.hpp"

/// Only for this folder.
namespace birge::activity {

/// Adds changes to the sums that are stored.
void flush(db::Tx& tx, Tallies const& changes);

}  // namespace birge::activity
