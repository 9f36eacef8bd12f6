#pragma once

#include "features/activity/activity.hpp"
#include "platform/base/pack_files.hpp"

namespace birge::activity {

/// Loads the documented activities of a country pack (editions/documented_activities.csv) into their editions; those already there, by their
/// external id, stay as they are. What is known of a day only by month or year keeps that precision. What activities of this database are
/// found by is written again by a job, since places and kinds may be called otherwise now. Returns how many were added. Throws
/// Problem naming the row that cannot be read.
int load_pack(db::Tx& tx, IdMaker& ids, PackFiles const& pack, campaign::Facts const& facts, Instant now);

}  // namespace birge::activity
