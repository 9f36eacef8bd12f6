#pragma once

#include "platform/http/request.hpp"

namespace birge::audit {

/// /audit/head: SEQUENCE:HASH and the moment of the last entry, nothing of its content. Whoever fetches it now and then can prove later that
/// the log was cut or changed.
Reply head_page(Request& request);

}  // namespace birge::audit
