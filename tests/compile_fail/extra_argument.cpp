// Every argument has its placeholder.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(std::string const& a) { return birge::html("<p>{}</p>", a); }
#else
auto markup(std::string const& a) { return birge::html("<p>{}</p>", a, a); }
#endif
