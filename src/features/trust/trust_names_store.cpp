#include "features/trust/trust_names_store.hpp"

#include "platform/db/in_list.hpp"

namespace birge::trust {

namespace {

std::map<std::int64_t, Named> named(db::Reader& read, db::Sql sql, std::span<std::int64_t const> ids) {
  std::map<std::int64_t, Named> list;
  if (ids.empty()) return list;
  sql.add(" id");
  for (auto& each : read.all<Named>(db::add_in(sql, ids))) list.emplace(each.id, std::move(each));
  return list;
}

}  // namespace

std::map<std::int64_t, Named> joining_requests(db::Reader& read, std::span<std::int64_t const> ids) {
  return named(read, db::Sql("select id, name, language, 0, '', 0, created from joining_request where"), ids);
}

std::map<std::int64_t, Named> village_invitations(db::Reader& read, std::span<std::int64_t const> ids) {
  return named(read, db::Sql("select id, '', '', place, reference, edition, created from village_invitation where"), ids);
}

std::map<std::int64_t, Named> imports(db::Reader& read, std::span<std::int64_t const> ids, account::PersonId person) {
  return named(read, db::Sql("select id, '', '', 0, '', edition, created from import_run where (stored is not null or person = ?) and", person), ids);
}

std::vector<Named> imports_of(db::Reader& read, activity::ActivityId activity) {
  return read.all<Named>(
      "select r.id, '', '', 0, '', r.edition, r.created from import_change c join import_run r on r.id = c.run where c.activity = $1 order by r.id desc",
      activity);
}

std::map<std::int64_t, Titled> titles_of(db::Reader& read, std::span<std::int64_t const> activities) {
  std::map<std::int64_t, Titled> titles;
  if (activities.empty()) return titles;
  db::Sql sql(
      "select a.id, a.state, a.lead, t.title, t.language from activity a join activity_text t on t.activity = a.id and t.original = 1"
      " where a.id");
  for (auto& each : read.all<Titled>(db::add_in(sql, activities))) titles.emplace(each.id.value, std::move(each));
  return titles;
}

}  // namespace birge::trust
