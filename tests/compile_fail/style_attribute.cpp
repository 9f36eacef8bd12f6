// No placeholder stands in a style attribute.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(int width) { return birge::html("<p data-width=\"{}\">x</p>", width); }
#else
auto markup(int width) { return birge::html("<p style=\"width: {}px\">x</p>", width); }
#endif
