#pragma once

#include <string>
#include <string_view>

#include "features/account/account_store.hpp"
#include "features/site/fields.hpp"
#include "features/site/site.hpp"

/// Small pieces that several pages of this folder are made of.
namespace birge::people {

/// A page about one thing with one form: narrow, not to be found by search engines, not kept by the browser.
Reply narrow_page(Request& request, std::string_view title, Html const& main, Status status = Status::ok, std::string_view active = {});

/// "Focal point, Meerim" or "Regional coordinator, Naryn oblast": a role with what it is held for.
std::string grant_name(Request& request, account::Grant const& grant);

/// A link that is handed over: as text to copy, as a code for a telephone, and as a message ready to be sent.
Html link_to_hand_over(Request& request, Url const& path, std::string_view message_text);

/// The moment in the country's time.
std::string moment(Request& request, Instant instant);

/// A path with ?next= where there is somewhere to go on to.
Url with_next(Url const& path, std::string_view next);

/// Sends the secret of a session in a cookie.
Reply with_session(Reply reply, std::string_view secret);

}  // namespace birge::people
