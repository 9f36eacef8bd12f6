#include "features/work/work_import.hpp"

#include <algorithm>

#include "features/account/role_holders.hpp"
#include "features/work/home/home_notices.hpp"
#include "features/work/work_audit.hpp"
#include "features/work/work_step.hpp"
#include "platform/base/text.hpp"

namespace birge::work {

using account::Person;

namespace {

bool another_result(Activity const& next, Activity const& stored) {
  return next.result && !(stored.result && activity::same_result(*next.result, *stored.result));
}

/// The day or place of what nobody approved yet is simply changed.
bool moved(Activity const& next, Activity const& stored) { return stored.state == State::approved && activity::leaves_day_or_place(next, stored); }

/// The step of the workspace that a changed row stands for, the most telling one.
Action step_of(Activity const& next, Activity const& stored) {
  if (next.state == State::cancelled && stored.state != State::cancelled) return Action::cancel;
  if (another_result(next, stored)) return stored.state == State::confirmed ? Action::correct : Action::report;
  if (next.state == State::proposed && stored.state != State::proposed) return Action::propose;
  if (next.state == State::approved && stored.state != State::approved) return Action::approve;
  if (moved(next, stored)) return Action::move;
  if (next.state == State::held && stored.state == State::approved) return Action::hold;
  return Action::edit;
}

/// Whoever reads a spreadsheet in does what the organisation it came from says.
Actor for_the_organisation(Store& store, Person const& person, Activity const& activity, campaign::Facts const& facts, Day today) {
  auto actor = store.actor(person, activity, facts, today);
  actor.plans = true;
  return actor;
}

}  // namespace

std::optional<Message> against_import(db::Reader& read, Person const& person, campaign::Facts const& facts, Activity const& next,
                                      Activity const& stored, Instant now) {
  if (!worked_on(read, stored.id)) return std::nullopt;
  Store store(read);
  auto const today = facts.today(now);
  auto const known = store.facts(stored, facts, today);
  auto const actor = for_the_organisation(store, person, stored, facts, today);
  auto const step = step_of(next, stored);
  auto const refusal = [&](Action action) -> std::optional<Message> {
    auto const decision = decide(known, actor, action, today, now);
    return decision.allowed ? std::nullopt : std::optional(decision.why_not);
  };
  if (step == Action::correct) return message("Its result was confirmed in Birge: correct it there, with a reason.");
  bool const decided_apart = step == Action::approve || step == Action::propose;
  if (!decided_apart && step != Action::edit)
    if (auto why = refusal(step)) return why;
  if (step != Action::cancel && activity::touches_plan(next, stored))
    if (auto why = refusal(Action::edit)) return why;
  if ((step == Action::cancel || moved(next, stored)) && trim(next.reason).empty())
    return message("What is cancelled or moved needs a reason: write it in the row.");
  return std::nullopt;
}

bool of_regional_administration(db::Reader& read, campaign::Facts const& facts, Activity const& activity) {
  auto const region = object_of(activity, facts).region;
  if (!region) return false;
  return std::ranges::any_of(account::regional_coordinators(read, *region),
                             [&](account::Coordinator const& coordinator) { return coordinator.comes_from(activity.lead); });
}

bool import_approves(db::Reader& read, Person const& person, campaign::Facts const& facts, Activity const& stored, Instant now) {
  if (!worked_on(read, stored.id) || (activity::counted(stored.state) && stored.state != State::approved)) return true;
  Store store(read);
  auto const today = facts.today(now);
  auto known = store.facts(stored, facts, today);
  // What was returned comes again in the spreadsheet, from whoever proposed it; its time begins anew.
  if (known.state == State::returned) known.state = State::proposed, known.escalates.reset();
  auto const actor = store.actor(person, stored, facts, today);
  if (stored.state == State::approved) return !needs_new_approval(known, actor, today);
  return decide(known, actor, Action::approve, today, now).allowed;
}

void tell_of_import(db::Tx& tx, Scene const& scene, Activity const& next, Activity const& stored, Standing const& standing) {
  if (!worked_on(tx, stored.id)) return;
  Store store(tx);
  auto const before = store.facts(stored, scene.facts, scene.facts.today(scene.now));
  detail::Progress const progress{stored, next, standing, {}, std::nullopt};
  detail::tell_of_step(tx, scene, store, before, progress, step_of(next, stored), stored.version + 1);
}

void record_import(db::Tx& tx, audit::Who const& who, std::int64_t import, campaign::Facts const& facts, Activity const& next, Activity const& stored,
                   Instant now, bool approves) {
  audit::Entry entry{who, "changed", {"activity", stored.id}, now};
  entry.in(object_of(next, facts).region.value_or(place::PlaceId{}), next.lead);
  tell_changes(entry, stored, next);
  if (next.reason != stored.reason) entry.text_changed("reason");
  // From then on that number is the one that was approved: see as_approved.
  if (approves && next.state == State::approved && next.expected != stored.expected) entry.with("approves", true);
  audit::record(tx, entry.with("import", audit::Value::id(import)));
}

}  // namespace birge::work
