#pragma once

#include "platform/http/request.hpp"
#include "platform/jobs/jobs.hpp"

namespace birge::people {

/// Every night: forgets what links that are over said of people, the contacts of organisations that joined and never came, and sessions that are over.
/// The services must outlive it.
jobs::Kind forgetting(Services const& services);
jobs::Schedule forgetting_daily();

}  // namespace birge::people
