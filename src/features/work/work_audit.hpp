#pragma once

#include "features/activity/activity.hpp"
#include "features/audit/audit.hpp"

/// What the audit log says of a changed activity.
namespace birge::work {

/// Everything about an activity and its result that differs: codes, days, times, numbers and ids before and after; of what somebody wrote only the
/// field's name. Costs no statement: both are in memory.
void tell_changes(audit::Entry& entry, activity::Activity const& before, activity::Activity const& now);

}  // namespace birge::work
