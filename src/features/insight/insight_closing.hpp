#pragma once

#include "features/insight/insight.hpp"

/// The figures of editions that are closed: kept as they were, and the way from them to what the activities say now.
namespace birge::insight {

/// Keeps every figure of an edition as it is on a day: tallies, what is not reported in time, and how each activity counts. The edition must still be
/// open in the facts.
void freeze(db::Tx& tx, campaign::Facts const& facts, campaign::EditionId edition, Day today);

/// The head of a list from figures.
activity::Totals totals_of(Figures const& figures);
/// Of an edition, or one region of it: of its closing where it is closed, as they stand otherwise.
activity::Totals totals(db::Reader& read, campaign::Facts const& facts, Filter const& filter, Day today);

/// The list that a number of an edition opens: the agenda, or, of a `closed` edition, the page that shows each activity as it counted at the closing.
Url list_link(Say const& say, Filter const& filter, campaign::Facts const& facts, campaign::EditionId current, bool closed);
/// The page that tells of each activity who counted, how, and who confirmed it.
Url behind_link(Say const& say, Filter const& filter, campaign::Facts const& facts, campaign::EditionId current);

}  // namespace birge::insight
