// A boolean says nothing to a reader.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(bool done) { return birge::html("<p>{}</p>", done ? "done" : "open"); }
#else
auto markup(bool done) { return birge::html("<p>{}</p>", done); }
#endif
