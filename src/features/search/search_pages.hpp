#pragma once

#include "platform/http/request.hpp"

/// One field for everything that somebody may see.
namespace birge::search {

Reply search_page(Request& request);  ///< /search?q=...; with in=places ... one group of what was found, from `after` on

}  // namespace birge::search
