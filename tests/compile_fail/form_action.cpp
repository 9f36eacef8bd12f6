// The action of a form is an address too.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(birge::Url const& address) { return birge::html("<form action=\"{}\"></form>", address); }
#else
auto markup(std::string const& address) { return birge::html("<form action=\"{}\"></form>", address); }
#endif
