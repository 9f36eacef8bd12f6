#pragma once

#include <cstddef>
#include <string_view>

namespace birge {

/// Walks through a text with {} and {0} places: `on_text` gets what stands between them, `on_place` the index of the argument
/// that fills each. {} takes the next argument in order; other braces are text.
template <class OnText, class OnPlace>
void for_each_placeholder(std::string_view text, OnText const& on_text, OnPlace const& on_place) {
  std::size_t start = 0, next = 0;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    bool const numbered = open + 2 < text.size() && text[open + 1] >= '0' && text[open + 1] <= '9';
    std::size_t const close = open + (numbered ? 2 : 1);
    if (close >= text.size() || text[close] != '}') continue;
    on_text(text.substr(start, open - start));
    on_place(numbered ? static_cast<std::size_t>(text[open + 1] - '0') : next++);
    start = close + 1;
  }
  on_text(text.substr(start));
}

}  // namespace birge
