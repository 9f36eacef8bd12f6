#pragma once

#include <span>

#include "platform/http/request.hpp"

namespace birge::app {

/// Every route of the program, with its access.
std::span<Route const> routes();

}  // namespace birge::app
