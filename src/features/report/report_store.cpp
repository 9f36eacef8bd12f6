#include "features/report/report_store.hpp"

namespace birge::report {

std::optional<Instant> last_change(db::Reader& read, campaign::EditionId edition) {
  return read.one<std::optional<Instant>>("select max(changed) from activity where edition = $1", edition);
}

std::vector<Source> sources_of(db::Reader& read, std::vector<campaign::EditionId> const& editions) {
  // Places, outlines and population come under licences that ask to be named; bare facts (holidays) are named only where the report uses them.
  db::Sql sql("select title, address, licence, dated from source where substr(licence, 1, 5) not in ('facts', 'Facts')");
  for (auto const edition : editions)
    sql.add(
        " or key in (select source from stated_figure where edition = ?)"
        " or key in (select source from activity where edition = ? and source is not null)",
        edition, edition);
  sql.add(" order by case when substr(licence, 1, 5) in ('facts', 'Facts') then 1 else 0 end, title");
  return read.all<Source>(sql);
}

}  // namespace birge::report
