#pragma once

#include "platform/http/request.hpp"
#include "platform/jobs/jobs.hpp"

/// What happens to activities by itself.
namespace birge::activity {

/// When results came in, but not more often than every five minutes: the tallies of their scopes are put together in one row again, so that pages of
/// figures read that.
jobs::Kind scopes_refreshed();
jobs::Schedule scopes_refreshed_often();

/// Writes the words by which activities of an older database, or of an organisation that has another name now, are found: some hundred at once, and the
/// next ones in a job of their own, so that other writes get their turn between them.
jobs::Kind activities_indexed(Services const& services);
jobs::Schedule activities_indexed_often();

}  // namespace birge::activity
