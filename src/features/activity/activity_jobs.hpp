#pragma once

#include "platform/jobs/jobs.hpp"

/// What happens to activities by itself.
namespace birge::activity {

/// When results came in, but not more often than every five minutes: the tallies of their scopes are put together in one row again, so that pages of
/// figures read that.
jobs::Kind scopes_refreshed();
jobs::Schedule scopes_refreshed_often();

/// Writes the words by which activities of an older database are found, some hundred at once.
jobs::Kind activities_indexed();
jobs::Schedule activities_indexed_often();

}  // namespace birge::activity
