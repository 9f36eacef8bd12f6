#include <limits>

#include "features/audit/log.hpp"
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

Activity as_approved(db::Reader& read, Activity const& stored) {
  auto const lines = Store(read).timeline(stored.id);
  audit::LogFilter filter;
  filter.object = "activity";
  filter.object_id = stored.id.value;
  filter.action = "changed";
  if (auto const* approval = approval_of(lines)) filter.from = approval->at;
  auto const entries = audit::entries(read, filter, std::numeric_limits<std::int64_t>::max(), static_cast<int>(lines.size()));
  std::optional<std::int64_t> number;
  bool changed = false;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
    for (auto const& change : audit::changes_of(*entry)) {
      if (change.field != "expected") continue;
      auto const after = audit::number_in(change.after);
      if (!changed) number = audit::number_in(change.before);
      // More than its double was set by somebody who could approve it.
      if (!number || !after || *after > 2 * *number) number = after;
      changed = true;
    }
  auto approved = stored;
  if (changed) approved.expected = number ? std::optional(activity::Count{*number, *number}) : std::nullopt;
  return approved;
}

}  // namespace birge::work
