#pragma once

#include "platform/http/request.hpp"

namespace birge::app {

/// An error as application/problem+json (RFC 9457): type, title, status, detail in the request's language.
Reply problem_json(Request const& request, Status status, Message const& what);

}  // namespace birge::app
