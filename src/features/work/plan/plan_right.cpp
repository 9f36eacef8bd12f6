#include <algorithm>

#include "features/account/role_holders.hpp"
#include "features/work/work_store.hpp"

/// Who may enter a new activity, in the own right or as an assistant.
namespace birge::work {

using account::Person;
using account::Role;

namespace {

bool plans(std::vector<account::Grant> const& grants) {
  return std::ranges::any_of(grants, [](account::Grant const& grant) {
    return plans_for_organisation(grant) || grant.role == Role::national_coordinator || (grant.role == Role::regional_coordinator && grant.region);
  });
}

}  // namespace

Message no_right_to_plan() { return message("You may plan for your own organisation only, a coordinator for the own region."); }

RightToPlan right_to_plan(db::Reader& read, Person const& person, Activity const& draft, campaign::Facts const& facts, Day today) {
  auto const object = object_of(draft, facts);
  if (account::may(person, account::Permission::plan, object)) return {true, {}, person.grants};
  for (auto const& stand_in : Store(read).standing_in(person.id, today)) {
    if (stand_in.kind != "assistant") continue;
    Person principal = person;
    principal.grants = account::grants_of(read, stand_in.principal);
    if (account::may(principal, account::Permission::plan, object)) return {true, stand_in.principal, std::move(principal.grants)};
  }
  return {};
}

bool plans_anything(db::Reader& read, Person const& person, Day today) {
  if (plans(person.grants)) return true;
  return std::ranges::any_of(Store(read).standing_in(person.id, today), [&](StandIn const& stand_in) {
    return stand_in.kind == "assistant" && plans(account::grants_of(read, stand_in.principal));
  });
}

}  // namespace birge::work
