#include <algorithm>

#include "features/account/role_holders.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/work/work_store.hpp"

/// Who may enter a new activity, in the own right or as an assistant.
namespace birge::work {

using account::Person;

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

bool in_another_region(Activity const& next, Activity const& stored, campaign::Facts const& facts) {
  return object_of(next, facts).region != object_of(stored, facts).region;
}

std::optional<Fault> beyond_the_right(db::Reader& read, Person const& person, Activity const& next, Activity const& stored,
                                      campaign::Facts const& facts, Day today) {
  bool const given_away = next.lead != stored.lead;
  if (!given_away && !in_another_region(next, stored, facts)) return std::nullopt;
  if (right_to_plan(read, person, next, facts, today).allowed) return std::nullopt;
  return Fault{given_away ? "lead" : "place", no_right_to_plan()};
}

bool plans_anything(db::Reader& read, Person const& person, Day today) {
  if (account::enters_activities(person.grants)) return true;
  return std::ranges::any_of(Store(read).standing_in(person.id, today), [&](StandIn const& stand_in) {
    return stand_in.kind == "assistant" && account::enters_activities(account::grants_of(read, stand_in.principal));
  });
}

bool can_begin(db::Reader& read, Person const& person, campaign::Facts const& known, Instant now) {
  auto const* edition = known.current(now);
  return edition && !campaign::closed(read, edition->id) && plans_anything(read, person, known.today(now));
}

}  // namespace birge::work
