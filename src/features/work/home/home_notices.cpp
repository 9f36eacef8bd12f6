#include "features/work/home/home_notices.hpp"

#include <algorithm>

#include "features/notice/notice.hpp"
#include "features/work/plan/plan_clash.hpp"
#include "features/work/plan/plan_form.hpp"
#include "features/work/work_rights.hpp"

namespace birge::work::detail {

namespace {

using account::Person;
using notice::Event;

/// Whether a form said anything else than what is stored: who only saves it again has nothing to tell.
bool differs(Activity const& next, Activity const& stored, campaign::Facts const& known) {
  auto const typed = [&](Activity const& activity) { return typed_of(activity, known, Language::ky).encoded(); };
  return typed(next) != typed(stored);
}

/// What the people of an activity are told of a step; nothing for steps that are their own affair.
std::optional<Event> event_of(Action action, Progress const& step, campaign::Facts const& known) {
  switch (action) {
    case Action::edit:
      if (step.stored.state != State::approved || !differs(step.next, step.stored, known)) return std::nullopt;
      return Event::changed;
    case Action::approve:
    case Action::approve_paper: return Event::approved;
    case Action::give_back: return Event::returned;
    case Action::reject_result: return Event::result_returned;
    case Action::confirm: return Event::confirmed;
    case Action::correct: return Event::corrected;
    case Action::move: return Event::moved;
    case Action::cancel: return Event::cancelled;
    case Action::undo: return Event::undone;
    default: return std::nullopt;
  }
}

void add(std::vector<PersonId>& people, std::optional<PersonId> person) {
  if (person && std::ranges::find(people, *person) == people.end()) people.push_back(*person);
}

/// Those who entered, proposed and reported an activity, for themselves or for another; where nobody of them is left, whoever its organisation has
/// for it.
std::vector<PersonId> people_of(db::Reader& read, campaign::Facts const& known, Activity const& activity, Standing const& work) {
  std::vector<PersonId> people;
  for (auto const person : {work.created_by, work.proposed_by, work.proposed_for, work.reported_by, work.reported_for}) add(people, person);
  people = those_who_may_see(read, known, activity, people);
  if (people.empty()) people = account::holders_of(read, account::Role::focal_point, activity.lead);
  return people;
}

void add_focal_points(std::vector<PersonId>& people, db::Reader& read, std::vector<OrganisationId> const& organisations) {
  for (auto const organisation : organisations)
    for (auto const person : account::holders_of(read, account::Role::focal_point, organisation)) add(people, person);
}

/// Who answers for a plan that was approved: whoever approved it and the coordinators of its region; where there is nobody of these, the national ones.
/// `plan` is the one that was approved, `version` the last one of it that counts.
std::vector<PersonId> answerable(db::Reader& read, Store& store, campaign::Facts const& known, Activity const& plan, int version, Day today) {
  auto lines = store.timeline(plan.id);
  std::erase_if(lines, [&](Line const& line) { return line.version > version; });
  std::vector<PersonId> people;
  if (auto const* approval = approval_of(lines))
    for (auto const person : {approval->person, approval->acting_for}) add(people, person);
  people = those_who_may_see(read, known, plan, people);
  if (auto const region = object_of(plan, known).region)
    for (auto const person : store.acting_coordinators(*region, today)) add(people, person);
  if (people.empty()) people = account::holders_of(read, account::Role::national_coordinator);
  return people;
}

/// Beside the people of an activity: who reckons with a plan once it is approved. They are told that it is, and of whatever becomes of it.
void add_who_reckons_with_it(std::vector<PersonId>& people, db::Reader& read, Store& store, campaign::Facts const& known, Progress const& step,
                             Action action, Day today) {
  bool const back = action == Action::undo;
  auto const& latest = store.beside(step.stored.id).latest;  // as it was before this step
  auto const what = back && latest ? action_of(latest->action) : std::optional(action);
  if (what == Action::approve || what == Action::approve_paper) add_focal_points(people, read, step.next.co_hosts);
  if (what != Action::edit && what != Action::move && what != Action::cancel) return;
  auto const& plan = back ? step.next : step.stored;
  for (auto const person : answerable(read, store, known, plan, step.stored.version - (back ? 1 : 0), today)) add(people, person);
  for (auto const* activity : {&step.stored, &step.next}) add_focal_points(people, read, everybody(*activity));
}

/// Who decides on something at a moment.
struct Deciding {
  db::Reader& read;
  Store& store;
  Activity const& activity;
  Facts const& facts;
  Action action;
  Day today;
  Instant now;

