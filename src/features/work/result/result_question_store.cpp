#include "features/work/result/result_question.hpp"

namespace birge::work {

namespace {

using db::Sql;

constexpr db::Literal reported = " and a.state in ('reported', 'confirmed')";
constexpr db::Literal counted_version = "(select max(r.version) from result r where r.activity = a.id)";

void add_where(Sql& sql, Told const& told) {
  sql.add(" where a.edition = ?", told.edition);
  sql.add(reported);
  if (told.region) sql.add(" and a.region = ?", *told.region);
}

}  // namespace

std::vector<TopicCount> topics_asked(db::Reader& read, Told const& told) {
  Sql sql("select q.topic, count(*) from activity a join result_question q on q.activity = a.id and q.version = ");
  sql.add(counted_version);
  add_where(sql, told);
  sql.add(" group by q.topic order by 2 desc, 1");
  return read.all<TopicCount>(sql);
}

std::vector<ToldBy> told_by(db::Reader& read, Told const& told, std::optional<std::pair<Day, ActivityId>> const& before, int limit) {
  Sql sql(
      "select a.id, a.day, w.version, a.region, a.lead, t.title, t.language from activity a join result_words w on w.activity = a.id and w.version = ");
  sql.add(counted_version);
  sql.add(" join activity_text t on t.activity = a.id and t.original = 1");
  add_where(sql, told);
  sql.add(" and (exists (select 1 from result_question q where q.activity = a.id and q.version = w.version");
  if (told.topic) sql.add(" and q.topic = ?)", *told.topic);
  else sql.add(") or w.challenges <> '' or w.recommendation <> ''");
  sql.add(")");
  if (before) sql.add(" and (a.day, a.id) < (?, ?)", before->first, before->second);
  sql.add(" order by a.day desc, a.id desc limit ?", limit);
  return read.all<ToldBy>(sql);
}

}  // namespace birge::work
