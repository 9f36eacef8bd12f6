#include "features/gap/gap_store.hpp"

#include "features/activity/tally/tally.hpp"
#include "features/campaign/campaign_editing.hpp"

namespace birge::gap {

using db::Sql;

namespace {

struct TallyRow {
  std::string key;
  std::int64_t planned, held, cancelled, low, high;
};

struct LatestRow {
  PlaceId place;
  std::optional<Day> last, next;
};

struct CountedRow {
  std::optional<PlaceId> region, district;
  std::string reach, state;
  std::int64_t count, low, high;
  std::optional<Day> next, last;
};

struct LastingRow {
  std::optional<PlaceId> region, district;
  std::string reach;
  Day end_day;
};

struct CellRow {
  std::optional<PlaceId> region, district;
  std::string reach, column;
  std::int64_t planned, held;
};

std::string key_of(std::optional<PlaceId> region, std::optional<PlaceId> district, std::string const& reach) {
  if (district) return std::to_string(district->value);
  return region ? activity::region_only_key(*region) : reach;
}

/// The activities as `a`; of a closed edition with the state and the result of the closing, as its figures count them.
void add_activities(Sql& sql, bool closed) {
  if (closed)
    sql.add(
        "(select b.id, b.edition, b.kind, b.region, b.district, b.reach, b.week, b.day, b.end_day, b.day_precision, f.state,"
        " r.total_low as attendance_low, coalesce(r.total_high, r.total_low) as attendance_high from frozen_activity f"
        " join activity b on b.id = f.activity and b.edition = f.edition left join result r on r.activity = f.activity and r.version = f.result) a");
  else sql.add("activity a");
}

/// From the activities, or the table that repeats day and edition for a topic or an audience group, which has the fewest rows to pass over.
void add_source(Sql& sql, Narrow const& narrow, bool closed) {
  if (!narrow.topic.empty()) sql.add(" from activity_topic t join ");
  else if (!narrow.audience.empty()) sql.add(" from activity_audience t join ");
  else sql.add(" from ");
  add_activities(sql, closed);
  if (!narrow.topic.empty() || !narrow.audience.empty()) sql.add(" on a.id = t.activity");
}

/// What lasts was there until its last day, or is there today; of what is known by its month only the first day is sure.
void add_last_day(Sql& sql, Day today) {
  sql.add(" case when a.end_day > a.day and a.day_precision = 'day' then case when a.end_day < ? then a.end_day else ? end else a.day end", today,
          today);
}

void add_conditions(Sql& sql, campaign::EditionId edition, Narrow const& narrow) {
  sql.add(" where a.edition = ? and a.state in ('approved', 'held', 'reported', 'confirmed', 'cancelled')", edition);
  if (!narrow.kind.empty()) sql.add(" and a.kind = ?", narrow.kind);
  if (!narrow.topic.empty()) {
    sql.add(" and t.topic = ? and t.edition = ?", narrow.topic, edition);
    if (!narrow.audience.empty())
      sql.add(" and exists (select 1 from activity_audience g where g.activity = a.id and g.audience = ?)", narrow.audience);
  } else if (!narrow.audience.empty()) {
    sql.add(" and t.audience = ? and t.edition = ?", narrow.audience, edition);
  }
}

/// Of each district, or of each region that has none: the latest day on which something was held, and the next one for which something is planned.
Sql latest_days(campaign::EditionId edition, Day today, bool closed, bool districts) {
  auto const add_place = [&](Sql& sql) {
    if (districts) sql.add(" and a.district = p.id");
    else sql.add(" and a.region = p.id and a.district is null");
  };
  Sql sql("select p.id, (select a.day from ");
  add_activities(sql, closed);
  sql.add(" where a.edition = ? and a.day <= ? and a.state in ('held', 'reported', 'confirmed')", edition, today);
  add_place(sql);
  sql.add(" order by a.day desc limit 1), (select a.day from ");
  add_activities(sql, closed);
  sql.add(" where a.edition = ? and a.day >= ? and a.state = 'approved'", edition, today);
  add_place(sql);
  sql.add(" order by a.day limit 1) from place p where ");
  if (districts) sql.add("p.level = 2");
  else sql.add("p.level = 1 and not exists (select 1 from place c where c.parent = p.id and c.level = 2)");
  return sql;
}

void take_later(std::optional<Day>& day, std::optional<Day> other) {
  if (other && (!day || *other > *day)) day = other;
}
void take_earlier(std::optional<Day>& day, std::optional<Day> other) {
  if (other && (!day || *other < *day)) day = other;
}

}  // namespace

bool Store::closed(campaign::EditionId edition) { return campaign::closed(read_, edition).has_value(); }

SeenByKey Store::seen(campaign::EditionId edition, Narrow const& narrow, Day today) {
  if (!narrow.empty()) return seen_from_activities(edition, narrow, today);
  bool const as_closed = closed(edition);
  SeenByKey seen;
  Sql tallies("select key, planned, held, cancelled, reported_low + confirmed_low, reported_high + confirmed_high from ");
  if (as_closed) tallies.add("frozen_tally");
  else tallies.add("tally");
  tallies.add(" where edition = ? and region = 0 and dimension = 'district' and planned > 0", edition);
  read_.each<TallyRow>(tallies, [&](TallyRow&& row) {
    seen[std::move(row.key)] = {row.planned, row.held, row.cancelled, {row.low, row.high}, {}, {}};
  });
  auto const put = [&](std::string const& key, LatestRow const& row) {
    auto const found = seen.find(key);
    if (found != seen.end()) found->second.last = row.last, found->second.next = row.next;
  };
  read_.each<LatestRow>(latest_days(edition, today, as_closed, true), [&](LatestRow&& row) { put(std::to_string(row.place.value), row); });
  read_.each<LatestRow>(latest_days(edition, today, as_closed, false), [&](LatestRow&& row) { put(activity::region_only_key(row.place), row); });
  // Few activities last longer than a day: they stand in an index of their own. That every last day is greater than no text is said so that SQLite
  // reads it; on the first day alone the index of the agenda seems to it as good, which has every activity.
  Sql lasting("select a.region, a.district, a.reach, a.end_day from ");
  add_activities(lasting, as_closed);
  lasting.add(
      " where a.edition = ? and a.end_day > '' and a.end_day > a.day and a.day_precision = 'day' and a.day <= ?"
      " and a.state in ('held', 'reported', 'confirmed')",
      edition, today);
  read_.each<LastingRow>(lasting, [&](LastingRow&& row) {
    auto const found = seen.find(key_of(row.region, row.district, row.reach));
    if (found != seen.end() && found->second.last) take_later(found->second.last, std::min(row.end_day, today));
  });
  return seen;
}

SeenByKey Store::seen_from_activities(campaign::EditionId edition, Narrow const& narrow, Day today) {
  Sql sql(
      "select a.region, a.district, a.reach, a.state, count(*), cast(coalesce(sum(a.attendance_low), 0) as bigint),"
      " cast(coalesce(sum(a.attendance_high), 0) as bigint), min(case when a.day >= ? then a.day end), max(case when a.day <= ? then",
      today, today);
  add_last_day(sql, today);
  sql.add(" end)");
  add_source(sql, narrow, closed(edition));
  add_conditions(sql, edition, narrow);
  sql.add(" group by a.region, a.district, a.reach, a.state");
  SeenByKey seen;
  read_.each<CountedRow>(sql, [&](CountedRow&& row) {
    auto& place = seen[key_of(row.region, row.district, row.reach)];
    auto const state = activity::state_of(row.state).value();
    place.planned += row.count;
    if (activity::happened(state)) place.held += row.count;
    if (state == activity::State::cancelled) place.cancelled += row.count;
    if (state == activity::State::reported || state == activity::State::confirmed) place.attendance += {row.low, row.high};
    // When something is known of places that can be gone to alone: an oblast as a whole is nowhere.
    if (activity::happened(state)) take_later(place.last, row.last);
    if (state == activity::State::approved) take_earlier(place.next, row.next);
  });
  return seen;
}

std::vector<Store::Cell> Store::cells(campaign::EditionId edition, PlaceId region, Narrow const& narrow, By by) {
  // The list of the columns is joined beside what narrows the plan, so that what has nothing of it is seen too.
  auto rest = narrow;
  if (by == By::topic) rest.topic.clear();
  if (by == By::audience) rest.audience.clear();
  Sql sql("select a.region, a.district, a.reach, ");
  switch (by) {
    case By::week: sql.add("a.week"); break;
    case By::kind: sql.add("a.kind"); break;
    case By::topic: sql.add("coalesce(c.topic, ?)", activity::not_said); break;
    case By::audience: sql.add("coalesce(c.audience, ?)", activity::not_said); break;
  }
  sql.add(", count(*), cast(sum(case when a.state in ('held', 'reported', 'confirmed') then 1 else 0 end) as bigint)");
  add_source(sql, rest, closed(edition));
  if (by == By::topic) sql.add(" left join activity_topic c on c.activity = a.id");
  if (by == By::audience) sql.add(" left join activity_audience c on c.activity = a.id");
  add_conditions(sql, edition, rest);
  if (by == By::topic && !narrow.topic.empty()) sql.add(" and c.topic = ?", narrow.topic);
  if (by == By::audience && !narrow.audience.empty()) sql.add(" and c.audience = ?", narrow.audience);
  if (region) sql.add(" and a.region = ?", region);
  sql.add(" group by 1, 2, 3, 4 order by 4");
  std::vector<Cell> cells;
  read_.each<CellRow>(sql, [&](CellRow&& row) {
    cells.push_back({key_of(row.region, row.district, row.reach), std::move(row.column), row.planned, row.held});
  });
  return cells;
}

std::vector<Store::Active> Store::active(campaign::EditionId edition, PlaceId place, bool is_region, Day today) {
  // Told which states it is not about, the engine reads the index by place instead of all activities in those it is about.
  Sql sql(
      "select o.organisation, count(*), cast(sum(case when a.state in ('held', 'reported', 'confirmed') then 1 else 0 end) as bigint),"
      " min(case when a.state = 'approved' and a.day >= ? then a.day end), max(case when a.state in ('held', 'reported', 'confirmed') then",
      today);
  add_last_day(sql, today);
  sql.add(" end) from ");
  add_activities(sql, closed(edition));
  sql.add(
      " join activity_organisation o on o.activity = a.id where a.edition = ? and a.state not in ('draft', 'proposed', 'returned')"
      " and o.role in ('lead', 'co_host')",
      edition);
  if (is_region) sql.add(" and a.region = ?", place);
  else sql.add(" and a.district = ?", place);
  sql.add(" group by o.organisation order by 3 desc, 2 desc, 1 limit 6");
  return read_.all<Active>(sql);
}

}  // namespace birge::gap
