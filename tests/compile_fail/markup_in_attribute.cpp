// Markup does not belong into an attribute.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(birge::Html const& part) { return birge::html("<p title=\"x\">{}</p>", part); }
#else
auto markup(birge::Html const& part) { return birge::html("<p title=\"{}\">x</p>", part); }
#endif
