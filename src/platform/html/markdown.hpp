#pragma once

#include <string_view>

#include "platform/html/html.hpp"

namespace birge {

/// CommonMark to markup: paragraphs, headings (from `top_heading` on, 1-6), lists, emphasis, quotes, tables and links that url()
/// accepts. Raw HTML is shown as text; images become links.
Html markdown(std::string_view text, int top_heading = 2);

}  // namespace birge
