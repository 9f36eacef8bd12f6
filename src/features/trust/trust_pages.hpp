#pragma once

#include "platform/http/request.hpp"

namespace birge::trust {

/// Who did what: the audit log, newest first. Filters in the address: object, id, person, action, from, until; before=SEQUENCE goes on from there.
Reply log_page(Request& request);

}  // namespace birge::trust
