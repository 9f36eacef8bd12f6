#pragma once

#include "features/activity/activity.hpp"
#include "features/site/site.hpp"

namespace birge::activity::view {

/// What happened: heads by sex and age, who counted and how, what is missing; or why it is not said. `came_in`: the day of the first report, if any.
Html what_happened(Request const& request, Activity const& activity, std::optional<Day> came_in, campaign::Facts const& facts, Day today);

}  // namespace birge::activity::view
