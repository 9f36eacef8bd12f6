#pragma once

#include <cstdint>
#include <map>

#include "features/account/account.hpp"
#include "features/activity/activity.hpp"
#include "features/site/site.hpp"

/// What other features know of the invitations of villages.
namespace birge::village {

/// Those that wait for whoever is signed in, for My page; nothing where none does or they may not see any.
Html waiting_for(Request& request);

/// How many wait in an edition, by district, or by region where no district is known. Numbers only: everybody of the coalition may know them.
std::map<place::PlaceId, std::int64_t> waiting_by_place(db::Reader& read, campaign::EditionId edition);

/// Whether somebody may open the invitations of a region.
bool may_open(account::Person const& person, std::optional<place::PlaceId> region);

/// The list of those that wait in a region or district.
Url waiting_list(Say const& say, place::Place const& place);

/// An activity was drafted for an invitation. False where the person may not know of it or it was answered already: then the draft stands by itself.
bool link_activity(db::Tx& tx, account::Person const& person, std::int64_t invitation, activity::ActivityId activity, Instant now);

}  // namespace birge::village
