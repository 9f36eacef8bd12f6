#pragma once

#include <string>

#include "platform/http/request.hpp"

namespace birge::app {

/// The description of the API (OpenAPI 3.1), built from a table of its operations. A test compares the table with the routes.
std::string openapi_document(std::string const& public_address);

/// Handler of /api/v1/openapi.json.
Reply openapi(Request& request);

}  // namespace birge::app
