// An address is not put together from a literal and text.
#include "platform/html/html.hpp"

#ifdef GOOD
auto markup(birge::Url const& address, std::string const& place) {
  return birge::html("<a href=\"{}#{}\">x</a><a href=\"#{}\">y</a>", address, place, place);
}
#else
auto markup(std::string const& host) { return birge::html("<img src=\"https://{}\" alt=\"\">", host); }
#endif
