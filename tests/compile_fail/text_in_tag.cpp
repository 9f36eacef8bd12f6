// What stands free in a tag is an Attribute made from a literal.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(bool chosen) { return birge::html("<option {}>x</option>", BIRGE_WHEN(chosen, "selected")); }
#else
auto markup(std::string const& attribute) { return birge::html("<option {}>x</option>", attribute); }
#endif
