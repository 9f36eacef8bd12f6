#include <algorithm>
#include <span>
#include <unordered_map>
#include <variant>

#include "features/activity/activity_rows.hpp"
#include "features/activity/activity_whole.hpp"
#include "features/activity/list/list_filter_store.hpp"
#include "platform/db/in_list.hpp"

namespace birge::activity {

namespace {

using db::Sql;

Activity activity_of(rows::Main&& row) {
  Activity activity;
  activity.id = row.id;
  activity.edition = row.edition;
  activity.kind = std::move(row.kind);
  activity.state = state_of(row.state).value();
  activity.is_public = row.visibility == "public";
  activity.sensitive = row.sensitive;
  activity.version = row.version;
  activity.sequence = row.sequence;
  activity.uid = std::move(row.uid);
  activity.day = row.day;
  activity.precision = precision_of(row.day_precision).value();
  activity.end_day = row.end_day;
  activity.start_minutes = row.start_minutes;
  activity.end_minutes = row.end_minutes;
  activity.reach = reach_of(row.reach).value();
  activity.place = row.place;
  activity.village = std::move(row.village);
  activity.lead = row.lead;
  activity.languages = std::move(row.languages);
  activity.entry = std::move(row.entry);
  activity.cost = std::move(row.cost);
  activity.contact = std::move(row.contact);
  activity.expected = stored_count(row.expected_low, row.expected_high);
  activity.moved_from_day = row.moved_from_day;
  activity.moved_from_place = row.moved_from_place;
  activity.reason = std::move(row.reason);
  activity.external_id = std::move(row.external_id);
  activity.due_day = row.due_day;
  activity.source = row.source.value_or("");
  activity.created = row.created;
  activity.changed = row.changed;
  return activity;
}

/// Activities being put together from their tables. Rows of others are passed over.
struct Assembly {
  std::vector<Activity> activities;
  std::unordered_map<ActivityId, std::size_t> index;

