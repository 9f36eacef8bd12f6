#include <algorithm>
#include <array>
#include <limits>

#include "features/audit/log.hpp"
#include "features/work/work_parts.hpp"

/// What a change of the form changed, as the timeline names it: the log keeps it, and of texts that they changed only.
namespace birge::work {

namespace {

/// The field of the form that a word of the log stands for, where it is called otherwise.
std::string_view field_of(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> others{{{"starts", "start"},
                                                                                        {"ends", "end"},
                                                                                        {"places", "place"},
                                                                                        {"public", "visibility"},
                                                                                        {"audiences", "audience"},
                                                                                        {"topics", "topic"},
                                                                                        {"languages", "language"},
                                                                                        {"expected_low", "expected"}}};
  auto const found = std::ranges::find(others, word, [](auto const& pair) { return pair.first; });
  return found == others.end() ? word : found->second;
}

Changes changes_in(audit::Row const& row) {
  auto const all = audit::changes_of(row);
  auto const changed = [&](std::string_view field) {
    return std::ranges::any_of(all, [&](audit::Change const& change) { return field_of(change.field) == field; });
  };
  Changes changes;
  for (auto& [field, label] : field_names())
    if (changed(field)) changes.fields.push_back(label);
  changes.proposed_anew = changed("state");
  return changes;
}

}  // namespace

std::map<int, Changes> changes_of(db::Reader& read, ActivityId id, std::vector<Line> const& lines) {
  std::map<int, Changes> changes;
  auto const is_edit = [](Line const& line) { return line.what == code(Action::edit); };
  auto const number = std::ranges::count_if(lines, is_edit);
  if (number == 0) return changes;
  audit::LogFilter filter;
  filter.object = "activity";
  filter.object_id = id.value;
  filter.action = "changed";
  auto const entries = audit::entries(read, filter, std::numeric_limits<std::int64_t>::max(), static_cast<int>(number));
  // Both go back in time; each change has written one entry, at its moment.
  auto entry = entries.begin();
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (!is_edit(*line) || !line->person) continue;
    auto const found =
        std::find_if(entry, entries.end(), [&](audit::Row const& row) { return row.at == line->at && row.person == line->person->value; });
    if (found == entries.end()) continue;
    changes.emplace(line->version, changes_in(*found));
    entry = std::next(found);
  }
  return changes;
}

}  // namespace birge::work
