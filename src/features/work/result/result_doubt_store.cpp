#include <algorithm>
#include <map>
#include <tuple>

#include "features/work/work_store.hpp"

/// Which of the results that wait for confirmation may be unlikely, told from what stands beside the activities: only those are read whole.
namespace birge::work {

namespace {

struct Waiting {
  ActivityId id;
  Day due_day;
  OrganisationId lead;
  Day day;
  std::optional<std::int64_t> low, high;
  std::int64_t doubtful = 0;
};

struct Counted {
  OrganisationId lead;
  Day day;
  std::int64_t low = 0, high = 0;
};

/// Days on which as many came to what an organisation holds.
using DaysOf = std::map<std::tuple<OrganisationId, std::int64_t, std::int64_t>, std::vector<Day>>;

DaysOf days_of(db::Reader& read, activity::EditionId edition) {
  DaysOf days;
  read.each<Counted>(
      "select lead, day, attendance_low, attendance_high from activity where edition = $1 and attendance_low is not null",
      [&](Counted&& row) {
        days[{row.lead, row.low, row.high}].push_back(row.day);
      },
      edition);
  return days;
}

bool as_before(DaysOf const& days, Waiting const& row) {
  if (!row.low || !row.high) return false;
  auto const found = days.find({row.lead, *row.low, *row.high});
  return found != days.end() && std::ranges::any_of(found->second, [&](Day day) { return day < row.day && day >= row.day.plus(-14); });
}

}  // namespace

// The clauses are those of unlikely(), but that round numbers by sex and age are not looked at.
std::vector<Behind> Store::maybe_unlikely(activity::EditionId edition, Where const& where) {
  db::Sql sql(
      "select a.id, a.due_day, a.lead, a.day, a.attendance_low, a.attendance_high, case when"
      " (a.expected_high > 0 and (a.attendance_low >= 10 * a.expected_high or a.audience_low >= 10 * a.expected_high))"
      " or (a.attendance_low >= 50 and a.attendance_low % 10 = 0 and a.attendance_high % 10 = 0)"
      " or exists (select 1 from result_count c where c.activity = a.id"
      " and c.version = (select max(r.version) from result r where r.activity = a.id)"
      " group by c.activity having sum(c.low) <> a.attendance_low or sum(c.high) <> a.attendance_high) then 1 else 0 end"
      " from activity a where a.edition = ? and a.state = 'reported'",
      edition);
  add_where(sql, edition, where);
  sql.add(" order by a.due_day, a.id");
  auto const waiting = read_.all<Waiting>(sql);
  if (waiting.empty()) return {};
  auto const days = days_of(read_, edition);
  std::vector<Behind> found;
  for (auto const& row : waiting)
    if (row.doubtful == 1 || as_before(days, row)) found.push_back({row.due_day, row.id});
  return found;
}

}  // namespace birge::work
