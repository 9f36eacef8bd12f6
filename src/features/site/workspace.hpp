#pragma once

#include <string_view>

#include "platform/html/html.hpp"
#include "platform/http/request.hpp"

/// What people who are signed in have on every page besides what everybody has.
namespace birge::site {

/// The bar with the places of the workspace somebody may open, their account and the way out. Nothing where nobody is signed in.
Html workspace_bar(Request& request, std::string_view active);

/// The switch between compact and comfortable rows, shown by the script in the head. Nothing where nobody is signed in.
Html space_switch(Request const& request);

/// The views of what the coalition does, as tabs: My page, calendar, board, table. `here`: the path of the page without its language; `query`: what
/// the views share, such as a filter.
Html work_tabs(Request& request, std::string_view here, std::string_view query);

}  // namespace birge::site
