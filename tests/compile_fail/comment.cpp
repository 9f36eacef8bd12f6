// No placeholder stands in a comment: its end could be in the value.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(std::string const& a) { return birge::html("<!-- x -->{}", a); }
#else
auto markup(std::string const& a) { return birge::html("<!-- {} -->", a); }
#endif
