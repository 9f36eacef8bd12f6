#include <algorithm>
#include <ranges>
#include <set>

#include "features/activity/list/list_filter_store.hpp"
#include "features/activity/tally/tally.hpp"
#include "platform/db/in_list.hpp"

namespace birge::activity {

using namespace detail;

namespace {

/// The row of the tallies that counts what a filter finds but for its days, when there is one.
struct TallyRow {
  std::int64_t region = 0;
  std::string dimension = "total", key;
};

std::optional<TallyRow> row_of_figures(Filter const& filter, campaign::Facts const& facts) {
  if (!filter.text.empty() || !filter.other_than.empty() || filter.several != Filter::Several::none) return std::nullopt;
  TallyRow row;
  int dimensions = 0;
  auto const choose = [&](char const* dimension, std::string key) {
    row.dimension = dimension;
    row.key = std::move(key);
    ++dimensions;
  };
  if (filter.place) {
    auto const* place = facts.places->find(*filter.place);
    if (!place || place->level == place::Level::community) return std::nullopt;
    if (place->level == place::Level::district) choose("district", std::to_string(place->id.value));
    else if (filter.region_only) choose("district", region_only_key(place->id));
    else row.region = place->id.value;
  }
  if (filter.reach) choose("region", std::string(code(*filter.reach)));
  if (!filter.kind.empty()) choose("kind", filter.kind);
  if (!filter.topic.empty()) choose("topic", filter.topic == not_said ? std::string() : filter.topic);
  if (!filter.audience.empty()) choose("audience", filter.audience == not_said ? std::string() : filter.audience);
  if (filter.organisation) choose("organisation", std::to_string(filter.organisation->value));
  if (filter.week) choose("week", filter.week->iso());
  if (dimensions > 1) return std::nullopt;
  return row;
}

/// The row that counts exactly what a filter finds.
std::optional<TallyRow> tally_row(Filter const& filter, campaign::Facts const& facts) {
  return filter.from || filter.until ? std::nullopt : row_of_figures(filter, facts);
}

}  // namespace

bool behind_last_line(Filter filter, campaign::Facts const& facts) {
  bool const other_kinds = !filter.other_than.empty(), several = filter.several != Filter::Several::none;
  if (other_kinds == several) return false;
  filter.other_than.clear();
  filter.several = Filter::Several::none;
  auto const row = row_of_figures(filter, facts);
  return row && row->dimension == "total";
}

namespace {

struct TotalsRow {
  std::int64_t planned = 0, held = 0, cancelled = 0, moved = 0, reported = 0, confirmed = 0, hidden = 0;
  std::int64_t reported_low = 0, reported_high = 0, confirmed_low = 0, confirmed_high = 0;
  std::int64_t audience_reported_low = 0, audience_reported_high = 0, audience_confirmed_low = 0, audience_confirmed_high = 0;
};

/// Also the parts that a list of one state needs.
struct TallyTotals {
  std::int64_t planned = 0, held = 0, cancelled = 0, moved = 0, reported = 0, confirmed = 0, hidden = 0;
  std::int64_t reported_low = 0, reported_high = 0, confirmed_low = 0, confirmed_high = 0;
  std::int64_t audience_reported_low = 0, audience_reported_high = 0, audience_confirmed_low = 0, audience_confirmed_high = 0;
  std::int64_t moved_held = 0, moved_cancelled = 0, moved_reported = 0, moved_confirmed = 0;
  std::int64_t hidden_held = 0, hidden_cancelled = 0, hidden_reported = 0, hidden_confirmed = 0;
};

bool tells(Filter::Status status) {
  using Status = Filter::Status;
  return status != Status::moved && status != Status::unreported && status != Status::overdue && status != Status::upcoming;
}

/// Of what was held, all but what is reported or confirmed.
Totals totals_of_awaiting(TallyTotals const& all) {
  Totals totals;
  totals.planned = totals.held = all.held - all.reported - all.confirmed;
  totals.moved = all.moved_held - all.moved_reported - all.moved_confirmed;
  totals.hidden = all.hidden_held - all.hidden_reported - all.hidden_confirmed;
  return totals;
}

/// What the row of a tally says of the activities in one state.
Totals totals_of(TallyTotals const& all, Filter::Status status) {
  using Status = Filter::Status;
  if (status == Status::awaiting) return totals_of_awaiting(all);
  bool const any = status == Status::any || status == Status::planned, held = status == Status::held || any;
  bool const reported = status == Status::reported || status == Status::counted || held;
  bool const confirmed = status == Status::confirmed || status == Status::counted || held;
  Totals totals;
  if (reported) {
    totals.reported = all.reported;
    totals.reported_attendance = {all.reported_low, all.reported_high};
    totals.reported_audience = {all.audience_reported_low, all.audience_reported_high};
  }
  if (confirmed) {
    totals.confirmed = all.confirmed;
    totals.confirmed_attendance = {all.confirmed_low, all.confirmed_high};
    totals.confirmed_audience = {all.audience_confirmed_low, all.audience_confirmed_high};
  }
  if (any || status == Status::cancelled) totals.cancelled = all.cancelled;
  totals.held = held ? all.held : totals.reported + totals.confirmed;
  if (any) totals.planned = all.planned, totals.moved = all.moved, totals.hidden = all.hidden;
  else if (held) totals.planned = all.held, totals.moved = all.moved_held, totals.hidden = all.hidden_held;
  else if (status == Status::cancelled) totals.planned = all.cancelled, totals.moved = all.moved_cancelled, totals.hidden = all.hidden_cancelled;
  else {
    totals.planned = totals.held;
    totals.moved = (reported ? all.moved_reported : 0) + (confirmed ? all.moved_confirmed : 0);
    totals.hidden = (reported ? all.hidden_reported : 0) + (confirmed ? all.hidden_confirmed : 0);
  }
  return totals;
}

Totals totals_of(TotalsRow const& row) {
  return {.planned = row.planned,
          .held = row.held,
          .cancelled = row.cancelled,
          .moved = row.moved,
          .reported = row.reported,
          .confirmed = row.confirmed,
          .hidden = row.hidden,
          .reported_attendance = {row.reported_low, row.reported_high},
          .confirmed_attendance = {row.confirmed_low, row.confirmed_high},
          .reported_audience = {row.audience_reported_low, row.audience_reported_high},
          .confirmed_audience = {row.audience_confirmed_low, row.audience_confirmed_high}};
}

/// A sum over what is late needs nothing beyond the index of states; a list also needs the rows.
Driver driver_of_sum(db::Reader& read, Filter const& filter, Search const& search, campaign::Facts const& facts) {
  auto const driver = driver_of(read, filter, search, facts);
  return driver == Driver::late ? Driver::activity : driver;
}

/// The columns of TotalsRow over activities named a.
Sql sums() {
  return Sql(
      "select count(*), cast(coalesce(sum(case when a.state in ('held', 'reported', 'confirmed') then 1 else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state = 'cancelled' then 1 else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.moved_from_day is not null or a.moved_from_place is not null then 1 else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state = 'reported' then 1 else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state = 'confirmed' then 1 else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.visibility = 'coalition' then 1 else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state = 'reported' then a.attendance_low else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state = 'reported' then a.attendance_high else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state = 'confirmed' then a.attendance_low else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state = 'confirmed' then a.attendance_high else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state = 'reported' then a.audience_low else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state = 'reported' then a.audience_high else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state = 'confirmed' then a.audience_low else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state = 'confirmed' then a.audience_high else 0 end), 0) as bigint)");
}

Sql sums_of_unreported() {
  return Sql(
      "select count(*), cast(coalesce(sum(case when a.state = 'held' then 1 else 0 end), 0) as bigint), cast(0 as bigint),"
      " cast(coalesce(sum(case when a.moved_from_day is not null or a.moved_from_place is not null then 1 else 0 end), 0) as bigint),"
      " cast(0 as bigint), cast(0 as bigint), cast(coalesce(sum(case when a.visibility = 'coalition' then 1 else 0 end), 0) as bigint),"
      " cast(0 as bigint), cast(0 as bigint), cast(0 as bigint), cast(0 as bigint), cast(0 as bigint), cast(0 as bigint), cast(0 as bigint),"
      " cast(0 as bigint)");
}

}  // namespace

namespace {

constexpr char const* not_a_day = "9999";  // sorts behind every day

void add(Totals& sum, Totals const& more) {
  sum.planned += more.planned, sum.held += more.held, sum.cancelled += more.cancelled, sum.moved += more.moved;
  sum.reported += more.reported, sum.confirmed += more.confirmed, sum.hidden += more.hidden;
  sum.reported_attendance += more.reported_attendance, sum.confirmed_attendance += more.confirmed_attendance;
  sum.reported_audience += more.reported_audience, sum.confirmed_audience += more.confirmed_audience;
}

/// The sum of the rows of one dimension with keys from the first to the last.
Totals tallied(db::Reader& read, Filter const& filter, std::int64_t region, std::string const& dimension, std::string const& first,
               std::string const& last) {
  Totals sum;
  read.each<TallyTotals>(
      "select planned, held, cancelled, moved, reported, confirmed, hidden, reported_low, reported_high, confirmed_low, confirmed_high,"
      " audience_reported_low, audience_reported_high, audience_confirmed_low, audience_confirmed_high, moved_held, moved_cancelled,"
      " moved_reported, moved_confirmed, hidden_held, hidden_cancelled, hidden_reported, hidden_confirmed"
      " from tally where edition = $1 and region = $2 and dimension = $3 and key >= $4 and key <= $5",
      [&](TallyTotals&& row) { add(sum, totals_of(row, filter.status)); }, filter.edition, region, dimension, first, last);
  return sum;
}

}  // namespace

Totals Store::totals(Filter const& filter, campaign::Facts const& facts, Day today) {
  auto const row = row_of_figures(filter, facts);
  bool const whole = row && row->region == 0 && row->dimension == "total" && !filter.from && !filter.until;
  if (whole && filter.status == Filter::Status::moved) return totals_of_moved(filter.edition);
  if (!row || !tells(filter.status)) return totals_from_activities(filter, facts, today);
  if (!filter.from && !filter.until) return tallied(read_, filter, row->region, row->dimension, row->key, row->key);
  return row->dimension == "total" ? totals_of_days(filter, row->region, facts, today) : totals_from_activities(filter, facts, today);
}

Totals Store::totals_of_days(Filter const& filter, std::int64_t region, campaign::Facts const& facts, Day today) {
  std::optional<Day> first, last;  // Monday and Sunday of the whole weeks
  if (filter.from) first = filter.from->plus(6).week_start();
  if (filter.until) last = filter.until->plus(1).week_start().plus(-1);
  if (first && last && *last < *first) return totals_from_activities(filter, facts, today);
  auto sum = tallied(read_, filter, region, "week", first ? first->iso() : std::string(), last ? last->iso() : not_a_day);
  Filter edge = filter;
  if (first && *filter.from < *first) {
    edge.until = first->plus(-1);
    add(sum, totals_from_activities(edge, facts, today));
  }
  if (last && *last < *filter.until) {
    edge.from = last->plus(1);
    edge.until = filter.until;
    add(sum, totals_from_activities(edge, facts, today));
  }
  return sum;
}

Totals Store::totals_up_to(std::int64_t most, Filter const& filter, campaign::Facts const& facts, Day today) {
  using Status = Filter::Status;
  // Figures open what is late, what moved, what is behind the last line of a table, and the rows of the tallies, in a report also of some days alone:
  // those numbers are never cut short.
  bool const linked =
      behind_last_line(filter, facts) || filter.status == Status::unreported || filter.status == Status::overdue || filter.status == Status::moved;
  if (linked || (filter.status != Status::upcoming && row_of_figures(filter, facts))) return totals(filter, facts, today);
  std::set<ActivityId> found;
  auto const limit = most + 1;
  each_search(read_, filter, [&](Search const& search) {
    Sql sql("select a.id");
    add_filter(sql, driver_of(read_, filter, search, facts), filter, search, facts, today);
    sql.add(" limit ?", limit);
    read_.each<ActivityId>(sql, [&](ActivityId&& id) { found.insert(id); });
  });
  if (static_cast<std::int64_t>(found.size()) > most) {
    Totals totals;
    totals.planned = most;
    totals.more = true;
    return totals;
  }
  auto sql = sums();
  sql.add(" from activity a where a.id");
  db::add_in(sql, found, 100);
  return totals_of(read_.one<TotalsRow>(sql));
}

namespace {

struct MovedRow {
  std::string state, visibility;
  std::int64_t count = 0, attendance_low = 0, attendance_high = 0, audience_low = 0, audience_high = 0;
};

}  // namespace

/// What was moved in a whole edition: sums by state from the index of such activities alone.
Totals Store::totals_of_moved(EditionId edition) {
  Totals totals;
  read_.each<MovedRow>(
      "select state, visibility, count(*), cast(coalesce(sum(attendance_low), 0) as bigint), cast(coalesce(sum(attendance_high), 0) as bigint),"
      " cast(coalesce(sum(audience_low), 0) as bigint), cast(coalesce(sum(audience_high), 0) as bigint)"
      " from activity where edition = $1 and (moved_from_day is not null or moved_from_place is not null) group by state, visibility",
      [&](MovedRow&& row) {
        auto const state = state_of(row.state);
        if (!state || !counted(*state)) return;
        totals.planned += row.count;
        totals.moved += row.count;
        if (row.visibility == "coalition") totals.hidden += row.count;
        if (happened(*state)) totals.held += row.count;
        if (*state == State::cancelled) totals.cancelled += row.count;
        Count const attendance{row.attendance_low, row.attendance_high}, audience{row.audience_low, row.audience_high};
        if (*state == State::reported) totals.reported += row.count, totals.reported_attendance += attendance, totals.reported_audience += audience;
        if (*state == State::confirmed)
          totals.confirmed += row.count, totals.confirmed_attendance += attendance, totals.confirmed_audience += audience;
      },
      edition);
  return totals;
}

Totals Store::totals_from_activities(Filter const& filter, campaign::Facts const& facts, Day today) {
  auto const search = search_of(read_, filter);
  // What is not reported has no attendance: its sums need no column beyond those of the index of states.
  bool const late = filter.status == Filter::Status::unreported || filter.status == Filter::Status::overdue;
  auto sql = late ? sums_of_unreported() : sums();
  add_filter(sql, driver_of_sum(read_, filter, search, facts), filter, search, facts, today);
  return totals_of(read_.one<TotalsRow>(sql));
}

namespace {

/// Activities that stand in a table so many times beyond once.
struct RepeatedRow {
  std::int64_t beyond = 0, activities = 0, attendance_low = 0, attendance_high = 0, audience_low = 0, audience_high = 0;
};

Sql lines_beyond_one(Filter::Several several) {
  if (several == Filter::Several::hosts)
    return Sql("select (select count(*) from activity_organisation o where o.activity = a.id and o.role = 'co_host')");
  if (several == Filter::Several::topics) return Sql("select (select count(*) - 1 from activity_topic o where o.activity = a.id)");
  return Sql("select (select count(*) - 1 from activity_audience o where o.activity = a.id)");
}

}  // namespace

Repeated Store::repeated(Filter const& filter, campaign::Facts const& facts, Day today) {
  Repeated repeated;
  if (filter.several == Filter::Several::none || !behind_last_line(filter, facts)) return repeated;
  auto const search = search_of(read_, filter);
  auto sql = lines_beyond_one(filter.several);
  sql.add(
      " beyond, count(*), cast(coalesce(sum(case when a.state in ('reported', 'confirmed') then a.attendance_low else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state in ('reported', 'confirmed') then a.attendance_high else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state in ('reported', 'confirmed') then a.audience_low else 0 end), 0) as bigint),"
      " cast(coalesce(sum(case when a.state in ('reported', 'confirmed') then a.audience_high else 0 end), 0) as bigint)");
  add_filter(sql, driver_of_sum(read_, filter, search, facts), filter, search, facts, today);
  sql.add(" group by beyond");
  read_.each<RepeatedRow>(sql, [&](RepeatedRow&& row) {
    repeated.activities += row.beyond * row.activities;
    repeated.attendance += Count{row.attendance_low, row.attendance_high} * row.beyond;
    repeated.audience += Count{row.audience_low, row.audience_high} * row.beyond;
  });
  return repeated;
}

ScopeLines Store::planned_by(EditionId edition, PlaceId region) { return scope(read_, edition.value, region.value); }

namespace {

struct RegionRow {
  PlaceId region;
  std::int64_t planned = 0;
};

}  // namespace

std::optional<std::map<PlaceId, std::int64_t>> Store::planned_by_region(Filter filter, campaign::Facts const& facts) {
  filter.place.reset();
  filter.region_only = false;
  bool const all = filter.status == Filter::Status::any || filter.status == Filter::Status::planned;
  auto const row = tally_row(filter, facts);
  if (!row || filter.reach || !all) return std::nullopt;
  std::map<PlaceId, std::int64_t> planned;
  // Each region is one step in the table's order; the regions are known, so that nobody has to look for them among all places.
  Sql sql("select region, planned from tally where edition = ? and dimension = ? and key = ? and region", filter.edition, row->dimension, row->key);
  db::add_in(sql, facts.places->regions() | std::views::transform(&place::Place::id));
  read_.each<RegionRow>(sql, [&](RegionRow&& found) {
    if (found.region) planned[found.region] = found.planned;
  });
  return planned;
}

std::int64_t Store::count(Filter const& filter, campaign::Facts const& facts, Day today) {
  Filter base = filter;
  base.status = Filter::Status::any;
  bool const by_day =
      filter.status == Filter::Status::unreported || filter.status == Filter::Status::overdue || filter.status == Filter::Status::upcoming;
  if (!tally_row(base, facts) || by_day) {
    auto const search = search_of(read_, filter);
    Sql sql("select count(*)");
    add_filter(sql, driver_of_sum(read_, filter, search, facts), filter, search, facts, today);
    return read_.one<std::int64_t>(sql);
  }
  auto const totals = this->totals(base, facts, today);
  switch (filter.status) {
    case Filter::Status::held: return totals.held;
    case Filter::Status::cancelled: return totals.cancelled;
    case Filter::Status::moved: return totals.moved;
    case Filter::Status::reported: return totals.reported;
    case Filter::Status::confirmed: return totals.confirmed;
    case Filter::Status::counted: return totals.reported + totals.confirmed;
    case Filter::Status::awaiting: return totals.held - totals.reported - totals.confirmed;
    default: return totals.planned;
  }
}

}  // namespace birge::activity
