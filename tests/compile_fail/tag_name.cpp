// The name of an element is part of the literal.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(std::string const& name) { return birge::html("<p>{}</p>", name); }
#else
auto markup(std::string const& name) { return birge::html("<{}>x</p>", name); }
#endif
