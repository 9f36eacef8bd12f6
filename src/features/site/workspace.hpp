#pragma once

#include "platform/http/request.hpp"

/// What people who are signed in have on every page besides what everybody has.
namespace birge::site {

/// The bar with the places of the workspace somebody may open, their account and the way out. Nothing where nobody is signed in.
Html workspace_bar(Request& request, std::string_view active);

}  // namespace birge::site
