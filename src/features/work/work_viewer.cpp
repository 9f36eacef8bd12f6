#include <algorithm>

#include "features/work/work_rights.hpp"
#include "features/work/work_store.hpp"

/// Somebody who looks at many activities at once.
namespace birge::work {

namespace {

using account::Grant;
using account::Role;

bool works_for(std::vector<Grant> const& grants, Seen const& seen) {
  return std::ranges::any_of(grants, [&](Grant const& grant) { return plans_for_organisation(grant) && of_host(grant, seen.lead, seen.co_hosts); });
}

void add_own(Viewer::Sight& sight, std::vector<Grant> const& grants) {
  for (auto const& grant : grants)
    if (plans_for_organisation(grant)) sight.organisations.push_back(*grant.organisation);
}

Viewer::Sight sight_of(account::Person const& person, std::vector<Right> const& rights) {
  Viewer::Sight sight;
  sight.sees_coalition = account::may_everywhere(person, account::Permission::see_coalition);
  for (auto const& right : rights)
    if (right.principal == person.id || right.assists) add_own(sight, right.grants);
  std::ranges::sort(sight.organisations);
  auto const [first, last] = std::ranges::unique(sight.organisations);
  sight.organisations.erase(first, last);
  for (auto const& grant : person.grants) {
    if (grant.role == Role::helper && grant.activity) sight.helps.push_back(ActivityId{*grant.activity});
    if (grant.role == Role::national_coordinator) sight.coordinates_country = true;
    if (grant.role == Role::regional_coordinator && grant.region) sight.coordinates.push_back(*grant.region);
  }
  return sight;
}

Brief brief_of(Seen const& seen) {
  Brief brief;
  brief.id = seen.id;
  brief.edition = seen.edition;
  brief.state = activity::code(seen.state);
  brief.day = seen.day;
  brief.end_day = seen.end_day;
  brief.region = seen.region;
  brief.lead = seen.lead;
  brief.proposed_by = seen.proposed_by;
  brief.proposed_for = seen.proposed_for;
  brief.escalates = seen.escalates;
  brief.reported_by = seen.reported_by;
  brief.reported_for = seen.reported_for;
  return brief;
}

}  // namespace

struct Viewer::Inside {
  account::Person const& person;
  Day today;
  std::vector<Right> rights;  ///< the own one first
  Sight sight;
  mutable Store store;  ///< keeps who coordinates a region, once it was asked for
};

Viewer::Viewer(db::Reader& read, account::Person const& person, Day today)
    : inside_(std::make_unique<Inside>(Inside{person, today, rights_of(read, person, today), {}, Store(read)})) {
  inside_->sight = sight_of(person, inside_->rights);
}
Viewer::~Viewer() = default;
Viewer::Viewer(Viewer&&) noexcept = default;

account::Person const& Viewer::person() const { return inside_->person; }
Day Viewer::today() const { return inside_->today; }
Viewer::Sight const& Viewer::sight() const { return inside_->sight; }

Actor Viewer::actor(Seen const& seen) const {
  auto const& own = inside_->rights.front();
  Actor actor;
  actor.person = own.principal;
  actor.from_host = from_host(own.grants, seen.lead, seen.co_hosts);
  for (auto const& right : inside_->rights) actor.capacities.push_back(capacity(right, seen.region));
  bool const coordinates = actor.capacities.front().regional || actor.capacities.front().national;
  // A coordinator who entered it for an organisation without a computer goes on with it.
  actor.plans = works_for(own.grants, seen) || (coordinates && seen.created_by == own.principal);
  actor.helps = std::ranges::any_of(own.grants, [&](Grant const& grant) { return grant.role == Role::helper && grant.activity == seen.id.value; });
  for (auto const& right : inside_->rights) {
    if (actor.plans || !right.assists || !works_for(right.grants, seen)) continue;
    actor.plans = true;
    actor.plans_as = right.principal;
  }
  return actor;
}

Decision Viewer::may(Seen const& seen, Action action, Instant now) const {
  return decide(inside_->store.facts(brief_of(seen), inside_->today), actor(seen), action, inside_->today, now);
}

}  // namespace birge::work
