#include "features/trust/trust_names_store.hpp"

namespace birge::trust {

std::map<std::int64_t, Titled> titles_of(db::Reader& read, std::span<std::int64_t const> activities) {
  std::map<std::int64_t, Titled> titles;
  if (activities.empty()) return titles;
  db::Sql sql(
      "select a.id, a.state, a.lead, t.title, t.language from activity a join activity_text t on t.activity = a.id and t.original = 1"
      " where a.id in (0");
  for (auto const id : activities) sql.add(", ?", id);
  for (auto& each : read.all<Titled>(sql.add(")"))) titles.emplace(each.id.value, std::move(each));
  return titles;
}

}  // namespace birge::trust
