// No placeholder stands in a style element.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(std::string const& colour) { return birge::html("<style>p {{ color: red }}</style><p>{}</p>", colour); }
#else
auto markup(std::string const& colour) { return birge::html("<style>p {{ color: {} }}</style>", colour); }
#endif
