#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/account/access.hpp"
#include "features/activity/activity.hpp"

/// Invitations of villages: "invite the campaign to our village". What they are, which steps they take, how long they are kept. Pure: no clock,
/// database or language.
namespace birge::village {

struct InvitationTag;
using InvitationId = Id<InvitationTag>;

enum class State { waiting, answering, answered, declined, passed_on };
std::string_view code(State state);
std::optional<State> state_of(std::string_view code);
Message name(State state);
inline constexpr std::array all_states{State::waiting, State::answering, State::passed_on, State::answered, State::declined};

/// What a coordinator does with one.
enum class Step {
  take,     ///< somebody answers it
  answer,   ///< it was answered
  decline,  ///< with a reason
  pass_on,  ///< somebody is in danger: the hotline takes over
  reopen,   ///< back to the beginning, as long as what was written is still there
};
std::string_view code(Step step);
std::optional<Step> step_of(std::string_view code);

/// As it is kept, in the order of the columns. Texts and contact are empty once they were deleted.
struct Invitation {
  InvitationId id;
  campaign::EditionId edition;
  std::string reference;
  std::string state = "waiting";
  std::string language;
  place::PlaceId place, region;
  std::optional<place::PlaceId> district;
  std::string village, kind, wish, month, audience;
  std::optional<std::int64_t> people;
  std::string contact_name, contact;
  std::optional<activity::ActivityId> activity;
  std::optional<account::PersonId> taken_by;
  std::string reason;
  Instant created{}, changed{};
  std::optional<Instant> forgotten, reminded;
  std::int64_t version = 1;

  State standing() const { return state_of(state).value_or(State::waiting); }
};

/// The state a step leads to; nothing where it may not be made.
std::optional<State> after(Invitation const& invitation, Step step);

/// Whether somebody may know of it: the coordinators of its region, and the national ones.
bool may_see(account::Person const& person, Invitation const& invitation);

/// How long texts and contact are kept at most; past the end of the edition nothing is.
inline constexpr auto kept_when_handled = std::chrono::days(30);
inline constexpr auto kept_when_passed_on = std::chrono::days(7);

/// Working days within which somebody answers, as the public is told, and after which the coordinators are reminded.
inline constexpr int answered_within = 5, reminded_after = 3;

inline constexpr int most_people = 100'000;

}  // namespace birge::village
