#include "features/work/work_seeing.hpp"

#include "features/account/role_holders.hpp"
#include "features/work/work_store.hpp"

namespace birge::work {

bool sees(db::Reader& read, account::Person const& person, Activity const& activity, campaign::Facts const& facts, Day today) {
  return sees(read, Viewer(read, person, today), activity, facts);
}

bool sees(db::Reader& read, Viewer const& viewer, Activity const& activity, campaign::Facts const& facts) {
  return may_see(viewer.person(), activity, Store(read).actor(viewer, activity, facts));
}

Reach reach_of(db::Reader& read, account::Person const& person, Day today) {
  Reach reach;
  reach.person = person.id;
  reach.coalition = account::may_everywhere(person, account::Permission::see_coalition);
  auto const add = [&](std::vector<account::Grant> const& grants) {
    for (auto const& grant : grants)
      if (plans_for_organisation(grant)) reach.organisations.push_back(*grant.organisation);
  };
  add(person.grants);
  for (auto const& grant : person.grants)
    if (grant.role == account::Role::helper && grant.activity) reach.activities.push_back(*grant.activity);
  for (auto const& stand_in : Store(read).standing_in(person.id, today))
    if (stand_in.kind == "assistant") add(account::grants_of(read, stand_in.principal));
  return reach;
}

}  // namespace birge::work
