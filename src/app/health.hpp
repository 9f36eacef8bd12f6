#pragma once

#include "platform/http/request.hpp"

namespace birge::app {

/// 200 as long as the process answers.
Reply healthz(Request& request);
/// 200 when the database answers as well; 503 otherwise. A server that is stopping says 503 in its place.
Reply readyz(Request& request);

}  // namespace birge::app
