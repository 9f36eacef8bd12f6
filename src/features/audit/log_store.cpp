#include "features/audit/log.hpp"

#include "platform/base/number.hpp"
#include "platform/base/text.hpp"

namespace birge::audit {

std::vector<Row> entries(db::Reader& read, LogFilter const& filter, std::int64_t before, int limit) {
  db::Sql sql(
      "select sequence, at, actor, person, organisation, on_behalf, action, object, object_id, region, owner, changes, hash from audit where sequence < ?",
      before);
  if (!filter.object.empty()) sql.add(" and object = ?", filter.object);
  if (filter.object_id) sql.add(" and object_id = ?", *filter.object_id);
  if (filter.person) sql.add(" and (person = ? or on_behalf = ?)", *filter.person, *filter.person);
  if (!filter.action.empty()) sql.add(" and action = ?", filter.action);
  if (filter.from) sql.add(" and at >= ?", *filter.from);
  if (filter.until) sql.add(" and at < ?", *filter.until);
  return read.all<Row>(sql.add(" order by sequence desc limit ?", limit));
}

std::vector<Change> changes_of(Row const& row) {
  std::vector<Change> changes;
  if (row.changes.empty()) return changes;
  for (auto const line : split(row.changes, '\n')) {
    auto const cells = split(line, '\t');
    Change change;
    auto const slash = cells[0].find('/');
    change.field = cells[0].substr(0, slash);
    if (slash != std::string_view::npos) change.part = cells[0].substr(slash + 1);
    change.is_text = cells.size() < 3;
    if (!change.is_text) change.before = cells[1], change.after = cells[2];
    changes.push_back(std::move(change));
  }
  return changes;
}

std::optional<std::int64_t> number_in(std::string_view value) {
  return value.starts_with('=') ? whole_number<std::int64_t>(value.substr(1)) : std::nullopt;
}

}  // namespace birge::audit
