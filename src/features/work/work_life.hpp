#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/account/account.hpp"
#include "features/activity/activity.hpp"

/// The life of an activity: who may do what with it, and when. Pure: no clock, database or language.
///
///   draft -> proposed -> approved -> held -> reported -> confirmed
///
/// A proposal or a result may be returned with a reason; a plan may be moved or cancelled with a reason until it is held; a confirmed result
/// may be corrected with a reason and is then confirmed a second time.
namespace birge::work {

using account::PersonId;
using activity::ActivityId;
using activity::State;

enum class Action {
  edit,  ///< change what the form says
  propose,
  withdraw,  ///< take a proposal back; it is a draft again
  discard,   ///< put a draft away
  approve,
  approve_paper,  ///< enter an approval that was signed on paper
  give_back,      ///< return a proposal with a reason
  hold,           ///< say that it took place
  report,         ///< enter its result
  reject_result,  ///< return a result with a reason
  confirm,
  correct,  ///< change a confirmed result, with a reason
  move,
  cancel,
  undo,  ///< take back the latest step
};
inline constexpr std::array all_actions{Action::edit,          Action::propose,   Action::withdraw, Action::discard, Action::approve,
                                        Action::approve_paper, Action::give_back, Action::hold,     Action::report,  Action::reject_result,
                                        Action::confirm,       Action::correct,   Action::move,     Action::cancel,  Action::undo};
std::string_view code(Action action);
std::optional<Action> action_of(std::string_view code);
Message name(Action action);  ///< of the button
/// The same in a state: a result that was reported already is changed by reporting it once more.
Message name(Action action, State state);
Message happened(Action action);  ///< of the timeline
bool needs_reason(Action action);

/// How long a step can be taken back.
inline constexpr std::chrono::minutes undo_time{10};
/// Working days after which an unanswered proposal goes one level up.
inline constexpr int answer_days = 5;

/// Somebody whose rights the person uses: the person's own, or those of one that he or she stands in for.
struct Capacity {
  PersonId principal;
  bool regional = false;  ///< coordinates the region of the activity
  bool national = false;
};

/// The person who acts, as seen from one activity.
struct Actor {
  PersonId person;
  bool plans = false;                ///< plans and reports for the organisation that leads it or one that hosts it too
  PersonId plans_as;                 ///< in whose place; nobody: in his or her own
  bool helps = false;                ///< helps with this activity only: reports it
  std::vector<Capacity> capacities;  ///< the own one first
  bool from_host = false;            ///< comes from an organisation that leads it or hosts it too, in whatever role
};

/// A step somebody made: the person, and whom he or she stood in for.
struct Doer {
  PersonId person;
  PersonId principal;  ///< nobody when the person acted for himself or herself
  bool is(PersonId other) const { return other && (person == other || principal == other); }
};

/// What the rules need to know of an activity.
struct Facts {
  State state = State::draft;
  bool discarded = false;
  std::optional<Instant> closed;  ///< when the figures of its edition were frozen; nothing: they are not
  bool has_result = false;        ///< one was reported, returned or not
  Day day, end_day;
  bool in_one_region = false;               ///< otherwise national, online, in several places or without a region
  bool by_regional_administration = false;  ///< proposed by the office that would approve it
  int regional_coordinators = 0;            ///< of its region, who can act on this day
  Doer proposed, reported;
  std::optional<Day> escalates;  ///< of a proposal: from this day it may be answered one level up
  Doer latest;                   ///< who made the latest step
  Instant latest_at{};
  bool latest_can_be_undone = false;  ///< it was a step, and nothing came after it
};

struct Decision {
  bool allowed = false;
  Message why_not;      ///< empty when allowed
  PersonId acting_for;  ///< the principal whose right was used; nobody for the own
  Message note;         ///< what the person should know of an allowed action; mostly empty
};

/// Whether an action is allowed on this day and at this moment. The reason and the form's content are checked elsewhere.
Decision decide(Facts const& facts, Actor const& actor, Action action, Day today, Instant now);

/// The state an allowed action leads to; the same one where it changes none. Undo is not told here.
State after(State state, Action action);

/// Whether another plan (activity::another_plan) in the place of what is approved has to be approved anew: whoever could approve it needs nobody else for it.
bool needs_new_approval(Facts const& facts, Actor const& actor, Day today);

/// Whose turn it is now, in words: "Waiting for the regional coordinator".
Message waits_for(Facts const& facts, Day today);

/// From which day an unanswered proposal may be answered one level up.
Day escalation_day(Day proposed, std::vector<std::pair<Day, Day>> const& holidays);

}  // namespace birge::work
