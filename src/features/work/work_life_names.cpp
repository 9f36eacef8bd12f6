#include "features/work/work_life.hpp"

/// How actions are called: in addresses, on buttons, in the history.
namespace birge::work {

namespace {

struct Names {
  Action action;
  std::string_view code;
};
constexpr std::array<Names, all_actions.size()> codes{{{Action::edit, "edit"},
                                                       {Action::propose, "propose"},
                                                       {Action::withdraw, "withdraw"},
                                                       {Action::discard, "discard"},
                                                       {Action::approve, "approve"},
                                                       {Action::approve_paper, "paper"},
                                                       {Action::give_back, "return"},
                                                       {Action::hold, "hold"},
                                                       {Action::report, "report"},
                                                       {Action::reject_result, "return-result"},
                                                       {Action::confirm, "confirm"},
                                                       {Action::correct, "correct"},
                                                       {Action::move, "move"},
                                                       {Action::cancel, "cancel"},
                                                       {Action::undo, "undo"}}};

}  // namespace

std::string_view code(Action action) {
  for (auto const& entry : codes)
    if (entry.action == action) return entry.code;
  return {};
}

std::optional<Action> action_of(std::string_view code) {
  for (auto const& entry : codes)
    if (entry.code == code) return entry.action;
  return std::nullopt;
}

Message name(Action action) {
  switch (action) {
    case Action::edit: return message("Change");
    case Action::propose: return message("Propose activity");
    case Action::withdraw: return message("Take proposal back");
    case Action::discard: return message("Put draft away");
    case Action::approve: return message("Approve");
    case Action::approve_paper: return message("Enter approval on paper");
    case Action::give_back: return message("Return for changes");
    case Action::hold: return message("Mark as held");
    case Action::report: return message("Report result");
    case Action::reject_result: return message("Return result");
    case Action::confirm: return message("Confirm result");
    case Action::correct: return message("Correct result");
    case Action::move: return message("Move");
    case Action::cancel: return message("Cancel activity");
    case Action::undo: return message("Undo");
  }
  return {};
}

Message name(Action action, State state) { return action == Action::report && state == State::reported ? message("Change result") : name(action); }

Message happened(Action action) {
  switch (action) {
    case Action::edit: return message("Changed");
    case Action::propose: return message("Proposed");
    case Action::withdraw: return message("Proposal taken back");
    case Action::discard: return message("Draft put away");
    case Action::approve: return message("Approved");
    case Action::approve_paper: return message("Approved on paper");
    case Action::give_back: return message("Returned for changes");
    case Action::hold: return message("Held");
    case Action::report: return message("Result reported");
    case Action::reject_result: return message("Result returned");
    case Action::confirm: return message("Result confirmed");
    case Action::correct: return message("Result corrected");
    case Action::move: return message("Moved");
    case Action::cancel: return message("Cancelled");
    case Action::undo: return message("Latest step taken back");
  }
  return {};
}

bool needs_reason(Action action) {
  switch (action) {
    case Action::give_back:
    case Action::reject_result:
    case Action::correct:
    case Action::move:
    case Action::cancel: return true;
    default: return false;
  }
}

}  // namespace birge::work
