#include "features/work/work_rights.hpp"

#include <algorithm>

#include "features/account/role_holders.hpp"
#include "features/work/work_store.hpp"

namespace birge::work {

std::vector<Right> rights_of(db::Reader& read, account::Person const& person, Day today) {
  std::vector<Right> rights{{person.id, person.grants, false}};
  for (auto const& stand_in : Store(read).standing_in(person.id, today))
    rights.push_back({stand_in.principal, account::grants_of(read, stand_in.principal), stand_in.kind == "assistant"});
  return rights;
}

bool of_host(account::Grant const& grant, OrganisationId lead, std::vector<OrganisationId> const& co_hosts) {
  return grant.organisation && (*grant.organisation == lead || std::ranges::find(co_hosts, *grant.organisation) != co_hosts.end());
}

bool from_host(std::vector<account::Grant> const& grants, OrganisationId lead, std::vector<OrganisationId> const& co_hosts) {
  return std::ranges::any_of(grants, [&](account::Grant const& grant) { return of_host(grant, lead, co_hosts); });
}

Capacity capacity(Right const& right, std::optional<activity::PlaceId> region) {
  Capacity capacity{right.principal};
  for (auto const& grant : right.grants) {
    if (grant.role == account::Role::national_coordinator) capacity.national = true;
    if (grant.role == account::Role::regional_coordinator && region && grant.region == region) capacity.regional = true;
  }
  return capacity;
}

}  // namespace birge::work
