// No placeholder stands in an event attribute.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(std::string const& name) { return birge::html("<p data-name=\"{}\">x</p>", name); }
#else
auto markup(std::string const& name) { return birge::html("<p onclick=\"show({})\">x</p>", name); }
#endif
