#pragma once

#include <span>
#include <string>

#include "platform/http/request.hpp"

namespace birge::app {

/// The table of who may do what, and what every route asks for, as the Markdown of docs/access.md.
std::string access_page(std::span<Route const> routes);

}  // namespace birge::app
