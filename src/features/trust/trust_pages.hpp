#pragma once

#include "platform/http/request.hpp"

namespace birge::trust {

/// Who did what: the audit log, newest first. Filters in the address: object, id, person, action, from, until; before=SEQUENCE goes on from there.
Reply log_page(Request& request);

Reply system_page(Request& request);    ///< what waits and what was given up, for whoever looks after the machine
Reply try_job_again(Request& request);  ///< POST: job=ID

}  // namespace birge::trust
