#include <algorithm>

#include "features/activity/activity_store.hpp"
#include "features/activity/activity_tallies.hpp"
#include "platform/base/text.hpp"

namespace birge::activity {

namespace {

using db::Sql;

/// The index a list is read from, in the order it is shown: the activities themselves, or one of the tables that repeat edition and day.
enum class Driver { activity, organisation, topic, audience, word };

/// Words of a search that the table holds exactly, and beginnings of words.
struct Search {
  std::vector<std::string> exact, beginnings;
  bool nothing = false;  ///< the text has no word to search for
};

Search search_of(db::Reader& read, Filter const& filter) {
  Search search;
  if (filter.text.empty()) return search;
  auto const found = words(filter.text);
  search.nothing = found.empty();
  for (auto const& word : found) {
    bool const known = read.maybe<std::int64_t>("select id from search_word where object = 'activity' and word = $1 and edition = $2 limit 1", word,
                                                filter.edition).has_value();
    (known ? search.exact : search.beginnings).push_back(word);
  }
  return search;
}

Driver driver_of(Filter const& filter, Search const& search) {
  if (!search.exact.empty()) return Driver::word;
  if (filter.organisation) return Driver::organisation;
  if (!filter.topic.empty() && filter.topic != not_said) return Driver::topic;
  if (!filter.audience.empty() && filter.audience != not_said) return Driver::audience;
  return Driver::activity;
}

void add_tables(Sql& sql, Driver driver) {
  switch (driver) {
    case Driver::activity: sql.add(" from activity a"); break;
    case Driver::organisation: sql.add(" from activity_organisation x cross join activity a"); break;
    case Driver::topic: sql.add(" from activity_topic x cross join activity a"); break;
    case Driver::audience: sql.add(" from activity_audience x cross join activity a"); break;
    case Driver::word: sql.add(" from search_word x cross join activity a"); break;
  }
}

/// The clause that ties the tables, up to and with the edition.
void add_ties(Sql& sql, Driver driver, Filter const& filter, Search const& search) {
  switch (driver) {
    case Driver::activity: sql.add(" where a.edition = ?", filter.edition); break;
    case Driver::organisation:
      sql.add(" where a.id = x.activity and x.organisation = ? and x.edition = ? and x.role <> 'partner'", *filter.organisation, filter.edition);
      break;
    case Driver::topic: sql.add(" where a.id = x.activity and x.topic = ? and x.edition = ?", filter.topic, filter.edition); break;
    case Driver::audience: sql.add(" where a.id = x.activity and x.audience = ? and x.edition = ?", filter.audience, filter.edition); break;
    case Driver::word:
      sql.add(" where a.id = x.id and x.object = 'activity' and x.word = ? and x.edition = ?", search.exact.front(), filter.edition);
      break;
  }
}

void add_status(Sql& sql, Filter::Status status, Day today) {
  using Status = Filter::Status;
  switch (status) {
    case Status::any:
    case Status::planned: sql.add(" and a.state in ('approved', 'held', 'reported', 'confirmed', 'cancelled')"); break;
    case Status::held: sql.add(" and a.state in ('held', 'reported', 'confirmed')"); break;
    case Status::cancelled: sql.add(" and a.state = 'cancelled'"); break;
    case Status::moved:  // said so that the index of states is no choice and that of what moved is taken
      sql.add(" and a.state not in ('draft', 'proposed', 'returned') and (a.moved_from_day is not null or a.moved_from_place is not null)");
      break;
    case Status::unreported: sql.add(" and a.state in ('approved', 'held') and a.due_day < ?", today); break;
    case Status::upcoming: sql.add(" and a.state = 'approved' and a.end_day >= ?", today); break;
    case Status::reported: sql.add(" and a.state = 'reported'"); break;
    case Status::confirmed: sql.add(" and a.state = 'confirmed'"); break;
    case Status::counted: sql.add(" and a.state in ('reported', 'confirmed')"); break;
  }
}

void add_place(Sql& sql, Filter const& filter, campaign::Facts const& facts) {
  if (filter.reach) sql.add(" and a.reach = ?", code(*filter.reach));
  if (!filter.place) return;
  auto const* place = facts.places->find(*filter.place);
  if (!place) sql.add(" and 1 = 0");
  else if (place->level == place::Level::region) sql.add(" and a.region = ?", *filter.place);
  else if (place->level == place::Level::district) sql.add(" and a.district = ?", *filter.place);
  else sql.add(" and a.place = ?", *filter.place);
  if (filter.region_only) sql.add(" and a.district is null");
}

/// The words of a search but the one that drives; beginnings are looked up as a set.
void add_words(Sql& sql, Driver driver, Filter const& filter, Search const& search) {
  for (std::size_t i = driver == Driver::word ? 1 : 0; i < search.exact.size(); ++i)
    sql.add(" and exists (select 1 from search_word w where w.object = 'activity' and w.word = ? and w.edition = ? and w.day = a.day and w.id = a.id)",
            search.exact[i], filter.edition);
  for (auto const& beginning : search.beginnings)
    sql.add(" and a.id in (select w.id from search_word w where w.object = 'activity' and w.word >= ? and w.word < ? and w.edition = ?)", beginning,
            beginning + "\xF4\x8F\xBF\xBD", filter.edition);
  if (search.nothing) sql.add(" and 1 = 0");
}

void add_conditions(Sql& sql, Driver driver, Filter const& filter, Search const& search, campaign::Facts const& facts, Day today) {
  add_ties(sql, driver, filter, search);
  add_place(sql, filter, facts);
  if (!filter.kind.empty()) sql.add(" and a.kind = ?", filter.kind);
  if (filter.topic == not_said) sql.add(" and not exists (select 1 from activity_topic t where t.activity = a.id)");
  else if (!filter.topic.empty() && driver != Driver::topic)
    sql.add(" and exists (select 1 from activity_topic t where t.activity = a.id and t.topic = ?)", filter.topic);
  if (filter.audience == not_said) sql.add(" and not exists (select 1 from activity_audience u where u.activity = a.id)");
  else if (!filter.audience.empty() && driver != Driver::audience)
    sql.add(" and exists (select 1 from activity_audience u where u.activity = a.id and u.audience = ?)", filter.audience);
  if (filter.organisation && driver != Driver::organisation)
    sql.add(" and exists (select 1 from activity_organisation g where g.activity = a.id and g.organisation = ? and g.role <> 'partner')",
            *filter.organisation);
  if (filter.week) sql.add(" and a.day >= ? and a.day <= ?", *filter.week, filter.week->plus(6));
  if (filter.from) sql.add(" and a.day >= ?", *filter.from);
  if (filter.until) sql.add(" and a.day <= ?", *filter.until);
  add_words(sql, driver, filter, search);
  add_status(sql, filter.status, today);
}

void add_filter(Sql& sql, Driver driver, Filter const& filter, Search const& search, campaign::Facts const& facts, Day today) {
  add_tables(sql, driver);
  add_conditions(sql, driver, filter, search, facts, today);
}

struct CardRow {
  ActivityId id;
  EditionId edition;
  std::string kind, state, visibility;
  bool sensitive = false;
  Day day;
  std::string day_precision;
  Day end_day;
  std::optional<int> start_minutes, end_minutes;
  std::string reach;
  std::optional<PlaceId> place;
  std::string village;
  OrganisationId lead;
  std::optional<Day> moved_from_day;
  std::optional<PlaceId> moved_from_place;
  std::optional<std::int64_t> attendance_low, attendance_high, audience_low, audience_high;
  Day due_day;
  std::string title, venue, language;
};

std::optional<Count> count_of(std::optional<std::int64_t> low, std::optional<std::int64_t> high) {
  if (!low) return std::nullopt;
  return Count{*low, high.value_or(*low)};
}

Card card_of(CardRow&& row) {
  return {.id = row.id,
          .edition = row.edition,
          .kind = std::move(row.kind),
          .state = state_of(row.state).value(),
          .is_public = row.visibility == "public",
          .sensitive = row.sensitive,
          .day = row.day,
          .precision = precision_of(row.day_precision).value(),
          .end_day = row.end_day,
          .start_minutes = row.start_minutes,
          .end_minutes = row.end_minutes,
          .reach = reach_of(row.reach).value(),
          .place = row.place,
          .village = std::move(row.village),
          .lead = row.lead,
          .moved_from_day = row.moved_from_day,
          .moved_from_place = row.moved_from_place,
          .attendance = count_of(row.attendance_low, row.attendance_high),
          .audience = count_of(row.audience_low, row.audience_high),
          .due_day = row.due_day,
          .title = std::move(row.title),
          .venue = std::move(row.venue),
          .text_language = std::move(row.language)};
}

/// The columns of cards and their tables. The tables are read in this order, so that texts are looked up only for what passes the filter, and
/// rows come in the order of the index without sorting.
void add_cards(Sql& sql, Driver driver, Language language) {
  sql.add("select a.id, a.edition, a.kind, a.state, a.visibility, a.sensitive, a.day, a.day_precision, a.end_day, a.start_minutes, a.end_minutes,"
          " a.reach, a.place, a.village, a.lead, a.moved_from_day, a.moved_from_place, a.attendance_low, a.attendance_high, a.audience_low,"
          " a.audience_high, a.due_day, coalesce(t.title, o.title), coalesce(t.venue, o.venue), coalesce(t.language, o.language)");
  add_tables(sql, driver);
  sql.add(" cross join activity_text o left join activity_text t on t.activity = a.id and t.language = ?", birge::code(language));
}

std::vector<Card> cards(db::Reader& read, Sql const& sql) {
  std::vector<Card> cards;
  read.each<CardRow>(sql, [&](CardRow&& row) { cards.push_back(card_of(std::move(row))); });
  return cards;
}

}  // namespace

std::string Cursor::text() const { return day + "." + id_text(id); }

std::optional<Cursor> Cursor::parse(std::string_view text) {
  auto const dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  auto const day = Day::parse(text.substr(0, dot));
  auto const id = parse_id_as<ActivityTag>(text.substr(dot + 1));
  if (!day || !id) return std::nullopt;
  return Cursor{day->iso(), *id};
}

std::vector<Card> Store::list(Filter const& filter, campaign::Facts const& facts, Language language, Day today, Cursor const& after, int limit) {
  auto const search = search_of(read_, filter);
  auto const driver = driver_of(filter, search);
  Sql sql;
  add_cards(sql, driver, language);
  add_conditions(sql, driver, filter, search, facts, today);
  sql.add(" and a.visibility = 'public' and o.activity = a.id and o.original = 1");
  if (driver == Driver::activity) {
    if (!after.day.empty()) sql.add(" and (a.day, a.id) > (?, ?)", after.day, after.id);
    sql.add(" order by a.day, a.id limit ?", limit);
  } else if (driver == Driver::word) {
    if (!after.day.empty()) sql.add(" and (x.day, x.id) > (?, ?)", after.day, after.id);
    sql.add(" order by x.day, x.id limit ?", limit);
  } else {
    if (!after.day.empty()) sql.add(" and (x.day, x.activity) > (?, ?)", after.day, after.id);
    sql.add(" order by x.day, x.activity limit ?", limit);
  }
  return cards(read_, sql);
}

std::vector<Card> Store::list_before(Filter const& filter, campaign::Facts const& facts, Language language, Day today, Cursor const& before,
                                     int limit) {
  auto const search = search_of(read_, filter);
  auto const driver = driver_of(filter, search);
  Sql sql;
  add_cards(sql, driver, language);
  add_conditions(sql, driver, filter, search, facts, today);
  sql.add(" and a.visibility = 'public' and o.activity = a.id and o.original = 1");
  if (driver == Driver::activity) sql.add(" and (a.day, a.id) < (?, ?) order by a.day desc, a.id desc limit ?", before.day, before.id, limit);
  else if (driver == Driver::word) sql.add(" and (x.day, x.id) < (?, ?) order by x.day desc, x.id desc limit ?", before.day, before.id, limit);
  else sql.add(" and (x.day, x.activity) < (?, ?) order by x.day desc, x.activity desc limit ?", before.day, before.id, limit);
  auto list = cards(read_, sql);
  std::ranges::reverse(list);  // it was read from the end
  return list;
}

db::Sql Store::select_whole(Filter const& filter, campaign::Facts const& facts, Day today) {
  auto const search = search_of(read_, filter);
  Sql sql("select a.id, a.edition, a.kind, a.state, a.visibility, a.sensitive, a.version, a.sequence, a.uid, a.day, a.day_precision, a.end_day,"
          " a.start_minutes, a.end_minutes, a.reach, a.place, a.village, a.lead, a.languages, a.entry, a.cost, a.contact, a.expected_low,"
          " a.expected_high, a.moved_from_day, a.moved_from_place, a.reason, a.external_id, a.due_day, a.source, a.created, a.changed");
  add_filter(sql, driver_of(filter, search), filter, search, facts, today);
  sql.add(" order by a.day, a.id");
  return sql;
}

namespace {

/// The row of the tallies that counts exactly what a filter finds, when there is one.
struct TallyRow {
  std::int64_t region = 0;
  std::string dimension = "total", key;
};

std::optional<TallyRow> tally_row(Filter const& filter, campaign::Facts const& facts) {
  if (filter.from || filter.until || !filter.text.empty()) return std::nullopt;
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
  return status != Status::moved && status != Status::unreported && status != Status::upcoming;
}

/// What the row of a tally says of the activities in one state.
Totals totals_of(TallyTotals const& all, Filter::Status status) {
  using Status = Filter::Status;
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

Totals Store::totals(Filter const& filter, campaign::Facts const& facts, Day today) {
  auto const row = tally_row(filter, facts);
  if (!row || !tells(filter.status)) return totals_from_activities(filter, facts, today);
  auto const found = read_.maybe<TallyTotals>(
      "select planned, held, cancelled, moved, reported, confirmed, hidden, reported_low, reported_high, confirmed_low, confirmed_high,"
      " audience_reported_low, audience_reported_high, audience_confirmed_low, audience_confirmed_high, moved_held, moved_cancelled,"
      " moved_reported, moved_confirmed, hidden_held, hidden_cancelled, hidden_reported, hidden_confirmed"
      " from tally where edition = $1 and region = $2 and dimension = $3 and key = $4",
      filter.edition, row->region, row->dimension, row->key);
  return totals_of(found.value_or(TallyTotals{}), filter.status);
}

Totals Store::totals_up_to(std::int64_t most, Filter const& filter, campaign::Facts const& facts, Day today) {
  using Status = Filter::Status;
  bool const linked = filter.status == Status::unreported || filter.status == Status::moved;
  if (linked || (tells(filter.status) && tally_row(filter, facts))) return totals(filter, facts, today);
  auto const search = search_of(read_, filter);
  auto sql = sums();
  sql.add(" from (select a.state, a.visibility, a.moved_from_day, a.moved_from_place, a.attendance_low, a.attendance_high, a.audience_low,"
          " a.audience_high");
  add_filter(sql, driver_of(filter, search), filter, search, facts, today);
  sql.add(" limit ?) a", most + 1);
  auto const counted = totals_of(read_.one<TotalsRow>(sql));
  if (counted.planned <= most) return counted;
  Totals totals;
  totals.planned = most;
  totals.more = true;
  return totals;
}

Totals Store::totals_from_activities(Filter const& filter, campaign::Facts const& facts, Day today) {
  auto const search = search_of(read_, filter);
  // What is not reported has no attendance: its sums need no column beyond those of the index of states.
  auto sql = filter.status == Filter::Status::unreported ? sums_of_unreported() : sums();
  add_filter(sql, driver_of(filter, search), filter, search, facts, today);
  return totals_of(read_.one<TotalsRow>(sql));
}

namespace {

struct PlannedRow {
  std::string dimension, key;
  std::int64_t planned = 0;
};

}  // namespace

Store::Planned Store::planned_by(EditionId edition, PlaceId region) {
  Planned planned;
  auto dimension = planned.end();
  auto const put = [&](PlannedRow&& row) {  // they come sorted, so each goes to the end
    if (dimension == planned.end() || dimension->first != row.dimension) dimension = planned.emplace_hint(planned.end(), std::move(row.dimension), Planned::mapped_type{});
    dimension->second.emplace_hint(dimension->second.end(), std::move(row.key), row.planned);
  };
  if (region.value == 0)
    read_.each<PlannedRow>("select dimension, key, planned from tally where edition = $1 and region = 0 and dimension <> 'district' order by dimension, key", put,
                           edition);
  else
    read_.each<PlannedRow>("select dimension, key, planned from tally where edition = $1 and region = $2 order by dimension, key", put, edition, region);
  return planned;
}

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
  read_.each<RegionRow>("select region, planned from tally where edition = $1 and region in (select id from place where level = 1) and dimension = $2 and key = $3",
                        [&](RegionRow&& found) { planned[found.region] = found.planned; }, filter.edition, row->dimension, row->key);
  return planned;
}

std::int64_t Store::count(Filter const& filter, campaign::Facts const& facts, Day today) {
  Filter base = filter;
  base.status = Filter::Status::any;
  if (!tally_row(base, facts) || filter.status == Filter::Status::unreported || filter.status == Filter::Status::upcoming) {
    auto const search = search_of(read_, filter);
    Sql sql("select count(*)");
    add_filter(sql, driver_of(filter, search), filter, search, facts, today);
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
    default: return totals.planned;
  }
}

}  // namespace birge::activity
