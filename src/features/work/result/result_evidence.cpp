#include "features/work/result/result_evidence.hpp"

#include <algorithm>

namespace birge::work {

using evidence::Item;

EvidenceRights evidence_rights(db::Reader& read, Opened const& opened, Instant now) {
  auto const& a = opened.activity;
  auto const object = object_of(a, *opened.known);
  bool const coordinates =
      std::ranges::any_of(opened.actor.capacities, [](Capacity const& capacity) { return capacity.regional || capacity.national; });
  // Whoever would confirm the result looks after its evidence in every state, also before the report and after the confirmation.
  auto as_reported = opened.facts;
  as_reported.state = State::reported;
  EvidenceRights rights;
  rights.viewer.person = opened.person.id;
  rights.viewer.sees_names = account::may(opened.person, account::Permission::see_names, object);
  rights.viewer.may_confirm = decide(as_reported, opened.actor, Action::confirm, opened.today, now).allowed;
  bool const works_on_it = opened.actor.plans || opened.actor.helps || coordinates;
  bool const stands = a.state == State::approved || a.state == State::held || a.state == State::reported || a.state == State::confirmed;
  bool const publishes = rights.viewer.may_confirm || account::may(opened.person, account::Permission::publish, object);
  // What a closed edition shows for its figures stands as they do; what somebody no longer agrees to is taken away at any time.
  bool const open = !opened.facts.closed;
  rights.add = open && works_on_it && stands;
  rights.order = open && works_on_it && Store(read).paper(a.id).has_value();
  rights.release = open && publishes;
  rights.manage = works_on_it || publishes;
  return rights;
}

Message closed_to_evidence() {
  return message(
      "The edition is closed: no evidence is added and no picture let through any more; taking away and withdrawing a consent stay possible.");
}

evidence::Scene evidence_scene(Opened const& opened, Instant now) {
  return {opened.person.id, opened.person.organisation().value_or(OrganisationId{}),
          object_of(opened.activity, *opened.known).region.value_or(place::PlaceId{}), opened.activity.lead, now};
}

evidence::Around evidence_around(Activity const& activity) { return {activity.state == State::confirmed, activity.is_public}; }

Url evidence_page(Say const& say, ActivityId activity) { return say.path("/work/activities/{}/evidence", activity); }
Url evidence_page(Say const& say, Item const& item) { return say.path("/work/activities/{}/evidence/{}", item.activity, item.id); }

}  // namespace birge::work
