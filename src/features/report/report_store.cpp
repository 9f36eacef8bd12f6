#include "features/report/report_store.hpp"

namespace birge::report {

std::vector<Source> sources_of(db::Reader& read, std::vector<campaign::EditionId> const& editions, Language language) {
  // Places, outlines and population come under licences that ask to be named; bare facts (holidays) are named only where the report uses them.
  db::Sql sql(
      "select s.title, s.address, s.licence, s.dated, coalesce(t.title, ''), coalesce(t.licence, '') from source s"
      " left join source_text t on t.source = s.key and t.language = ? where substr(s.licence, 1, 5) not in ('facts', 'Facts')",
      code(language));
  for (auto const edition : editions)
    sql.add(
        " or s.key in (select source from stated_figure where edition = ?)"
        " or s.key in (select source from activity where edition = ? and source is not null)",
        edition, edition);
  sql.add(" order by case when substr(s.licence, 1, 5) in ('facts', 'Facts') then 1 else 0 end, s.title");
  return read.all<Source>(sql);
}

}  // namespace birge::report
