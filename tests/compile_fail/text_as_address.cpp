// Only a Url begins an address: text could be javascript:.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(birge::Url const& address) { return birge::html("<a href=\"{}\">x</a>", address); }
#else
auto markup(std::string const& address) { return birge::html("<a href=\"{}\">x</a>", address); }
#endif
