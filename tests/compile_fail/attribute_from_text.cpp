// An Attribute is made from a literal.
#include "platform/html/html.hpp"

#ifdef GOOD
auto attribute() { return birge::Attribute("selected"); }
#else
auto attribute(std::string const& a) { return birge::Attribute(a.c_str()); }
#endif
