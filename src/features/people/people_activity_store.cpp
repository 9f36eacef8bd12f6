#include "features/people/people_activity_store.hpp"

#include "platform/db/in_list.hpp"

namespace birge::people {

std::optional<coalition::OrganisationId> lead_of_activity(db::Reader& read, std::int64_t activity) {
  return read.maybe<coalition::OrganisationId>("select lead from activity where id = $1", activity);
}

std::vector<Coming> coming(db::Reader& read, Whose const& whose, Day today, std::int64_t chosen, int limit) {
  db::Sql sql(
      "select a.id, a.day, t.title, a.lead from activity a join activity_text t on t.activity = a.id and t.original = 1"
      " left join activity_work w on w.activity = a.id where a.end_day >= ? and a.state <> 'cancelled'"
      " and (w.discarded is null or w.discarded = 0) and (a.lead",
      today);
  db::add_in(sql, whose.organisations);
  if (whose.everywhere) sql.add(" or a.state <> 'draft'");
  if (!whose.regions.empty()) {
    sql.add(" or (a.state <> 'draft' and a.region");
    db::add_in(sql, whose.regions);
    sql.add(")");
  }
  return read.all<Coming>(sql.add(") order by case when a.id = ? then 0 else 1 end, a.day, a.id limit ?", chosen, limit));
}

}  // namespace birge::people
