#pragma once

#include <vector>

#include "platform/http/request.hpp"
#include "platform/jobs/jobs.hpp"

/// What happens to invitations of villages by itself. The services must outlive what these give.
namespace birge::village {

/// Every night: deletes texts and contacts that are no longer needed.
jobs::Kind forgetting(Services const& services);
jobs::Schedule forgetting_daily();

/// Every morning: an e-mail to those who coordinate a region in which an invitation waits since three working days, or to the national coordinators
/// where nobody there reads e-mail. Not a word of the invitation stands in it.
jobs::Kind invitation_reminders(Services const& services);
jobs::Schedule invitation_reminders_daily();

}  // namespace birge::village
