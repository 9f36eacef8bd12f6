// Text becomes Html only through a template.
#include "platform/html/html.hpp"

#ifdef GOOD
birge::Html markup(std::string const& a) { return birge::html("{}", a); }
#else
birge::Html markup(std::string const& a) { return a; }
#endif
