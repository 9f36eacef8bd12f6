// A placeholder in an attribute stands in quotation marks; without them a space in the value would start another attribute.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(std::string const& kind) { return birge::html("<p class=\"{}\">x</p>", kind); }
#else
auto markup(std::string const& kind) { return birge::html("<p class={}>x</p>", kind); }
#endif
