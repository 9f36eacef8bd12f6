#include "features/village/village.hpp"

namespace birge::village {

std::string_view code(State state) {
  switch (state) {
    case State::waiting: return "waiting";
    case State::answering: return "answering";
    case State::answered: return "answered";
    case State::declined: return "declined";
    case State::passed_on: return "passed_on";
  }
  return "waiting";
}

std::optional<State> state_of(std::string_view code) {
  for (auto const state : all_states)
    if (village::code(state) == code) return state;
  return std::nullopt;
}

Message name(State state) {
  switch (state) {
    case State::waiting: return message("waits for an answer");
    case State::answering: return message("being answered");
    case State::answered: return message("answered");
    case State::declined: return message("declined");
    case State::passed_on: return message("passed to the hotline");
  }
  return {};
}

std::string_view code(Step step) {
  switch (step) {
    case Step::take: return "take";
    case Step::answer: return "answer";
    case Step::decline: return "decline";
    case Step::pass_on: return "pass_on";
    case Step::reopen: return "reopen";
  }
  return "take";
}

std::optional<Step> step_of(std::string_view code) {
  for (auto const step : {Step::take, Step::answer, Step::decline, Step::pass_on, Step::reopen})
    if (village::code(step) == code) return step;
  return std::nullopt;
}

std::optional<State> after(Invitation const& invitation, Step step) {
  auto const state = invitation.standing();
  bool const open = state == State::waiting || state == State::answering;
  switch (step) {
    case Step::take: return state == State::waiting ? std::optional(State::answering) : std::nullopt;
    case Step::answer: return open ? std::optional(State::answered) : std::nullopt;
    case Step::decline: return open ? std::optional(State::declined) : std::nullopt;
    case Step::pass_on: return open ? std::optional(State::passed_on) : std::nullopt;
    case Step::reopen: return state != State::waiting && !invitation.forgotten ? std::optional(State::waiting) : std::nullopt;
  }
  return std::nullopt;
}

bool may_see(account::Person const& person, Invitation const& invitation) {
  return account::may(person, account::Permission::see_requests, {invitation.region, {}, {}});
}

}  // namespace birge::village