  bool may(PersonId person, bool regional) const { return may(facts, person, regional); }
  bool may(Facts const& some, PersonId person, bool regional) const {
    Actor actor;
    actor.person = person;
    actor.capacities = {{person, regional, !regional}};
    return decide(some, actor, action, today, now).allowed;
  }
  std::vector<PersonId> with_stand_ins(std::vector<PersonId> people) const {
    auto const& own = action == Action::confirm ? facts.reported : facts.proposed;
    for (auto const& stand_in : store.standing_in_for(people, today))
      if (!own.is(stand_in.substitute) && !from_host(account::grants_of(read, stand_in.substitute), activity.lead, activity.co_hosts))
        add(people, stand_in.substitute);
    return people;
  }
};

/// Who may decide now, with those who stand in for them on this day. National coordinators are asked only where no regional one may.
std::vector<PersonId> deciders(Deciding const& deciding, std::optional<place::PlaceId> region) {
  std::vector<PersonId> people;
  if (region)
    for (auto const person : deciding.store.acting_coordinators(*region, deciding.today))
      if (deciding.may(person, true)) add(people, person);
  if (people.empty())
    for (auto const person : account::holders_of(deciding.read, account::Role::national_coordinator))
      if (deciding.may(person, false)) add(people, person);
  return deciding.with_stand_ins(std::move(people));
}

/// Who is asked to decide once a step is made; `before` are the facts as they were before it.
std::vector<PersonId> asked_now(db::Reader& read, Scene const& scene, Store& store, Facts const& before, Progress const& step, Action decision) {
  auto const& next = step.next;
  Facts now = before;
  now.state = next.state;
  now.discarded = false;
  now.proposed = {step.work.proposed_by.value_or(PersonId{}), step.work.proposed_for.value_or(PersonId{})};
  now.reported = {step.work.reported_by.value_or(PersonId{}), step.work.reported_for.value_or(PersonId{})};
  now.escalates = step.work.escalates;
  auto const region = object_of(next, scene.facts).region;
  now.in_one_region = region.has_value();
  auto const today = scene.facts.today(scene.now);
  now.regional_coordinators = region ? static_cast<int>(store.acting_coordinators(*region, today).size()) : 0;
  now.by_regional_administration = region && std::ranges::any_of(store.coordinators(*region), [&](account::Coordinator const& coordinator) {
                                     return coordinator.comes_from(next.lead) || now.proposed.is(coordinator.person);
                                   });
  return deciders({read, store, next, now, decision, today, scene.now}, region);
}

}  // namespace

std::vector<PersonId> those_who_may_see(db::Reader& read, campaign::Facts const& known, Activity const& activity,
                                        std::vector<PersonId> const& people) {
  std::vector<PersonId> list;
  Store store(read);
  for (auto const id : people) {
    Person person;
    person.id = id;
    person.grants = account::grants_of(read, id);
    if (person.grants.empty()) continue;
    // The rights of others count only for drafts and for helpers, who see nothing otherwise.
    bool const everything = activity.state != State::draft && account::may_everywhere(person, account::Permission::see_coalition);
    if (everything || may_see(person, activity, store.actor(person, activity, known, activity.day))) list.push_back(id);
  }
  return list;
}

void tell_of_step(db::Tx& tx, Scene const& scene, Store& store, Facts const& before, Progress const& step, Action action, int version) {
  auto const& next = step.next;
  bool const elsewhere = in_another_region(next, step.stored, scene.facts);
  bool const answer = next.state == State::proposed && (elsewhere || step.stored.state != State::proposed);
  bool const check = next.state == State::reported && action != Action::edit;
  if (action != Action::edit || answer) notice::settle(tx, next.id.value);
  if (action == Action::undo) notice::forget_step(tx, next.id.value, step.stored.version);
  std::vector<PersonId> asked;
  if (answer || check) asked = asked_now(tx, scene, store, before, step, answer ? Action::approve : Action::confirm);
  notice::News news;
  news.actor = scene.person.id;
  news.acting_for = step.acting_for;
  news.activity = next.id.value;
  news.version = version;
  if (auto const event = event_of(action, step, scene.facts)) {
    auto people = people_of(tx, scene.facts, next, step.work);
    add_who_reckons_with_it(people, tx, store, scene.facts, step, action, scene.facts.today(scene.now));
    // Who is asked to decide learns of the step by that.
    std::erase_if(people, [&](PersonId person) { return std::ranges::find(asked, person) != asked.end(); });
    news.event = *event;
    notice::tell(tx, scene.ids, news, people, scene.now);
  }
  news.event = answer ? Event::proposed : Event::reported;
  notice::tell(tx, scene.ids, news, asked, scene.now);
}

void tell_one_level_up(db::Tx& tx, IdMaker& ids, campaign::Facts const& facts, Activity const& activity, Instant now) {
  Store store(tx);
  auto const waiting = store.facts(activity, facts, facts.today(now));
  auto in_time = waiting;
  in_time.escalates = std::nullopt;
  Deciding const deciding{tx, store, activity, waiting, Action::approve, facts.today(now), now};
  std::vector<PersonId> people;
  for (auto const person : account::holders_of(tx, account::Role::national_coordinator))
    if (deciding.may(person, false) && !deciding.may(in_time, person, false)) add(people, person);
  notice::News news;
  news.event = Event::escalated;
  news.activity = news.subject = activity.id.value;  // a line for each, which goes when it is answered
  news.version = activity.version;
  notice::tell(tx, ids, news, deciding.with_stand_ins(std::move(people)), now);
}

void tell_of_remark(db::Tx& tx, Scene const& scene, Activity const& activity, std::int64_t remark, std::vector<PersonId> const& mentioned) {
  notice::News news;
  news.event = Event::mentioned;
  news.actor = scene.person.id;
  news.activity = activity.id.value;
  news.version = activity.version;
  news.subject = remark;
  notice::tell(tx, scene.ids, news, mentioned, scene.now);
  Store store(tx);
  auto people = people_of(tx, scene.facts, activity, store.work(activity.id));
  for (auto const person : those_who_may_see(tx, scene.facts, activity, store.remarkers(activity.id))) add(people, person);
  std::erase_if(people, [&](PersonId person) { return std::ranges::find(mentioned, person) != mentioned.end(); });
  news.event = Event::remarked;
  notice::tell(tx, scene.ids, news, people, scene.now);
}

}  // namespace birge::work::detail
