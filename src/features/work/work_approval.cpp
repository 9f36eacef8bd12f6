#include <algorithm>
#include <limits>

#include "features/audit/log.hpp"
#include "features/work/work_import.hpp"
#include "features/work/work_store.hpp"

namespace birge::work {

namespace {

/// The line since which something stands: it begins with a line that `begins` it, ends with one that leads to a plan that is not approved, and an undo
/// brings back what stood before.
template <class Begins>
Line const* standing_since(std::vector<Line> const& lines, Begins begins) {
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
    else if (unapproved(line)) now = nullptr;
    else if (!now && begins(action)) now = &line;
    before = stood;
  }
  return now;
}

}  // namespace

Line const* approval_of(std::vector<Line> const& lines) {
  return standing_since(lines, [](std::optional<Action> action) { return action == Action::approve || action == Action::approve_paper; });
}

Activity as_approved(db::Reader& read, Activity const& stored) {
  auto const lines = Store(read).timeline(stored.id);
  audit::LogFilter filter;
  filter.object = "activity";
  filter.object_id = stored.id.value;
  filter.action = "changed";
  // An import approves as well.
  if (auto const* since = standing_since(lines, [](std::optional<Action>) { return true; })) filter.from = since->at;
  auto const entries = audit::entries(read, filter, std::numeric_limits<std::int64_t>::max(), static_cast<int>(lines.size()));
  std::optional<std::int64_t> number;
  bool changed = false;
  // Whoever sets more than its double could approve it, or was an import: anybody else's would have been proposed anew. Of less the log says whether
  // its author could, in a form or by an import; older entries do not, and count as if not.
  auto const beyond = [&](std::optional<std::int64_t> next) { return !number || !next || *next > 2 * *number; };
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    auto const changes = audit::changes_of(*entry);
    bool const approved_too = std::ranges::find(changes, "approves", &audit::Change::field) != changes.end();
    for (auto const& change : changes) {
      if (change.field != "expected") continue;
      auto const was = audit::number_in(change.before), is = audit::number_in(change.after);
      if (!changed || beyond(was)) number = was;
      if (approved_too || beyond(is) || *is < *number) number = is;
      changed = true;
    }
  }
  auto approved = stored;
  if (changed && number && stored.expected && !beyond(stored.expected->high)) approved.expected = activity::Count{*number, *number};
  return approved;
}

}  // namespace birge::work
