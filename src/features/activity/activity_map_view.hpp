#pragma once

#include "features/activity/list/list_filters_view.hpp"
#include "features/site/site.hpp"

namespace birge::activity::view {

/// The regions with how many activities a filter finds in each; every one opens the list of that region. Nothing where the tallies do not
/// know the numbers.
Html regions_map(Request& request, FilterView const& view, Numbers& numbers);

/// The region of an activity with its district and place marked. Nothing for activities without a place.
Html place_map(Request& request, Activity const& activity, campaign::Facts const& facts);

}  // namespace birge::activity::view
