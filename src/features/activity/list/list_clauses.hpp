#pragma once

#include <vector>

#include "features/activity/activity.hpp"
#include "platform/db/db.hpp"

/// Clauses about an activity `a` that lists of other rooms share with those of this one: a number that one of them counts opens a list of the other.
namespace birge::activity {

/// What a filter says of the activity itself: where and when, of what kind, about what, for whom and by whom; its edition, search and status are
/// clauses of their own.
void add_properties(db::Sql& sql, Filter const& filter, campaign::Facts const& facts);
/// In one of some states; where none is given, in none. One state alone is read from its index in the order of the days results are due on.
void add_states(db::Sql& sql, std::vector<State> const& states);

}  // namespace birge::activity
