#include "features/board/board_store.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>
#include <set>
#include <utility>

#include "features/activity/list/list_clauses.hpp"
#include "platform/base/text.hpp"
#include "platform/db/in_list.hpp"

namespace birge::board {

using db::Sql;

namespace {

/// The columns of a row, behind a table `a` of activities; the texts are looked up for what passes alone.
void add_columns(Sql& sql) {
  sql.add(
      "select a.id, a.edition, a.state, a.version, a.visibility, a.kind, a.day, a.day_precision, a.end_day, a.start_minutes, a.end_minutes, a.reach, a.place,"
      " a.region, a.district, a.village, a.lead, a.due_day, a.expected_low, a.expected_high, a.attendance_low, a.attendance_high, a.moved_from_day,"
      " a.changed, coalesce(t.title, o.title), coalesce(t.venue, o.venue), coalesce(t.language, o.language), coalesce(w.unapproved, 0),"
      " w.created_by, w.proposed_by, w.proposed_for, w.escalates, w.reported_by, w.reported_for");
}

void add_texts(Sql& sql, Language language) {
  sql.add(
      " cross join activity_text o left join activity_text t on t.activity = a.id and t.language = ? and o.language <> ?"
      " left join activity_work w on w.activity = a.id",
      birge::code(language), birge::code(language));
}

/// What is the viewer's own, as a condition that begins with one that never holds.
void add_own(Sql& sql, work::Viewer::Sight const& sight, work::PersonId person) {
  sql.add("(1 = 0");
  if (!sight.organisations.empty()) {
    sql.add(" or exists (select 1 from activity_organisation h where h.activity = a.id and h.role in ('lead', 'co_host') and h.organisation");
    db::add_in(sql, sight.organisations);
    sql.add(")");
  }
  for (auto const activity : sight.helps) sql.add(" or a.id = ?", activity);
  if (sight.coordinates_country || !sight.coordinates.empty()) {
    sql.add(" or (exists (select 1 from activity_work c where c.activity = a.id and c.created_by = ?)", person);
    if (!sight.coordinates_country) {
      sql.add(" and a.region");
      db::add_in(sql, sight.coordinates);
    }
    sql.add(")");
  }
  sql.add(")");
}

/// What the viewer may know of. A draft that was put away is nobody's any more.
void add_visible(Sql& sql, work::Viewer const& viewer) {
  auto const& sight = viewer.sight();
  if (sight.sees_coalition) sql.add(" and (a.state <> 'draft' or (");
  else sql.add(" and (");
  add_own(sql, sight, viewer.person().id);
  sql.add(" and (a.state <> 'draft' or not exists (select 1 from activity_work d where d.activity = a.id and d.discarded = 1)))");
  if (sight.sees_coalition) sql.add(")");
}

void add_words(Sql& sql, activity::Filter const& filter) {
  if (filter.text.empty()) return;
  auto const found = words(filter.text);
  if (found.empty()) sql.add(" and 1 = 0");
  for (auto const& word : found)
    sql.add(" and a.id in (select s.id from search_word s where s.object = 'activity' and s.word >= ? and s.word < ? and s.edition = ?)", word,
            prefix_end(word), filter.edition);
}

void add_filter(Sql& sql, db::Reader& read, Selection const& selection, campaign::Facts const& facts, work::Viewer const& viewer) {
  auto const& filter = selection.filter;
  activity::add_properties(sql, filter, facts);
  if (selection.late) sql.add(" and a.state in ('approved', 'held') and a.due_day < ?", viewer.today());
  if (selection.unapproved) sql.add(" and exists (select 1 from activity_work n where n.activity = a.id and n.unapproved = 1)");
  if (selection.nowhere) sql.add(" and a.region is null");
  if (selection.led && filter.organisation) sql.add(" and a.lead = ?", *filter.organisation);
  if (selection.punctual) work::add_punctual(sql, *selection.punctual, viewer.today());
  if (selection.part) work::add_part(sql, read, facts, viewer.person(), viewer.today(), filter.edition);
  if (selection.own) {
    sql.add(" and ");
    add_own(sql, viewer.sight(), viewer.person().id);
  }
  add_words(sql, filter);
  add_visible(sql, viewer);
}

/// Everything of one edition that a selection and its viewer leave, behind "from activity a ... where".
void add_conditions(Sql& sql, db::Reader& read, Selection const& selection, campaign::Facts const& facts, work::Viewer const& viewer) {
  sql.add(" a.edition = ?", selection.filter.edition);
  if (!selection.states.empty()) activity::add_states(sql, selection.states);
  add_filter(sql, read, selection, facts, viewer);
}

/// What no tally counts, since it was not approved yet.
constexpr std::array not_tallied{State::draft, State::proposed, State::returned};

Selection with_state(Selection selection, State state) {
  selection.states = {state};
  return selection;
}

int groups(Order by, campaign::Facts const& facts) {
  switch (by) {
    case Order::day: return 1;
    case Order::state: return static_cast<int>(life.size());
    case Order::place: return static_cast<int>(facts.places->regions().size()) + 1;  // what is in no region comes last
  }
  return 1;
}

void add_group(Sql& sql, Order by, int group, campaign::Facts const& facts) {
  auto const& regions = facts.places->regions();
  auto const index = static_cast<std::size_t>(group);
  if (by == Order::state) sql.add(" and a.state = ?", activity::code(life.at(index)));
  else if (by == Order::place && index < regions.size()) sql.add(" and a.region = ?", regions[index]->id);
  else if (by == Order::place) sql.add(" and a.region is null");
}

/// Continues behind a cursor in the order of an index: by state in the order of the days results are due on, otherwise by day.
void add_order(Sql& sql, Order by, bool down, Cursor const* after, int limit) {
  if (by == Order::state && !down) {
    if (after) sql.add(" and (a.due_day, a.id) > (?, ?)", after->day, after->id);
    sql.add(" order by a.due_day, a.id limit ?", limit);
  } else if (by == Order::state) {
    if (after) sql.add(" and (a.due_day, a.id) < (?, ?)", after->day, after->id);
    sql.add(" order by a.due_day desc, a.id desc limit ?", limit);
  } else if (!down) {
    if (after) sql.add(" and (a.day, a.id) > (?, ?)", after->day, after->id);
    sql.add(" order by a.day, a.id limit ?", limit);
  } else {
    if (after) sql.add(" and (a.day, a.id) < (?, ?)", after->day, after->id);
    sql.add(" order by a.day desc, a.id desc limit ?", limit);
  }
}

}  // namespace

std::vector<Row> Store::rows(Selection const& selection, Sort sort, Language language, std::optional<Cursor> const& after, bool backwards,
                             int limit) {
  bool const down = sort.down != backwards;
  int const all = groups(sort.by, facts_);
  int const step = down ? -1 : 1;
  // A group is one state already: a list of states beside it would keep the engine from reading the index in order.
  auto chosen = selection;
  if (sort.by == Order::state) chosen.states.clear();
  std::vector<Row> list;
  for (int group = after ? after->group : down ? all - 1 : 0; group >= 0 && group < all && static_cast<int>(list.size()) < limit; group += step) {
    if (sort.by == Order::state && !selection.states.empty() &&
        std::ranges::find(selection.states, life.at(static_cast<std::size_t>(group))) == selection.states.end())
      continue;
    Sql sql;
    add_columns(sql);
    sql.add(" from activity a");
    add_texts(sql, language);
    sql.add(" where o.activity = a.id and o.original = 1 and");
    add_conditions(sql, read_, chosen, facts_, viewer_);
    add_group(sql, sort.by, group, facts_);
    bool const here = after && after->group == group;
    add_order(sql, sort.by, down, here ? &*after : nullptr, limit - static_cast<int>(list.size()));
    auto found = read_.all<Row>(sql);
    std::ranges::move(found, std::back_inserter(list));
  }
  if (backwards) std::ranges::reverse(list);
  return list;
}

Cursor Store::cursor(Row const& row, Sort sort) const {
  if (sort.by == Order::state) {
    auto const found = std::ranges::find(life, row.the_state());
    return {static_cast<int>(found - life.begin()), row.due_day, row.id};
  }
  if (sort.by == Order::day) return {0, row.day, row.id};
  auto const& regions = facts_.places->regions();
  auto const found = std::ranges::find_if(regions, [&](place::Place const* region) { return row.region == region->id; });
  return {static_cast<int>(found - regions.begin()), row.day, row.id};
}

bool Store::all_that_counts(Selection const& selection) const {
  Selection whole;
  whole.filter.edition = selection.filter.edition;
  return selection == whole && viewer_.sight().sees_coalition;
}

std::map<State, std::int64_t> Store::counts(Selection const& selection) {
  struct Count {
    std::string state;
    std::int64_t number = 0;
  };
  std::map<State, std::int64_t> counts;
  auto const add = [&](Selection const& some) {
    Sql sql("select a.state, count(*) from activity a where");
    add_conditions(sql, read_, some, facts_, viewer_);
    sql.add(" group by a.state");
    for (auto const& [state, number] : read_.all<Count>(sql)) counts[activity::state_of(state).value()] = number;
  };
  if (!all_that_counts(selection)) {
    add(selection);
    return counts;
  }
  // One state after the other: each is read from its index.
  for (auto const state : not_tallied) add(with_state(selection, state));
  auto const totals = activity::Store(read_).totals(selection.filter, facts_, viewer_.today());
  auto const put = [&](State state, std::int64_t number) {
    if (number > 0) counts[state] = number;
  };
  put(State::approved, totals.planned - totals.held - totals.cancelled);
  put(State::held, totals.held - totals.reported - totals.confirmed);
  put(State::reported, totals.reported);
  put(State::confirmed, totals.confirmed);
  put(State::cancelled, totals.cancelled);
  return counts;
}

std::vector<Row> Store::of_state(Selection const& selection, State state, Language language, int limit) {
  auto one = selection;
  one.states = {state};
  bool const finished = state == State::confirmed || state == State::cancelled;
  return rows(one, {Order::state, finished}, language, std::nullopt, false, limit);
}

std::map<Day, std::int64_t> Store::numbers_of_days(Selection const& selection, Day from, Day until) {
  struct Number {
    Day day;
    std::int64_t number = 0;
  };
  std::map<Day, std::int64_t> numbers;
  auto const add = [&](Number&& found) { numbers[found.day] += found.number; };
  if (!all_that_counts(selection)) {
    Sql sql("select a.day, count(*) from activity a where a.day >= ? and a.day <= ? and", from, until);
    add_conditions(sql, read_, selection, facts_, viewer_);
    sql.add(" group by a.day");
    read_.each<Number>(sql, add);
    return numbers;
  }
  read_.each<Number>("select day, planned from tally_day where edition = $1 and day >= $2 and day <= $3", add, selection.filter.edition, from, until);
  // The others are few: found by their states, in this order of tables, since an engine would rather walk through the days.
  for (auto const state : not_tallied) {
    Sql sql(
        "select a.day, 1 from activity s cross join activity a where s.edition = ? and s.state = ? and a.id = s.id and a.day >= ? and a.day <= ?"
        " and",
        selection.filter.edition, activity::code(state), from, until);
    add_conditions(sql, read_, selection, facts_, viewer_);
    read_.each<Number>(sql, add);
  }
  return numbers;
}

std::map<Day, std::vector<ActivityId>> Store::going_on(Selection const& selection, Day from, Day until) {
  struct Lasting {
    ActivityId id;
    Day day, end_day;
  };
  std::map<Day, std::vector<ActivityId>> days;
  // Few activities last longer than a day: they stand in an index of their own. What is known by its month alone is on no day of it.
  Sql sql(
      "select a.id, a.day, a.end_day from activity a where a.end_day > a.day and a.day_precision = 'day' and a.end_day >= ? and"
      " a.day < ? and",
      from, until);
  add_conditions(sql, read_, selection, facts_, viewer_);
  auto all = read_.all<Lasting>(sql);  // sorted here, or an engine would read the whole edition in order instead
  std::ranges::sort(all, std::ranges::greater(), [](Lasting const& one) { return std::pair(one.day, one.id); });
  for (auto const& found : all)
    for (auto day = std::max(found.day.plus(1), from); day <= std::min(found.end_day, until); day = day.plus(1)) days[day].push_back(found.id);
  return days;
}

std::vector<Row> Store::going_on(Selection const& selection, Day day, Language language, int most) {
  auto days = going_on(selection, day, day);
  auto& ids = days[day];
  ids.resize(std::min(ids.size(), static_cast<std::size_t>(most)));
  auto rows = of_ids(selection.filter.edition, ids, language);
  std::ranges::sort(rows, std::ranges::greater(), [](Row const& row) { return std::pair(row.day, row.id); });
  return rows;
}

std::map<Day, OfDay> Store::of_days(Selection const& selection, Day from, Day until, Language language, int most) {
  // A dense month has thousands: they are counted from an index, and whole rows are read for the few of each day that are shown.
  std::map<Day, OfDay> days;
  std::map<Day, std::vector<ActivityId>> chosen;
  for (auto const& [day, lasting] : going_on(selection, from, until)) {
    days[day].number = static_cast<std::int64_t>(lasting.size());
    chosen[day].assign(lasting.begin(), lasting.begin() + std::min(std::ssize(lasting), std::ptrdiff_t{most}));
  }
  for (auto const& [day, number] : numbers_of_days(selection, from, until)) {
    auto& ids = chosen[day];
    // Half of the room is kept for what begins.
    auto const begun = static_cast<int>(std::min<std::int64_t>(number, std::max(most - static_cast<int>(ids.size()), most / 2)));
    ids.resize(std::min(ids.size(), static_cast<std::size_t>(most - begun)));
    Sql sql("select a.id from activity a where a.day = ? and", day);
    add_conditions(sql, read_, selection, facts_, viewer_);
    sql.add(" order by coalesce(a.start_minutes, 1440), a.id limit ?", begun);
    read_.each<ActivityId>(sql, [&](ActivityId&& id) { ids.push_back(id); });
    days[day].number += number;
  }
  std::set<ActivityId> shown;
  for (auto const& [day, ids] : chosen) shown.insert(ids.begin(), ids.end());
  std::map<ActivityId, Row> rows;
  for (auto& row : of_ids(selection.filter.edition, {shown.begin(), shown.end()}, language)) rows.emplace(row.id, std::move(row));
  for (auto const& [day, ids] : chosen)
    for (auto const id : ids)
      if (auto const row = rows.find(id); row != rows.end()) days[day].rows.push_back(row->second);
  return days;
}

std::vector<Row> Store::of_ids(activity::EditionId edition, std::vector<ActivityId> const& ids, Language language) {
  if (ids.empty()) return {};
  Sql sql;
  add_columns(sql);
  sql.add(" from activity a");
  add_texts(sql, language);
  // The edition is no way to find them: it is asked of each.
  sql.add(" where o.activity = a.id and o.original = 1 and a.edition + 0 = ?", edition);
  add_visible(sql, viewer_);
  sql.add(" and a.id");
  db::add_in(sql, ids);
  return read_.all<Row>(sql);
}

std::map<ActivityId, std::vector<OrganisationId>> Store::co_hosts(std::vector<Row> const& rows) {
  struct Host {
    ActivityId activity;
    OrganisationId organisation;
  };
  std::map<ActivityId, std::vector<OrganisationId>> hosts;
  if (rows.empty()) return hosts;
  Sql sql("select activity, organisation from activity_organisation where role = 'co_host' and activity");
  db::add_in(sql, rows | std::views::transform(&Row::id));
  sql.add(" order by activity, position");
  for (auto const& host : read_.all<Host>(sql)) hosts[host.activity].push_back(host.organisation);
  return hosts;
}

}  // namespace birge::board
