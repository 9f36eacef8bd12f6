#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "features/activity/activity_latest.hpp"

namespace birge::activity {

std::optional<Instant> last_change(db::Reader& read, EditionId edition) {
  return read.maybe<Instant>("select at from edition_change where edition = $1", edition);
}

void note_change(db::Tx& tx, EditionId edition, Instant now) {
  static int const key = 0;
  auto const latest = tx.shared<std::map<EditionId, Instant>>(&key);
  auto& at = (*latest)[edition];
  at = std::max(at, now);
  tx.at_the_end(&key, [latest](db::Tx& last) {
    for (auto const& [changed, when] : std::exchange(*latest, {}))
      last.put(
          "insert into edition_change (edition, at) values ($1, $2) on conflict (edition) do update set at = excluded.at"
          " where edition_change.at < excluded.at",
          changed, when);
  });
}

std::vector<std::string> check_last_changes(db::Reader& read) {
  std::vector<std::string> differences;
  read.each<EditionId>(
      "select a.edition from activity a left join edition_change c on c.edition = a.edition group by a.edition, c.at"
      " having c.at is null or c.at < max(a.changed) order by a.edition",
      [&](EditionId edition) { differences.push_back("edition_change of " + std::to_string(edition.value) + " is too early"); });
  return differences;
}

void rebuild_last_changes(db::Tx& tx) {
  // Without a condition SQLite would take "on" for that of a join.
  tx.run(
      "insert into edition_change (edition, at) select edition, max(changed) from activity where true group by edition"
      " on conflict (edition) do update set at = excluded.at");
}

}  // namespace birge::activity
