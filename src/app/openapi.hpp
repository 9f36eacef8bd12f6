#pragma once

#include <string>
#include <string_view>

#include "platform/http/request.hpp"

namespace birge::app {

/// The description of the API (OpenAPI 3.1), built from a table of its operations. A test compares the table with the routes.
std::string openapi_document(std::string const& public_address);

/// Refuses what the description does not know at the route with this pattern: a program that asks for something which is not heeded would take an
/// answer about everything for an answer about what it asked for. Throws Problem naming the parameter.
void refuse_unknown_parameters(std::string_view pattern, http::Parameters const& query);

/// Handler of /api/v1/openapi.json.
Reply openapi(Request& request);

}  // namespace birge::app
