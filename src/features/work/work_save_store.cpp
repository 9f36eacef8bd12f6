#include <algorithm>

#include "features/account/record.hpp"
#include "features/account/role_holders.hpp"
#include "features/audit/audit.hpp"
#include "features/village/village_desk.hpp"
#include "features/work/home/home_notices.hpp"
#include "features/work/work_audit.hpp"
#include "features/work/work_import.hpp"
#include "features/work/work_rights.hpp"
#include "features/work/work_seen.hpp"
#include "features/work/work_step.hpp"

namespace birge::work {

namespace {

using account::Grant;
using account::Permission;
using account::Person;
using account::Role;
using detail::copy_words;
using detail::Progress;
using detail::put_before;
using detail::put_words;
using detail::restore;

bool decides(Action action) {
  switch (action) {
    case Action::approve:
    case Action::approve_paper:
    case Action::give_back:
    case Action::confirm:
    case Action::reject_result: return true;
    default: return false;
  }
}

/// The role somebody used, for those who see no names.
struct Used {
  std::string role;
  std::optional<OrganisationId> organisation;
};

Used role_used(std::vector<Grant> const& grants, Activity const& activity, bool deciding) {
  auto const hosts_it = [&](Grant const& grant) { return plans_for_organisation(grant) && of_host(grant, activity.lead, activity.co_hosts); };
  auto const coordinates = [](Grant const& grant) { return grant.role == Role::regional_coordinator || grant.role == Role::national_coordinator; };
  Grant const* found = nullptr;
  for (auto const& grant : grants) {
    bool const fits = deciding ? coordinates(grant) : hosts_it(grant) || (grant.role == Role::helper && grant.activity == activity.id.value);
    if (fits && !found) found = &grant;
  }
  for (auto const& grant : grants)
    if (!found && coordinates(grant)) found = &grant;
  if (!found) return {grants.empty() ? std::string() : std::string(account::role_code(grants.front().role)), std::nullopt};
  auto organisation = found->organisation;
  for (auto const& grant : grants)
    if (!organisation && grant.organisation) organisation = grant.organisation;
  return {std::string(account::role_code(found->role)), organisation};
}

audit::Who acting(Person const& person, PersonId acting_for) {
  auto const who = account::acting(person);
  return acting_for ? who.on_behalf_of(acting_for) : who;
}

std::optional<PersonId> maybe(PersonId id) { return id ? std::optional(id) : std::nullopt; }

void put_post(db::Tx& tx, Scene const& scene, ActivityId id, std::string_view token) {
  if (!token.empty())
    tx.put_row("insert into work_post (person, token, activity, at) values ($1, $2, $3, $4)", scene.person.id, token, id, scene.now);
}

void propose(Progress& step, Scene const& scene) {
  auto const today = scene.facts.today(scene.now);
  step.next.state = State::proposed;
  step.work.proposed_by = scene.person.id;
  step.work.proposed_for = maybe(step.acting_for);
  step.work.proposed_at = scene.now;
  step.work.escalates = escalation_day(today, scene.facts.holidays);
  step.work.unapproved = false;  // whether it comes too late is for the answer to say
}

/// The place it is moved away from; of several the first that is none of them any more.
std::optional<place::PlaceId> place_left(Activity const& next, Activity const& stored) {
  if (stored.place) return next.place == stored.place ? std::nullopt : stored.place;
  for (auto const place : stored.places)
    if (std::ranges::find(next.places, place) == next.places.end()) return place;
  return std::nullopt;
}

void move(Progress& step, Step const& asked, Scene const& scene) {
  auto const& stored = step.stored;
  asked.change(step.next);
  auto& next = step.next;
  if (next.day != stored.day && !activity::only_more_exact(next, stored)) next.moved_from_day = stored.day;
  if (auto const left = place_left(next, stored)) next.moved_from_place = left;
  next.reason = asked.reason;
  if (next.day >= scene.facts.today(scene.now)) step.work.unapproved = false;  // it was approved before its new day
  // In another region another coordinator decides.
  bool const national = account::may_everywhere(scene.person, Permission::approve);
  if (in_another_region(next, stored, scene.facts) && !national) propose(step, scene);
}

/// Whether an approval came after the day of what it approves. One on paper is as old as its order.
bool too_late(Step const& asked, Activity const& activity, Day today) { return activity.day < (asked.paper ? asked.paper->order_day : today); }

/// What an allowed action changes.
void apply(db::Tx& tx, Progress& step, Step const& asked, Scene const& scene) {
  auto& next = step.next;
  switch (asked.action) {
    case Action::undo: return restore(tx, step);
    case Action::propose: return propose(step, scene);
    case Action::move: return move(step, asked, scene);
    case Action::edit:
      asked.change(next);
      next.state = step.stored.state;
      if (next.state == State::approved) {  // from then on only a move changes these
        activity::take_when(next, step.stored);
        activity::take_where(next, step.stored);
      }
      // There another coordinator answers, who has as long for it as the first one had.
      if (next.state == State::proposed && in_another_region(next, step.stored, scene.facts)) propose(step, scene);
      return;
    case Action::discard: step.work.discarded = true; break;
    case Action::approve:
    case Action::approve_paper: step.work.unapproved = too_late(asked, step.stored, scene.facts.today(scene.now)); break;
    case Action::cancel:
      next.reason = asked.reason;
      step.work.unapproved = false;  // it was not held at all
      break;
    case Action::report:
      if (next.state == State::draft || next.state == State::proposed || next.state == State::returned) step.work.unapproved = true;
      [[fallthrough]];
    case Action::correct:
      asked.change(next);
      step.work.reported_by = scene.person.id;
      step.work.reported_for = maybe(step.acting_for);
      break;
    default: break;
  }
  next.state = after(step.stored.state, asked.action);
}

void put_step(db::Tx& tx, Scene const& scene, Progress const& step, Step const& asked, int version) {
  auto const grants = step.acting_for ? account::grants_of(tx, step.acting_for) : scene.person.grants;
  auto const used = role_used(grants, step.stored, decides(asked.action));
  auto const& id = step.stored.id;
  tx.put_row(
      "insert into activity_step (activity, version, at, action, state_before, state, person, acting_for, organisation, role, reason)"
      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      id, version, scene.now, code(asked.action), activity::code(step.stored.state), activity::code(step.next.state), scene.person.id,
      maybe(step.acting_for), used.organisation, used.role, asked.reason);
  if (asked.paper)
    tx.put("insert into paper_approval (activity, version, order_number, order_day, signed_by) values ($1, $2, $3, $4, $5)", id, version,
           asked.paper->order_number, asked.paper->order_day, asked.paper->signed_by);
  if (asked.paper || !asked.reason.empty()) activity::search_reasons_again(tx, id);
  bool const new_result = step.result_now != (step.stored.result ? step.stored.result->version : 0);
  if (asked.words && new_result) put_words(tx, id, step.result_now, *asked.words);
  if (step.result_before) copy_words(tx, id, *step.result_before, step.result_now);
  if (asked.action == Action::confirm)
    tx.put(
        "insert into result_confirmation (activity, version, at, person, acting_for, organisation, role) values ($1, $2, $3, $4, $5, $6, $7)"
        " on conflict (activity, version) do update set at = excluded.at, person = excluded.person, acting_for = excluded.acting_for,"
        " organisation = excluded.organisation, role = excluded.role",
        id, step.result_now, scene.now, scene.person.id, maybe(step.acting_for), used.organisation, used.role);
}

audit::Word audit_word(Action action) {
  switch (action) {
    case Action::edit: return "changed";
    case Action::propose: return "proposed";
    case Action::withdraw: return "withdrawn";
    case Action::discard: return "discarded";
    case Action::approve: return "approved";
    case Action::approve_paper: return "approved_on_paper";
    case Action::give_back: return "returned";
    case Action::hold: return "held";
    case Action::report: return "reported";
    case Action::reject_result: return "result_returned";
    case Action::confirm: return "confirmed";
    case Action::correct: return "corrected";
    case Action::move: return "moved";
    case Action::cancel: return "cancelled";
    case Action::undo: return "undone";
  }
  return "changed";
}

/// Codes, days and numbers before and after; of texts only that they changed.
void record(db::Tx& tx, Scene const& scene, Progress const& step, Step const& asked) {
  auto const& before = step.stored;
  auto const& now = step.next;
  audit::Entry entry{acting(scene.person, step.acting_for), audit_word(asked.action), {"activity", before.id}, scene.now};
  entry.in(object_of(now, scene.facts).region.value_or(place::PlaceId{}), now.lead);
  tell_changes(entry, before, now);
  if (!asked.reason.empty()) entry.text_changed("reason");
  // From then on that number is the one that was approved: see as_approved.
  if (step.approves && before.expected != now.expected) entry.with("approves", true);
  audit::record(tx, entry);
}

/// A village whose invitation it answers waits again where it comes to nothing, and no longer where that was taken back.
void tell_village(db::Tx& tx, Scene const& scene, Progress const& step, Step const& asked) {
  auto const who = acting(scene.person, step.acting_for);
  bool const is_there = step.next.state != State::cancelled && !step.work.discarded;
  if (asked.action == Action::discard || asked.action == Action::cancel) village::plan_falls(tx, who, step.stored.id, scene.now);
  if (asked.action == Action::undo && is_there) village::plan_stands_again(tx, who, scene.person.id, step.stored.id, scene.now);
}

/// Other words make a version of their own, so that those that were confirmed, or that an undo brings back, stay as they were. So does a report after
/// one that came back or was taken back: it came in on a day of its own; and what an undo brings back, with the day on which it came in.
bool makes_a_version(db::Tx& tx, Progress const& step, Step const& asked) {
  if (step.result_before) return true;
  if (asked.action == Action::report && step.stored.state != State::reported) return true;
  return asked.words && step.stored.result && *asked.words != Store(tx).words(step.stored.id, step.stored.result->version);
}

void save(db::Tx& tx, Scene const& scene, Progress& step, Step const& asked, std::string_view role) {
  activity::Saver saver(tx, scene.ids, scene.facts, scene.now);
  step.result_now = saver.replace(step.next, step.stored, code(asked.action), role, makes_a_version(tx, step, asked));
  saver.finish();
}

}  // namespace

Done create(db::Tx& tx, Scene const& request, Activity draft, std::string_view token) {
  Store store(tx);
  auto const person = account::fresh(tx, request.person);
  Scene const scene{request.ids, request.facts, person, request.now};
  if (auto const before = store.posted(person.id, token)) return {*before, Outcome::repeated};
  auto const today = scene.facts.today(scene.now);
  auto const right = right_to_plan(tx, person, draft, scene.facts, today);
  if (!right.allowed) throw Problem(Failure::forbidden, no_right_to_plan());
  auto const acting_for = right.acting_for;
  draft.state = State::draft;
  draft.result.reset();
  auto const* kind = scene.facts.codes.find("kind", draft.kind);
  draft.sensitive = kind && kind->sensitive;
  auto const used = role_used(right.grants, draft, false);
  activity::Saver saver(tx, scene.ids, scene.facts, scene.now);
  auto const id = saver.add(draft, used.role);
  saver.finish();
  Standing work;
  work.created_by = person.id;
  put_standing(tx, id, work);
  tx.put(
      "insert into activity_step (activity, version, at, action, state_before, state, person, acting_for, organisation, role, reason)"
      " values ($1, 1, $2, 'created', '', 'draft', $3, $4, $5, $6, '')",
      id, scene.now, person.id, maybe(acting_for), used.organisation, used.role);
  put_post(tx, scene, id, token);
  audit::Entry entry{acting(person, acting_for), "created", {"activity", id}, scene.now};
  entry.in(object_of(draft, scene.facts).region.value_or(place::PlaceId{}), draft.lead);
  entry.with("day", draft.day).with("kind", audit::Value::pack_code(draft.kind)).with("lead", draft.lead);
  audit::record(tx, entry);
  return {id, Outcome::done};
}

namespace {

/// The version of an activity now, and what the form that asks for a step was stored for already.
struct Now {
  std::optional<int> version;
  std::optional<ActivityId> posted;
};
Now now(db::Tx& tx, ActivityId id, PersonId person, std::string_view token) {
  return tx.one<Now>(
      "select (select version from activity where id = $1), (select activity from work_post where person = $2 and token = $3 and $3 <> '')", id,
      person, token);
}

/// What a page has read already.
struct Read {
  Activity const& activity;
  Beside const& beside;
};

Done carry_out(db::Tx& tx, Scene const& scene, ActivityId id, std::optional<Read> const& seen, Step const& asked, Now const& found) {
  Store store(tx);
  auto const& person = scene.person;
  if (found.posted) return {*found.posted, Outcome::repeated};
  bool const as_seen = seen && found.version == seen->activity.version;
  if (as_seen) store.know(id, seen->beside);
  auto const stored = as_seen ? std::optional(seen->activity) : activity::Store(tx).find(id);
  auto const today = scene.facts.today(scene.now);
  auto const missing = Problem(Failure::not_found, message("There is no activity at this address."));
  if (!stored) throw missing;
  auto const actor = store.actor(person, *stored, scene.facts, today);
  if (!may_see(person, *stored, actor)) throw missing;
  if (stored->version != asked.version) return {id, Outcome::stale};
  auto const facts = store.facts(*stored, scene.facts, today);
  auto const decision = decide(facts, actor, asked.action, today, scene.now);
  if (!decision.allowed) throw Problem(Failure::forbidden, decision.why_not);
  if (needs_reason(asked.action) && asked.reason.empty()) throw Problem(Failure::unprocessable, message("Give a reason."));

  Progress step{*stored, *stored, store.work(id), decision.acting_for, std::nullopt};
  auto const before = step.work;
  apply(tx, step, asked, scene);
  // Who approved it approved another plan.
  if (asked.action == Action::edit && stored->state == State::approved) {
    step.approves = !needs_new_approval(facts, actor, today);
    if (!step.approves && activity::another_plan(step.next, as_approved(tx, *stored))) propose(step, scene);
  }
  // A changed form must not give an activity to those who may not plan there, nor take it to where the person may not.
  if (asked.action == Action::edit)
    if (auto const fault = beyond_the_right(tx, person, step.next, *stored, scene.facts, today)) throw Problem(Failure::forbidden, fault->message);
  auto const used = role_used(person.grants, *stored, decides(asked.action));
  save(tx, scene, step, asked, used.role);
  int const version = stored->version + 1;
  put_standing(tx, id, step.work);
  if (asked.action == Action::undo || asked.action == Action::edit) tx.put("delete from activity_before where activity = $1", id);
  else put_before(tx, *stored, before, version);
  put_step(tx, scene, step, asked, version);
  record(tx, scene, step, asked);
  tell_village(tx, scene, step, asked);
  detail::tell_of_step(tx, scene, store, facts, step, asked.action, version);
  put_post(tx, scene, id, asked.token);
  return {id, Outcome::done};
}

/// A tentative write takes for true what its page has read, if that is what the form is about: if another step was stored meanwhile, the change of the
/// activity finds another version, and all goes again. Only a refusal must not rest on that: what is refused changes nothing that would be found out.
Done make_step(db::Tx& tx, Scene const& request, ActivityId id, std::optional<Read> const& seen, Step const& asked) {
  auto const person = account::fresh(tx, request.person);
  Scene const scene{request.ids, request.facts, person, request.now};
  if (tx.tentative() && seen && seen->activity.version == asked.version) {
    try {
      return carry_out(tx, scene, id, seen, asked, {asked.version, std::nullopt});
    } catch (db::Error const&) { throw; } catch (...) {
      if (tx.wrote()) throw;  // so that all goes again
    }
  }
  return carry_out(tx, scene, id, seen, asked, now(tx, id, person.id, asked.token));
}

}  // namespace

Done make_step(db::Tx& tx, Scene const& scene, ActivityId id, Step const& step) { return make_step(tx, scene, id, std::nullopt, step); }

Done make_step(db::Tx& tx, Scene const& scene, Activity const& seen, Beside const& beside, Step const& step) {
  return make_step(tx, scene, seen.id, Read{seen, beside}, step);
}

}  // namespace birge::work
