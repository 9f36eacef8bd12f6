#pragma once

#include "platform/http/request.hpp"
#include "platform/jobs/jobs.hpp"

/// What happens to activities by itself.
namespace birge::activity {

/// Every five minutes: the tallies of scopes in which results came in are put together in one row again, so that pages of figures read that.
/// The services must outlive the kind.
jobs::Kind scopes_refreshed(Services const& services);
jobs::Schedule scopes_refreshed_often();

}  // namespace birge::activity
