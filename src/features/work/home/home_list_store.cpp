#include <algorithm>
#include <functional>
#include <iterator>
#include <span>

#include "features/activity/list/list_clauses.hpp"
#include "features/work/home/home_timeliness.hpp"
#include "features/work/work_store.hpp"
#include "platform/db/in_list.hpp"

/// Lists of work, and what is found beside an activity.
namespace birge::work {

using db::Sql;

// Regions, what is above them, and organisations are joined by "or": a list is about any of them. What an organisation holds with others is looked
// up once, not asked of each activity.
void add_where(Sql& sql, activity::EditionId edition, Where const& where) {
  if (where.everywhere) return;
  sql.add(" and (a.region");
  db::add_in(sql, where.regions);
  if (where.above_regions) sql.add(" or a.region is null");
  for (auto const organisation : where.organisations)
    sql.add(
        " or a.lead = ? or a.id in (select o.activity from activity_organisation o where o.organisation = ? and o.edition = ? and o.role = 'co_host')",
        organisation, organisation, edition);
  sql.add(")");
}

namespace {

enum class Order { due_day, end_day, day_and_hour, day_down };

/// What the rows of some activities say, in their order, with the title in a language where there is one in it. Asked for in steps, so that there
/// are few statements however long a list is.
std::vector<Brief> briefs(db::Reader& read, std::string const& language, std::span<ActivityId const> ids) {
  constexpr std::size_t at_once = 60, step = 20;
  std::vector<Brief> rows;
  rows.reserve(ids.size());
  for (; !ids.empty(); ids = ids.subspan(std::min(ids.size(), at_once))) {
    auto const some = ids.first(std::min(ids.size(), at_once));
    Sql sql(
        "select a.id, a.edition, a.state, a.version, a.kind, a.day, a.end_day, a.start_minutes, a.end_minutes, a.reach, a.place, a.region, a.village,"
        " a.lead, a.due_day, a.attendance_low, a.attendance_high, case when own.title <> '' then own.title else t.title end,"
        " case when own.title <> '' then own.language else t.language end, w.proposed_by, w.proposed_for, w.escalates, w.reported_by, w.reported_for"
        " from activity a join activity_text t on t.activity = a.id and t.original = 1"
        " left join activity_text own on own.activity = a.id and own.language = ?"
        " left join activity_work w on w.activity = a.id where a.id",
        language);
    auto found = read.all<Brief>(db::add_in(sql, some, step));
    auto const place = [&](Brief const& row) { return std::ranges::find(some, row.id) - some.begin(); };
    std::ranges::sort(found, {}, place);
    std::ranges::move(found, std::back_inserter(rows));
  }
  return rows;
}

/// Those stand-ins that fit, by id. There are few, and every request asks for them.
std::vector<StandIn> stand_ins(db::Reader& read, std::function<bool(StandIn const&)> const& fits) {
  static db::Kept<std::vector<StandIn>> kept(account::rights_version);
  auto const all = kept.get(read, [](db::Reader& from, std::string const&) {
    return std::make_shared<std::vector<StandIn> const>(
        from.all<StandIn>("select id, principal, substitute, kind, day_from, day_until from stand_in order by id"));
  });
  std::vector<StandIn> found;
  std::ranges::copy_if(*all, std::back_inserter(found), fits);
  return found;
}

bool runs(StandIn const& stand_in, Day today) { return stand_in.from <= today && (!stand_in.until || *stand_in.until >= today); }

/// A list is two questions: which activities, from indexes alone as far as that goes, and then what the first of them say.
Listed read(db::Reader& read, std::string const& language, Sql& ids, Order order, Length length) {
  switch (order) {
    case Order::due_day: ids.add(" order by a.due_day, a.id"); break;
    case Order::end_day: ids.add(" order by a.end_day, a.id"); break;
    // Those of a day stand in its order; what says no hour comes first, on both engines.
    case Order::day_and_hour: ids.add(" order by a.day, coalesce(a.start_minutes, 1440), a.id"); break;
    case Order::day_down: ids.add(" order by a.day desc, a.id desc"); break;
  }
  auto const found = read.all<ActivityId>(ids.add(" limit ?", length.counted));
  auto const shown = std::min(found.size(), static_cast<std::size_t>(length.rows));
  return {briefs(read, language, std::span(found).first(shown)), found.size(), found.size() == static_cast<std::size_t>(length.counted)};
}

/// A list that is found by state or day.
Sql rows_of(activity::EditionId edition, Where const& where) {
  Sql sql("select a.id from activity a where a.edition = ?", edition);
  add_where(sql, edition, where);
  return sql;
}

/// What organisations hold and what began before a day.
Sql held_before(activity::EditionId edition, std::vector<OrganisationId> const& organisations, Day day) {
  Sql sql("select a.id from ");
  if (organisations.size() == 1)
    sql.add(
        "activity_organisation own cross join activity a where own.edition = ? and own.organisation = ? and own.role in ('lead', 'co_host')"
        " and own.day < ?",
        edition, organisations.front(), day);
  else {
    // Several of them may hold the same one.
    sql.add(
        "(select distinct o.activity from activity_organisation o where o.edition = ? and o.role in ('lead', 'co_host') and o.day < ?"
        " and o.organisation",
        edition, day);
    db::add_in(sql, organisations);
    sql.add(") own cross join activity a where true");
  }
  sql.add(" and a.id = own.activity");
  return sql;
}

/// A draft that was put away is nobody's any more.
constexpr db::Literal not_put_away =
    " and not (a.state = 'draft' and exists (select 1 from activity_work d where d.activity = a.id and d.discarded = 1))";

}  // namespace

Listed Store::in_states(activity::EditionId edition, Where const& where, std::vector<State> const& states, Length length,
                        std::optional<Behind> const& behind) {
  auto sql = rows_of(edition, where);
  activity::add_states(sql, states);
  sql.add(not_put_away);
  if (behind) sql.add(" and (a.due_day, a.id) > (?, ?)", behind->due_day, behind->id);
  return read(read_, language_, sql, Order::due_day, length);
}

Listed Store::between(activity::EditionId edition, Where const& where, Day from, Day until, Length length) {
  auto sql = rows_of(edition, where);
  sql.add(" and a.day >= ? and a.day <= ? and a.state in ('approved', 'held', 'reported', 'confirmed')", from, until);
  return read(read_, language_, sql, Order::day_and_hour, length);
}

std::vector<ActivityId> Store::called_off_between(activity::EditionId edition, Where const& where, Day from, Day until, int limit) {
  Sql sql("select c.id from (select a.id, a.day as day from activity a where a.edition = ? and a.day >= ? and a.day <= ? and a.state = 'cancelled'",
          edition, from, until);
  add_where(sql, edition, where);
  // Said so that the index of what moved is taken.
  sql.add(
      " union select a.id, a.moved_from_day from activity a where a.edition = ? and (a.moved_from_day is not null or a.moved_from_place is not null)"
      " and a.moved_from_day >= ? and a.moved_from_day <= ? and a.state in ('approved', 'held', 'reported', 'confirmed', 'cancelled')",
      edition, from, until);
  add_where(sql, edition, where);
  return read_.all<ActivityId>(sql.add(") c group by c.id order by min(c.day), c.id limit ?", limit));
}

Listed Store::late(activity::EditionId edition, Where const& where, Day today, Length length, std::vector<OrganisationId> const& without) {
  auto sql = rows_of(edition, where);
  sql.add(" and a.state in ('approved', 'held') and a.due_day < ?", today);
  if (!without.empty()) {
    sql.add(
        " and a.id not in (select o.activity from activity_organisation o where o.edition = ? and o.role in ('lead', 'co_host')"
        " and o.organisation",
        edition);
    db::add_in(sql, without);
    sql.add(")");
  }
  return read(read_, language_, sql, Order::due_day, length);
}

Listed Store::to_report(activity::EditionId edition, std::vector<OrganisationId> const& organisations, Day today, Length length) {
  auto sql = held_before(edition, organisations, today);
  sql.add(" and a.state in ('approved', 'held') and a.end_day < ?", today);
  return read(read_, language_, sql, Order::due_day, length);
}

Listed Store::these(std::vector<ActivityId> const& ids, activity::EditionId edition, Length length) {
  if (ids.empty()) return {};
  Sql sql("select a.id from activity a where a.edition = ? and a.id", edition);
  db::add_in(sql, ids);
  sql.add(not_put_away);
  return read(read_, language_, sql, Order::due_day, length);
}

std::vector<Brief> Store::ended_between(activity::EditionId edition, Day from, Day until, int limit) {
  Sql sql("select a.id from activity a where a.edition = ? and a.state in ('approved', 'held') and a.end_day >= ? and a.end_day <= ?", edition, from,
          until);
  return read(read_, language_, sql, Order::end_day, {limit, limit}).rows;
}

std::vector<ActivityId> Store::escalated(Day behind, Day until, int limit) {
  return read_.all<ActivityId>(
      "select w.activity from activity_work w join activity a on a.id = w.activity where w.escalates > $1 and w.escalates <= $2"
      " and a.state = 'proposed' and (w.escalation_told is null or w.escalation_told <> w.escalates) order by w.activity limit $3",
      behind, until, limit);
}

std::optional<Day> Store::done_until(std::string_view work) { return read_.maybe<Day>("select until from work_done where work = $1", work); }

void note_done_until(db::Tx& tx, std::string_view work, Day day) {
  tx.run("insert into work_done (work, until) values ($1, $2) on conflict (work) do update set until = excluded.until", work, day);
}

void note_escalation_told(db::Tx& tx, ActivityId id) { tx.run("update activity_work set escalation_told = escalates where activity = $1", id); }

std::vector<Brief> Store::of_planner(PersonId person, std::vector<OrganisationId> const& organisations, activity::EditionId edition, int limit) {
  Sql sql("select a.id from activity a where a.edition = ?", edition);
  sql.add(not_put_away);
  sql.add(" and (a.id in (select activity from activity_work where created_by = ?)", person);
  for (auto const organisation : organisations)
    sql.add(" or a.id in (select activity from activity_organisation where organisation = ? and edition = ? and role in ('lead', 'co_host'))",
            organisation, edition);
  sql.add(")");
  return read(read_, language_, sql, Order::day_down, {limit, limit}).rows;
}

// There are few drafts, so each is asked whose it is: organisations hold many more activities than these.
Listed Store::drafts(PersonId person, std::vector<OrganisationId> const& organisations, activity::EditionId edition, Length length) {
  Sql sql("select a.id from activity a where a.edition = ? and a.state = 'draft'", edition);
  sql.add(not_put_away);
  sql.add(" and (exists (select 1 from activity_work w where w.activity = a.id and w.created_by = ?)", person);
  for (auto const organisation : organisations)
    sql.add(" or exists (select 1 from activity_organisation o where o.activity = a.id and o.organisation = ? and o.role in ('lead', 'co_host'))",
            organisation);
  sql.add(")");
  return read(read_, language_, sql, Order::due_day, length);  // in the order of their index: by the hour every activity of the edition is passed
}

namespace {

/// The day on which the result of an activity `a` came in; null: it is missing. The first version says so: neither a correction nor a result that came
/// back makes anybody late. One that was taken back never came in.
constexpr db::Literal came_in =
    "(select r.reported_day from result r where r.activity = a.id and r.recorded >= coalesce((select max(s.at) from activity_step s"
    " where s.activity = a.id and s.action = 'undo' and s.state_before = 'reported' and s.state <> 'reported' and s.state <> 'confirmed'"
    " and not exists (select 1 from activity_step p where p.activity = s.activity and p.action = 'return-result' and p.at < s.at)), 0)"
    " order by r.version limit 1)";

constexpr db::Literal was_due = " and a.state in ('approved', 'held', 'reported', 'confirmed') and a.due_day < ?";

/// Of lines by a key the beginning, to which it is added which activities. Materialized, so that the day is looked up once for each, however often it is
/// named.
Sql due_by(db::Literal key) {
  Sql sql("with due as materialized (select ");
  return sql.add(key).add(" as whose, a.due_day, ").add(came_in).add(" as came_in from activity a where");
}

constexpr db::Literal lines_of_due =
    ") select whose, count(*), sum(case when came_in <= due_day then 1 else 0 end), sum(case when came_in > due_day then 1 else 0 end),"
    " count(*) - count(came_in) from due group by whose";

Sql timeliness(db::Literal key, activity::EditionId edition, Where const& where, Day today) {
  auto sql = due_by(key);
  sql.add(" a.edition = ?", edition).add(was_due, today);
  add_where(sql, edition, where);
  return sql.add(lines_of_due);
}

/// More than that is counted on a page of its own only: when each came in is looked up.
constexpr std::size_t counted_beside_others = 80;

/// The lines of a few activities, looked up one by one; of none where there are more.
std::vector<Timeliness> lines_of(db::Reader& read, db::Literal key, Sql& chosen, Day today) {
  auto const ids = read.all<ActivityId>(chosen.add(" limit ?", counted_beside_others + 1));
  if (ids.empty() || ids.size() > counted_beside_others) return {};
  auto sql = due_by(key);
  db::add_in(sql.add(" a.id"), ids, counted_beside_others / 4).add(was_due, today);
  return read.all<Timeliness>(sql.add(lines_of_due).add(" order by 1"));
}

}  // namespace

std::vector<Timeliness> Store::timeliness_by_region(activity::EditionId edition, Day today) {
  Where everywhere;
  everywhere.everywhere = true;
  return read_.all<Timeliness>(timeliness("coalesce(a.region, 0)", edition, everywhere, today).add(" order by 1"));
}

std::vector<Timeliness> Store::timeliness_by_organisation(activity::EditionId edition, Where const& where, Day today) {
  return read_.all<Timeliness>(timeliness("a.lead", edition, where, today).add(" order by 5 desc, 4 desc, 1 limit 100"));
}

Store::OwnTimeliness Store::own_timeliness(activity::EditionId edition, std::vector<activity::PlaceId> const& regions,
                                           std::vector<OrganisationId> const& organisations, Day today) {
  OwnTimeliness own;
  if (!regions.empty()) {
    Sql begun("select a.id from activity a where a.edition = ? and a.day < ? and a.region", edition, today);
    own.regions = lines_of(read_, "a.region", db::add_in(begun, regions), today);
  }
  if (!organisations.empty()) {
    Sql led("select o.activity from activity_organisation o where o.edition = ? and o.day < ? and o.role = 'lead' and o.organisation", edition,
            today);
    own.organisations = lines_of(read_, "a.lead", db::add_in(led, organisations), today);
  }
  return own;
}

void add_punctual(Sql& sql, Punctual which, Day today) {
  sql.add(was_due, today);
  switch (which) {
    case Punctual::due: return;
    case Punctual::in_time: sql.add(" and ").add(came_in).add(" <= a.due_day"); return;
    case Punctual::late: sql.add(" and ").add(came_in).add(" > a.due_day"); return;
    case Punctual::missing: sql.add(" and ").add(came_in).add(" is null"); return;
  }
}

std::vector<ActivityId> Store::before(Activity const& activity) {
  if (!activity.result || !activity.result->attendance) return {};
  auto const came = *activity.result->attendance;
  return read_.all<ActivityId>(
      "select a.id from activity_organisation o join activity a on a.id = o.activity where o.organisation = $1 and o.edition = $2 and o.day >= $3"
      " and o.day < $4 and o.role = 'lead' and a.attendance_low = $5 and a.attendance_high = $6 order by o.day desc, a.id desc limit 5",
      activity.lead, activity.edition, activity.day.plus(-14), activity.day, came.low, came.high);
}

std::vector<StandIn> Store::standing_in(PersonId substitute, Day today) {
  return stand_ins(
      read_, [&](StandIn const& each) { return each.substitute == substitute && runs(each, today) && account::has_second_step(read_, substitute); });
}

std::vector<StandIn> Store::standing_in_for(std::vector<PersonId> const& principals, Day today) {
  return stand_ins(read_, [&](StandIn const& each) {
    return std::ranges::find(principals, each.principal) != principals.end() && runs(each, today) && account::has_second_step(read_, each.substitute);
  });
}

bool Store::lacks_second_step(PersonId substitute, Day today) {
  auto const named = stand_ins(read_, [&](StandIn const& each) { return each.substitute == substitute && (!each.until || *each.until >= today); });
  return !named.empty() && !account::has_second_step(read_, substitute);
}

std::set<ActivityId> Store::held_by(activity::EditionId edition, std::vector<OrganisationId> const& organisations) {
  Sql sql("select activity from activity_organisation where edition = ? and role in ('lead', 'co_host') and organisation", edition);
  auto const held = read_.all<ActivityId>(db::add_in(sql, organisations));
  return {held.begin(), held.end()};
}

std::vector<StandIn> Store::running_stand_ins(Day today) {
  return stand_ins(read_, [&](StandIn const& each) { return runs(each, today); });
}

std::vector<StandIn> Store::stand_ins_of(PersonId principal) {
  return read_.all<StandIn>("select id, principal, substitute, kind, day_from, day_until from stand_in where principal = $1 order by day_from, id",
                            principal);
}

std::optional<ActivityId> Store::latest_of(OrganisationId lead, std::string_view kind) {
  return read_.maybe<ActivityId>(
      "select a.id from activity_organisation o join activity a on a.id = o.activity where o.organisation = $1 and o.role = 'lead' and a.kind = $2"
      " order by o.edition desc, o.day desc, o.activity desc limit 1",
      lead, kind);
}

}  // namespace birge::work
