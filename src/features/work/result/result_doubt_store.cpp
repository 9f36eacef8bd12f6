#include <algorithm>
#include <map>
#include <span>
#include <tuple>

#include "features/work/work_store.hpp"
#include "platform/db/in_list.hpp"

/// Which of the results that wait for confirmation are unlikely, told from the counts alone: only what a page shows is read whole.
namespace birge::work {

namespace {

struct Waiting {
  ActivityId id;
  Day due_day;
  OrganisationId lead;
  Day day;
  std::optional<std::int64_t> low, high;
  std::int64_t unlikely = 0;  ///< whatever else stands before it
};

struct Counted {
  ActivityId id;
  OrganisationId lead;
  Day day;
  std::int64_t low = 0, high = 0;
};

struct Held {
  Day day;
  ActivityId id;
  auto operator<=>(Held const&) const = default;
};

/// What an organisation held to which as many came, in its order.
using SameTotals = std::map<std::tuple<OrganisationId, std::int64_t, std::int64_t>, std::vector<Held>>;

constexpr std::int64_t fewest = 10;  // so many may come twice

SameTotals same_totals(db::Reader& read, activity::EditionId edition) {
  SameTotals totals;
  read.each<Counted>(
      "select id, lead, day, attendance_low, attendance_high from activity where edition = $1 and attendance_low >= $2 order by day, id",
      [&](Counted&& row) {
        totals[{row.lead, row.low, row.high}].push_back({row.day, row.id});
      },
      edition, fewest);
  return totals;
}

/// Those that Store::before() finds, of them the ids.
std::vector<ActivityId> earlier_of(SameTotals const& totals, Waiting const& row) {
  constexpr std::ptrdiff_t most = 5;
  std::vector<ActivityId> ids;
  if (!row.low || !row.high) return ids;
  auto const found = totals.find({row.lead, *row.low, *row.high});
  if (found == totals.end()) return ids;
  auto const& held = found->second;
  auto const until = std::ranges::lower_bound(held, row.day, {}, &Held::day);
  auto const from = std::max(std::ranges::lower_bound(held, row.day.plus(-14), {}, &Held::day), until - std::min(most, until - held.begin()));
  std::transform(from, until, std::back_inserter(ids), [](Held const& each) { return each.id; });
  return ids;
}

struct CellRow {
  ActivityId activity;
  std::string sex, band;
  std::int64_t low = 0, high = 0;
  auto counts() const { return std::tie(sex, band, low, high); }
};
using Cells = std::map<ActivityId, std::vector<CellRow>>;

/// The counts by sex and age of some results, each in the same order.
Cells cells_of(db::Reader& read, std::vector<ActivityId> ids) {
  constexpr std::size_t at_once = 100;
  std::ranges::sort(ids);
  auto const again = std::ranges::unique(ids);
  ids.erase(again.begin(), again.end());
  Cells cells;
  for (std::span<ActivityId const> left(ids); !left.empty(); left = left.subspan(std::min(left.size(), at_once))) {
    db::Sql sql(
        "select c.activity, c.sex, c.band, c.low, c.high from result_count c"
        " where c.version = (select max(r.version) from result r where r.activity = c.activity) and c.activity");
    db::add_in(sql, left.first(std::min(left.size(), at_once)), at_once);
    read.each<CellRow>(sql.add(" order by c.activity, c.sex, c.band"), [&](CellRow&& row) { cells[row.activity].push_back(std::move(row)); });
  }
  return cells;
}

bool same(Cells const& cells, ActivityId one, ActivityId other) {
  static std::vector<CellRow> const none;
  auto const of = [&](ActivityId id) -> std::vector<CellRow> const& {
    auto const found = cells.find(id);
    return found == cells.end() ? none : found->second;
  };
  return std::ranges::equal(of(one), of(other), {}, &CellRow::counts, &CellRow::counts);
}

}  // namespace

// What it asks is what unlikely() asks of a result that was read whole.
std::vector<Behind> Store::unlikely_results(activity::EditionId edition, Where const& where) {
  db::Sql sql(
      "select a.id, a.due_day, a.lead, a.day, a.attendance_low, a.attendance_high, case when"
      " (a.expected_high > 0 and coalesce(a.attendance_low, a.audience_low) >= 10 * a.expected_high)"
      " or (a.attendance_low >= 50 and a.attendance_low % 10 = 0 and a.attendance_high % 10 = 0"
      " and not exists (select 1 from result_count c where c.activity = a.id"
      " and c.version = (select max(r.version) from result r where r.activity = a.id) and (c.low % 10 <> 0 or c.high % 10 <> 0)))"
      " or exists (select 1 from result_count c where c.activity = a.id"
      " and c.version = (select max(r.version) from result r where r.activity = a.id)"
      " group by c.activity having sum(c.low) <> a.attendance_low or sum(c.high) <> a.attendance_high) then 1 else 0 end"
      " from activity a where a.edition = ? and a.state = 'reported'",
      edition);
  add_where(sql, edition, where);
  auto waiting = read_.all<Waiting>(sql.add(" order by a.due_day, a.id"));
  if (waiting.empty()) return {};
  auto const totals = same_totals(read_, edition);
  std::vector<ActivityId> compared;
  for (auto const& row : waiting)
    if (auto const earlier = row.unlikely == 1 ? std::vector<ActivityId>() : earlier_of(totals, row); !earlier.empty()) {
      compared.push_back(row.id);
      compared.insert(compared.end(), earlier.begin(), earlier.end());
    }
  auto const cells = cells_of(read_, std::move(compared));
  std::vector<Behind> found;
  for (auto const& row : waiting)
    if (row.unlikely == 1 || std::ranges::any_of(earlier_of(totals, row), [&](ActivityId id) { return same(cells, row.id, id); }))
      found.push_back({row.due_day, row.id});
  return found;
}

}  // namespace birge::work
