// No placeholder stands in a script: escaping for HTML does not escape there.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(std::string const& name) { return birge::html("<script src=\"/a.js\"></script><p>{}</p>", name); }
#else
auto markup(std::string const& name) { return birge::html("<script>let name = \"{}\";</script>", name); }
#endif
