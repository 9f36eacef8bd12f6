// Every placeholder has its argument.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(std::string const& a) { return birge::html("<p>{} {}</p>", a, a); }
#else
auto markup(std::string const& a) { return birge::html("<p>{} {}</p>", a); }
#endif