  Activity* find(ActivityId id) {
    auto const found = index.find(id);
    return found == index.end() ? nullptr : &activities[found->second];
  }
  void take(rows::Main&& row) {
    index.emplace(row.id, activities.size());
    activities.push_back(activity_of(std::move(row)));
  }
  void take(rows::Text&& row) {
    auto* activity = find(row.activity);
    if (!activity) return;
    if (row.original) activity->original = row.language;
    activity->texts[std::move(row.language)] = {std::move(row.title), std::move(row.summary), std::move(row.venue)};
  }
  void take(rows::Host&& row) {
    auto* activity = find(row.activity);
    if (!activity || row.role == "lead") return;
    (row.role == "co_host" ? activity->co_hosts : activity->partners).push_back(row.organisation);
  }
  void take(rows::Where&& row) {
    if (auto* activity = find(row.activity)) activity->places.push_back(row.place);
  }
  void take(rows::Outcome&& row) {
    auto* activity = find(row.activity);
    if (!activity) return;
    activity->result = Result{.version = row.version,
                              .method = std::move(row.method),
                              .attendance = stored_count(row.total_low, row.total_high),
                              .audience = stored_count(row.audience_low, row.audience_high),
                              .cells = {},
                              .counted_by = row.counted_by,
                              .reported_day = row.reported_day,
                              .narrative = std::move(row.narrative)};
  }
  void take(rows::Heads&& row) {
    auto* activity = find(row.activity);
    if (activity && activity->result && activity->result->version == row.version)
      activity->result->cells.push_back({sex_of(row.sex).value(), std::move(row.band), {row.low, row.high}});
  }
  void take(rows::Notice&& row) {
    if (auto* activity = find(row.activity)) activity->warnings.push_back({std::move(row.code), std::move(row.field), std::move(row.detail)});
  }
};

/// So many are put together at a time, so that an edition of any size takes little memory.
constexpr std::size_t at_once = 500;

/// Whose rows are read: those of an edition, or of some activities, one at least.
using Whose = std::variant<EditionId, std::span<ActivityId const>>;

/// The choice of rows: `some` names the column that holds the activity, `all` chooses by the edition.
void add_whose(Sql& sql, Whose const& whose, db::Literal some, db::Literal all) {
  if (auto const* edition = std::get_if<EditionId>(&whose)) {
    sql.add(all, *edition);
    return;
  }
  auto const ids = std::get<std::span<ActivityId const>>(whose);
  sql.add(some);
  if (ids.size() == 1) {
    sql.add(" = ?", ids.front());
    return;
  }
  db::add_in(sql, ids, at_once / 5);
}

/// One table of the assembly: its columns, and whose rows of it.
template <class Row>
void load(db::Reader& read, Assembly& assembly, Sql sql, Whose const& whose, db::Literal some, db::Literal all, db::Literal order) {
  add_whose(sql, whose, some, all);
  sql.add(order);
  read.each<Row>(sql, [&](Row&& row) { assembly.take(std::move(row)); });
}

/// What the counting rules look at beside the activity itself.
void load_counted_parts(db::Reader& read, Assembly& assembly, Whose const& whose) {
  auto const coded = [&](Sql sql, db::Literal order, std::vector<std::string> Activity::*list) {
    add_whose(sql, whose, " where activity", " where edition = ?");
    sql.add(order);
    read.each<rows::Coded>(sql, [&](rows::Coded&& row) {
      if (auto* activity = assembly.find(row.activity)) (activity->*list).push_back(std::move(row.code));
    });
  };
  coded(Sql("select activity, topic from activity_topic"), " order by activity, topic", &Activity::topics);
  coded(Sql("select activity, audience from activity_audience"), " order by activity, audience", &Activity::audiences);
  load<rows::Host>(read, assembly, Sql("select activity, organisation, role from activity_organisation"), whose, " where activity",
                   " where edition = ?", " order by activity, position");
  load<rows::Outcome>(read, assembly,
                      Sql("select r.activity, r.version, r.method, r.total_low, r.total_high, r.audience_low, r.audience_high, r.counted_by,"
                          " r.reported_day, r.narrative from result r"),
                      whose, " where r.activity", " join activity a on a.id = r.activity where a.edition = ?", " order by r.activity, r.version");
  if (std::ranges::any_of(assembly.activities, [](Activity const& activity) { return activity.result.has_value(); }))
    load<rows::Heads>(read, assembly, Sql("select c.activity, c.version, c.sex, c.band, c.low, c.high from result_count c"), whose,
                      " where c.activity", " join activity a on a.id = c.activity where a.edition = ?", " order by c.activity, c.sex, c.band");
}

void load_parts(db::Reader& read, Assembly& assembly, Whose const& whose) {
  load_counted_parts(read, assembly, whose);
  load<rows::Text>(read, assembly, Sql("select t.activity, t.language, t.original, t.title, t.summary, t.venue from activity_text t"), whose,
                   " where t.activity", " join activity a on a.id = t.activity where a.edition = ?", " order by t.activity, t.language");
  if (std::ranges::any_of(assembly.activities, [](Activity const& activity) { return activity.reach == Reach::several; }))
    load<rows::Where>(read, assembly, Sql("select p.activity, p.place from activity_place p"), whose, " where p.activity",
                      " join activity a on a.id = p.activity where a.edition = ?", " order by p.activity, p.place");
  load<rows::Notice>(read, assembly, Sql("select w.activity, w.code, w.field, w.detail from activity_warning w"), whose, " where w.activity",
                     " join activity a on a.id = w.activity where a.edition = ?", " order by w.activity, w.position");
}

Sql main_rows() {
  return Sql(
      "select a.id, a.edition, a.kind, a.state, a.visibility, a.sensitive, a.version, a.sequence, a.uid, a.day, a.day_precision, a.end_day,"
      " a.start_minutes, a.end_minutes, a.reach, a.place, a.village, a.lead, a.languages, a.entry, a.cost, a.contact, a.expected_low,"
      " a.expected_high, a.moved_from_day, a.moved_from_place, a.reason, a.external_id, a.due_day, a.source, a.created, a.changed");
}

/// Whole activities in the order of day and id.
std::vector<Activity> whole(db::Reader& read, Whose const& whose) {
  Assembly assembly;
  auto sql = main_rows();
  load<rows::Main>(read, assembly, sql.add(" from activity a"), whose, " where a.id", " where a.edition = ?", " order by a.day, a.id");
  if (!assembly.activities.empty()) load_parts(read, assembly, whose);
  return std::move(assembly.activities);
}

/// Each of many whole, which stand in the order of day and id.
void each_of(db::Reader& read, std::span<ActivityId const> ids, std::function<void(Activity&&)> const& take) {
  for (; !ids.empty(); ids = ids.subspan(std::min(at_once, ids.size())))
    for (auto& activity : whole(read, ids.first(std::min(at_once, ids.size())))) take(std::move(activity));
}

}  // namespace

std::optional<Activity> Store::find(ActivityId id) {
  auto found = whole(read_, std::span(&id, 1));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<Activity> Store::by_external_id(EditionId edition, std::string_view external_id) {
  auto const id =
      read_.maybe<ActivityId>("select id from activity where edition = $1 and external_id = $2 order by id limit 1", edition, external_id);
  return id ? find(*id) : std::nullopt;
}

std::vector<Activity> whole_edition(db::Reader& read, EditionId edition) { return whole(read, edition); }

std::vector<Activity> Store::all_for_counting(Filter const& filter, campaign::Facts const& facts, Day today) {
  Assembly assembly;
  auto const search = detail::search_of(read_, filter);
  auto sql = main_rows();
  detail::add_filter(sql, detail::driver_of(read_, filter, search, facts), filter, search, facts, today);
  read_.each<rows::Main>(sql.add(" order by a.day, a.id"), [&](rows::Main&& row) { assembly.take(std::move(row)); });
  load_counted_parts(read_, assembly, filter.edition);
  return std::move(assembly.activities);
}

void Store::each(Filter const& filter, campaign::Facts const& facts, Day today, std::function<void(Activity&&)> const& take) {
  auto const search = detail::search_of(read_, filter);
  Sql sql("select a.id");
  detail::add_filter(sql, detail::driver_of(read_, filter, search, facts), filter, search, facts, today);
  each_of(read_, read_.all<ActivityId>(sql.add(" order by a.day, a.id")), take);
}

std::vector<Activity> Store::listed(Filter const& filter, campaign::Facts const& facts, Day today, Cursor const& after, int limit) {
  auto const search = detail::search_of(read_, filter);
  auto const driver = detail::driver_of(read_, filter, search, facts);
  Sql sql("select a.id");
  detail::add_filter(sql, driver, filter, search, facts, today);
  sql.add(" and a.visibility = 'public'");
  detail::add_after(sql, driver, after, limit);
  std::vector<Activity> list;
  each_of(read_, read_.all<ActivityId>(sql), [&](Activity&& activity) { list.push_back(std::move(activity)); });
  return list;
}

std::vector<Store::Change> Store::history(ActivityId id) {
  return read_.all<Change>("select at, version, state, what, reason, actor from activity_change where activity = $1 order by version", id);
}

std::optional<Day> Store::result_came_in(ActivityId id) {
  return read_.maybe<Day>("select reported_day from result where activity = $1 order by version limit 1", id);
}

std::optional<Store::Source> Store::source(std::string_view key) {
  return read_.maybe<Source>("select title, address, licence, dated from source where key = $1", key);
}

}  // namespace birge::activity
