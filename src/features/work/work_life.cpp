#include "features/work/work_life.hpp"

#include <algorithm>
#include <set>

#include "features/campaign/campaign_editing.hpp"

namespace birge::work {

namespace {

Decision yes(PersonId acting_for = {}, Message note = {}) { return {true, {}, acting_for, std::move(note)}; }
Decision no(Message why) { return {false, std::move(why), {}, {}}; }

/// Who decides on a proposal.
enum class Level { region, country };

Level level_of(Facts const& facts) { return facts.in_one_region && !facts.by_regional_administration ? Level::region : Level::country; }

bool escalated(Facts const& facts, Day today) { return facts.escalates && *facts.escalates <= today; }

/// The first capacity that has the right, with nobody deciding on his or her own step: neither the person who acts nor the one whose right is
/// used may have made it. Nor does anybody decide in another's place on what the own organisation holds.
std::optional<Capacity> usable(Actor const& actor, Doer const& own_step, bool regional, bool national) {
  if (own_step.is(actor.person)) return std::nullopt;
  for (auto const& capacity : actor.capacities) {
    if (actor.from_host && capacity.principal != actor.person) continue;
    if (((regional && capacity.regional) || (national && capacity.national)) && !own_step.is(capacity.principal)) return capacity;
  }
  return std::nullopt;
}

PersonId for_whom(Actor const& actor, Capacity const& capacity) { return capacity.principal == actor.person ? PersonId{} : capacity.principal; }

bool coordinates(Actor const& actor) {
  return std::ranges::any_of(actor.capacities, [](Capacity const& capacity) { return capacity.regional || capacity.national; });
}

/// Whether somebody could decide in another's place only, on what the own organisation holds.
bool held_by_own_organisation(Actor const& actor) {
  return actor.from_host && coordinates(actor) && std::ranges::none_of(actor.capacities, [&](Capacity const& capacity) {
           return capacity.principal == actor.person && (capacity.regional || capacity.national);
         });
}

Message not_for_the_own_organisation() { return message("Your own organisation holds it: in another person's place you do not decide on it."); }

bool has(Actor const& actor, bool Capacity::*level) {
  return std::ranges::any_of(actor.capacities, [&](Capacity const& capacity) { return capacity.*level; });
}

/// Whose right is used by somebody who holds, helps with or coordinates an activity.
PersonId in_whose_place(Actor const& actor) {
  if (actor.plans) return actor.plans_as;
  if (actor.helps) return {};
  for (auto const& capacity : actor.capacities)
    if (capacity.regional || capacity.national) return for_whom(actor, capacity);
  return {};
}

/// Answering a proposal: the regional coordinator in the region, the national one for what is above a region, or once it waited too long.
Decision answer(Facts const& facts, Actor const& actor, Day today) {
  if (facts.state != State::proposed) return no(message("Only a proposal can be approved or returned."));
  bool const region = level_of(facts) == Level::region;
  bool const country = !region || facts.regional_coordinators == 0 || escalated(facts, today);
  if (auto const capacity = usable(actor, facts.proposed, region, country)) return yes(for_whom(actor, *capacity));
  if (facts.proposed.is(actor.person)) return no(message("Nobody decides on a proposal of his or her own."));
  if (held_by_own_organisation(actor)) return no(not_for_the_own_organisation());
  if (!region && !has(actor, &Capacity::national))
    return no(facts.by_regional_administration ? message("The regional administration proposed it itself: the national coordinator decides.")
                                               : message("It is not in one region only: the national coordinator decides."));
  if (region && !has(actor, &Capacity::regional)) {
    if (facts.escalates)
      return no(message("The regional coordinator decides. If there is no answer, the national coordinator may decide from {}.", *facts.escalates));
    return no(message("The regional coordinator decides."));
  }
  return no(message("Nobody decides on a proposal of his or her own."));
}

/// What is said of a plan that can no longer be approved in time, to whoever proposes or approves it.
Message note_of_day(Facts const& facts, Day today) {
  return facts.day < today ? message("Its day is over: it is marked as not approved before it was held.") : Message{};
}

Decision approve(Facts const& facts, Actor const& actor, Day today) {
  auto decision = answer(facts, actor, today);
  if (decision.allowed) decision.note = note_of_day(facts, today);
  return decision;
}

/// Confirming or returning a result: a second person of the region, never the one who reported.
Decision check_result(Facts const& facts, Actor const& actor) {
  if (facts.state != State::reported) return no(message("There is no reported result to check."));
  bool const country = !facts.in_one_region || facts.regional_coordinators <= 1;
  if (auto const capacity = usable(actor, facts.reported, facts.in_one_region, country)) return yes(for_whom(actor, *capacity));
  if (facts.reported.is(actor.person)) return no(message("A second person confirms a result, never the one who reported it."));
  if (held_by_own_organisation(actor)) return no(not_for_the_own_organisation());
  if (!facts.in_one_region) return no(message("It is not in one region only: the national coordinator confirms it."));
  if (!has(actor, &Capacity::regional)) return no(message("A coordinator of its region confirms it."));
  return no(message("A second person confirms a result, never the one who reported it."));
}

Decision edit(Facts const& facts, Actor const& actor, Day today) {
  switch (facts.state) {
    case State::draft:
    case State::returned:
    case State::proposed:
    case State::approved: break;
    case State::cancelled: return no(message("It was cancelled."));
    default: return no(message("It took place already: what was planned stays as it is."));
  }
  if (!actor.plans) return no(message("Only the organisation that holds it can change it."));
  if (facts.state != State::approved) return yes(in_whose_place(actor));
  return yes(
      in_whose_place(actor),
      needs_new_approval(facts, actor, today)
          ? message("It is approved: another day or place is a move, with a reason. It will need a new approval if you change the kind, who holds it "
                    "or for whom it is, show it to everybody, or expect more than twice as many people as it was approved for.")
          : message("It is approved: another day or place is a move, with a reason."));
}

Decision propose(Facts const& facts, Actor const& actor, Day today) {
  if (facts.state != State::draft && facts.state != State::returned) return no(message("Only a draft can be proposed."));
  if (!actor.plans) return no(message("Only the organisation that holds it can propose it."));
  return yes(in_whose_place(actor), note_of_day(facts, today));
}

Decision withdraw(Facts const& facts, Actor const& actor) {
  if (facts.state != State::proposed) return no(message("Only a proposal that nobody answered yet can be taken back."));
  if (!actor.plans) return no(message("Only the organisation that holds it can take it back."));
  return yes(in_whose_place(actor));
}

Decision discard(Facts const& facts, Actor const& actor) {
  if (facts.state != State::draft && facts.state != State::returned) return no(message("Only a draft can be put away."));
  if (!actor.plans) return no(message("Only the organisation that holds it can put it away."));
  return yes(in_whose_place(actor));
}

Decision hold(Facts const& facts, Actor const& actor, Day today) {
  if (facts.state != State::approved) return no(message("Only an approved activity can be marked as held."));
  if (today < facts.day) return no(message("It takes place on {} only.", facts.day));
  if (!actor.plans && !actor.helps && !coordinates(actor)) return no(message("Only those who hold or coordinate it can say so."));
  return yes(in_whose_place(actor));
}

/// A result may come from those who held it or from who coordinates them; without an approval too, and then it is marked so.
Decision report(Facts const& facts, Actor const& actor, Day today) {
  switch (facts.state) {
    case State::cancelled: return no(message("It was cancelled."));
    case State::confirmed: return no(message("Its result is confirmed: it can be corrected, with a reason."));
    default: break;
  }
  // A draft is known to its organisation only.
  if (!actor.plans && !actor.helps && (facts.state == State::draft || !coordinates(actor)))
    return no(message("Only those who hold or coordinate it can report it."));
  if (today < facts.day) return no(message("It can be reported from {} on, the day it takes place.", facts.day));
  if (facts.state == State::reported && !actor.plans && !facts.reported.is(actor.person))
    return no(message("Its result is reported already. Return it with a reason, or confirm it."));
  bool const unapproved = facts.state == State::draft || facts.state == State::proposed || facts.state == State::returned;
  return yes(in_whose_place(actor), unapproved ? message("It was never approved. It can be reported, and will be marked so.") : Message{});
}

Decision correct(Facts const& facts, Actor const& actor) {
  if (facts.state != State::confirmed) return no(message("Only a confirmed result is corrected; another one is simply reported anew."));
  if (!actor.plans && !coordinates(actor)) return no(message("Only those who hold or coordinate it can correct its result."));
  return yes(in_whose_place(actor), message("Both values are kept, and a second person confirms the new one."));
}

Decision before_held(Facts const& facts, Actor const& actor, bool moving) {
  switch (facts.state) {
    case State::approved: break;
    case State::draft:
    case State::returned:
      return no(moving ? message("It is a draft: simply change its day or place.") : message("It is a draft: put it away instead."));
    case State::proposed:
      return no(moving ? message("It is not approved yet: simply change its day or place.")
                       : message("It is not approved yet: take it back instead."));
    case State::cancelled: return no(message("It was cancelled."));
    default: return no(message("It took place already."));
  }
  if (!actor.plans && !coordinates(actor)) return no(message("Only those who hold or coordinate it can move or cancel it."));
  return yes(in_whose_place(actor));
}

Decision undo(Facts const& facts, Actor const& actor, Instant now) {
  if (!facts.latest_can_be_undone) return no(message("There is no step to take back, or somebody built on it already."));
  if (facts.latest.person != actor.person) return no(message("Only the person who made the step can take it back."));
  if (now - facts.latest_at >= undo_time) return no(message("A step can be taken back for ten minutes."));
  return yes();
}

/// In a closed edition nothing new comes in. What was reported can still be put right, and shows as a correction after the closing.
bool closed_to(Facts const& facts, Action action) {
  if (!facts.closed) return false;
  switch (action) {
    case Action::confirm:
    case Action::reject_result:
    case Action::correct: return false;
    case Action::report: return !facts.has_result;
    case Action::undo: return facts.latest_at < *facts.closed;
    default: return true;
  }
}

}  // namespace

Decision decide(Facts const& facts, Actor const& actor, Action action, Day today, Instant now) {
  if (facts.discarded && action != Action::undo) return no(message("This draft was put away."));
  if (closed_to(facts, action)) return no(campaign::closed_message());
  switch (action) {
    case Action::edit: return edit(facts, actor, today);
    case Action::propose: return propose(facts, actor, today);
    case Action::withdraw: return withdraw(facts, actor);
    case Action::discard: return discard(facts, actor);
    case Action::approve: return approve(facts, actor, today);
    case Action::approve_paper:
    case Action::give_back: return answer(facts, actor, today);
    case Action::hold: return hold(facts, actor, today);
    case Action::report: return report(facts, actor, today);
    case Action::reject_result:
    case Action::confirm: return check_result(facts, actor);
    case Action::correct: return correct(facts, actor);
    case Action::move: return before_held(facts, actor, true);
    case Action::cancel: return before_held(facts, actor, false);
    case Action::undo: return undo(facts, actor, now);
  }
  return no(message("You may not do this."));
}

State after(State state, Action action) {
  switch (action) {
    case Action::propose: return State::proposed;
    case Action::withdraw:
    case Action::discard: return State::draft;
    case Action::approve:
    case Action::approve_paper: return State::approved;
    case Action::give_back: return State::returned;
    case Action::hold:
    case Action::reject_result: return State::held;
    case Action::report:
    case Action::correct: return State::reported;
    case Action::confirm: return State::confirmed;
    case Action::cancel: return State::cancelled;
    case Action::edit:
    case Action::move:
    case Action::undo: return state;
  }
  return state;
}

bool needs_new_approval(Facts const& facts, Actor const& actor, Day today) {
  auto anew = facts;
  anew.state = State::proposed;
  anew.escalates = std::nullopt;  // its time begins anew
  return !answer(anew, actor, today).allowed;
}

Message waits_for(Facts const& facts, Day today) {
  switch (facts.state) {
    case State::draft: return facts.discarded ? message("Put away") : message("Not proposed yet");
    case State::returned: return message("Returned: waits for changes");
    case State::proposed:
      if (level_of(facts) == Level::country || facts.regional_coordinators == 0) return message("Waits for the national coordinator");
      return escalated(facts, today) ? message("Unanswered for five working days: the national coordinator may decide too")
                                     : message("Waits for the regional coordinator");
    case State::approved: return facts.day > today ? message("Approved, to come") : message("Waits for its result");
    case State::held: return message("Waits for its result");
    case State::reported: return message("Result waits for a second person");
    case State::confirmed: return message("Done: its result is confirmed");
    case State::cancelled: return message("Cancelled");
  }
  return {};
}

Day escalation_day(Day proposed, std::vector<std::pair<Day, Day>> const& holidays) {
  return campaign::due_day(proposed, answer_days, holidays).plus(1);
}

}  // namespace birge::work
