#pragma once

#include <string>
#include <vector>

#include "features/activity/activity_store.hpp"

/// The activities of a closed edition as they counted at its closing, and what was changed since.
namespace birge::activity {

/// An activity that no longer counts as it did when its edition was closed.
struct Correction {
  ActivityId id;
  Activity now;
  Activity then;       ///< the same with the state and the result of the closing
  bool added = false;  ///< it was not there at the closing; `then` counts nothing
};

/// One version of an activity's result as the counting rules look at it; nothing where there is none.
std::optional<Result> result_version(db::Reader& read, ActivityId id, int version);

/// Of a closed edition, in the order of day and id; nothing for one that is open. What the counting rules look at alone is filled in, and the texts.
std::vector<Correction> corrections(db::Reader& read, EditionId edition);

/// Puts state and result of the closing into activities of a closed edition, and takes out those that were not there. Others stay as they are.
void as_closed(db::Reader& read, EditionId edition, std::vector<Activity>& activities);

/// What a filter finds as its edition counts it: as of its closing where it is closed, as it stands otherwise. What the counting rules look at alone.
std::vector<Activity> as_counted(db::Reader& read, campaign::Facts const& facts, Filter const& filter, Day today);

/// Whether an activity is among those of a status: what the lists ask of the database, for activities in memory.
bool has_status(Activity const& activity, Filter::Status status, Day today);

/// Keeps how every activity of an edition counts now, and the rows of its tallies.
void freeze(db::Tx& tx, EditionId edition);
void thaw(db::Tx& tx, EditionId edition);

/// Recomputes the figures of every closed edition: those of the closing with the corrections put in must be the tallies of today. One line for each
/// difference.
std::vector<std::string> check_closings(db::Reader& read, campaign::Facts const& facts);

}  // namespace birge::activity
