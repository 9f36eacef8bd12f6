#pragma once

#include "platform/http/request.hpp"
#include "platform/jobs/jobs.hpp"

/// What the life of activities does by itself.
namespace birge::work {

/// Every morning: an e-mail for each result that is missing since one, three or seven days, to those whom it calls for; what a morning on which no
/// server ran would have told is told on the next. Nobody is written to who
/// signs in with a telephone number; they see it on My page. The services must outlive the kind.
jobs::Kind result_reminders(Services const& services);
/// At eight in the morning, in the time zone of the country.
jobs::Schedule result_reminders_daily();

/// Every morning: whoever may answer a proposal instead, because nobody did in five working days, is told so once.
jobs::Kind escalations(Services const& services);
jobs::Schedule escalations_daily();

}  // namespace birge::work
