#include "features/work/work_store.hpp"

namespace birge::work {

Line const* approval_of(std::vector<Line> const& lines) {
  auto const unapproved = [](Line const& line) {
    auto const state = activity::state_of(line.state);
    return state == State::draft || state == State::proposed || state == State::returned;
  };
  Line const* before = nullptr;  // as it was before the latest line, which is the only one that an undo takes back
  Line const* now = nullptr;
  for (auto const& line : lines) {
    auto const action = action_of(line.what);
    auto const stood = now;
    if (action == Action::undo) now = before;
    else if (action == Action::approve || action == Action::approve_paper) now = &line;
    else if (unapproved(line)) now = nullptr;
    before = stood;
  }
  return now;
}

}  // namespace birge::work
