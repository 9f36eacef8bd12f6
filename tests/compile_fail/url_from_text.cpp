// Text becomes a Url only through url() or own_path().
#include "platform/html/html.hpp"

#ifdef GOOD
birge::Url address(std::string const& a) { return birge::url(a).value_or(birge::Url()); }
#else
birge::Url address(std::string const& a) { return birge::Url(a); }
#endif
