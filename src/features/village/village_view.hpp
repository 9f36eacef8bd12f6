#pragma once

#include "features/site/fields.hpp"
#include "features/site/site.hpp"
#include "features/village/village.hpp"

/// Small pieces that the pages of this folder are made of.
namespace birge::village {

/// The numbers to call, large, with what is known of each; `only_hotline` leaves out the others.
Html numbers_to_call(Say const& say, campaign::Facts const& facts, bool only_hotline = false);

/// "October 2018" of 2018-10, "any time" of nothing.
std::string month_words(Say const& say, std::string_view month);

/// What somebody wishes for: the name of the kind, or "something that fits" where none was chosen.
std::string kind_words(Say const& say, campaign::Facts const& facts, Invitation const& invitation);

/// A row of a list, without anything that was written or left as a contact.
Html invitation_row(Request& request, campaign::Facts const& facts, Invitation const& invitation);

Url invitation_page(Say const& say, InvitationId id);

}  // namespace birge::village
