#include <algorithm>
#include <span>
#include <vector>

#include "features/activity/activity_latest.hpp"
#include "features/activity/activity_whole.hpp"
#include "features/activity/activity_words.hpp"
#include "features/activity/tally/tally_saving.hpp"

/// Taking activities away, with all that is stored beside them.
namespace birge::activity {

namespace {

/// Deletes rows of many activities with few statements.
void delete_of(db::Tx& tx, db::Literal statement, std::span<ActivityId const> ids) {
  constexpr std::size_t at_once = 200;
  while (!ids.empty()) {
    auto const some = ids.first(std::min(at_once, ids.size()));
    db::Sql sql(statement);
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (i > 0) sql.add(",");
      sql.add("?", some[i]);
    }
    tx.run(sql.add(")"));
    ids = ids.subspan(some.size());
  }
}

void delete_activities(db::Tx& tx, std::span<ActivityId const> ids) {
  delete_of(tx, "delete from activity_card where activity in (", ids);
  delete_of(tx, "delete from activity_text where activity in (", ids);
  delete_of(tx, "delete from activity_topic where activity in (", ids);
  delete_of(tx, "delete from activity_audience where activity in (", ids);
  delete_of(tx, "delete from activity_organisation where activity in (", ids);
  delete_of(tx, "delete from activity_place where activity in (", ids);
  delete_of(tx, "delete from activity_warning where activity in (", ids);
  delete_of(tx, "delete from activity_change where activity in (", ids);
  delete_of(tx, "delete from result_count where activity in (", ids);
  delete_of(tx, "delete from result where activity in (", ids);
  for (auto const id : ids) forget_words(tx, id);
  delete_of(tx, "delete from activity where id in (", ids);
}

}  // namespace

void remove(db::Tx& tx, campaign::Facts const& facts, std::span<Activity const* const> stored, Instant now) {
  Tallies tallies;
  std::vector<ActivityId> ids;
  for (auto const* activity : stored) {
    tallies.add(*activity, facts, -1);
    ids.push_back(activity->id);
    note_change(tx, activity->edition, now);
  }
  delete_activities(tx, ids);
  flush_at_the_end(tx, tallies);
}

void remove_results(db::Tx& tx, ActivityId id) {
  tx.put("delete from result_count where activity = $1", id);
  tx.put("delete from result where activity = $1", id);
}

}  // namespace birge::activity
