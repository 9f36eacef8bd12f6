// A template ends outside of tags: what follows would be read as attributes.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(std::string const& a) { return birge::html("<p>{}</p><p>", a); }
#else
auto markup(std::string const& a) { return birge::html("<p>{}</p><p class=", a); }
#endif
