#pragma once

#include <optional>
#include <vector>

#include "features/work/work.hpp"

/// With whose rights somebody acts. Only for this room.
namespace birge::work {

/// The own grants, or those of one whom somebody stands in for.
struct Right {
  PersonId principal;
  std::vector<account::Grant> grants;
  bool assists = false;  ///< plans in the principal's place too
};
/// On a day; the own one first. Those of others only for whoever signs in with a second step, as they have to themselves.
std::vector<Right> rights_of(db::Reader& read, account::Person const& person, Day today);

/// Whether a role is held for an organisation that leads an activity or hosts it too.
bool of_host(account::Grant const& grant, OrganisationId lead, std::vector<OrganisationId> const& co_hosts);
/// Whether somebody with these roles comes from such an organisation.
bool from_host(std::vector<account::Grant> const& grants, OrganisationId lead, std::vector<OrganisationId> const& co_hosts);

/// What a right decides about in a region; nothing: in none.
Capacity capacity(Right const& right, std::optional<activity::PlaceId> region);

}  // namespace birge::work
