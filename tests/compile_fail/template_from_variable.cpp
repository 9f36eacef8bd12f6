// A template is a literal: text that came from somewhere is none.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(std::string const& text) { return birge::html("{}", text); }
#else
auto markup(std::string const& text) { return birge::html(text); }
#endif
