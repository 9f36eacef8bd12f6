// A brace that is no placeholder is doubled.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup() { return birge::html("<p>}}</p>"); }
#else
auto markup() { return birge::html("<p>}</p>"); }
#endif
