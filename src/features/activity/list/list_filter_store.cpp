#include "features/activity/list/list_filter_store.hpp"

#include <limits>

#include "features/activity/list/list_clauses.hpp"
#include "platform/base/text.hpp"

namespace birge::activity::detail {

namespace {

Beginning beginning_of(db::Reader& read, std::string const& word) {
  constexpr std::int64_t collected = 1000;
  Beginning beginning{word, prefix_end(word), false};
  auto const words =
      read.one<std::int64_t>("select count(*) from (select 1 from search_word where object = 'activity' and word >= $1 and word < $2 limit $3) found",
                             beginning.from, beginning.until, collected);
  beginning.common = words == collected;
  return beginning;
}

/// The place that a filter chooses, where it is a region or a district.
place::Place const* region_or_district(Filter const& filter, campaign::Facts const& facts) {
  auto const* place = filter.place ? facts.places->find(*filter.place) : nullptr;
  return place && (place->level == place::Level::region || place->level == place::Level::district) ? place : nullptr;
}

void add_late_ties(Sql& sql, Filter const& filter, campaign::Facts const& facts, Day today) {
  sql.add(" where a.id = x.id and x.edition = ? and x.state in ('approved', 'held') and x.due_day < ?", filter.edition, today);
  if (!filter.kind.empty()) sql.add(" and x.kind = ?", filter.kind);
  auto const* place = region_or_district(filter, facts);
  if (place && place->level == place::Level::region) sql.add(" and x.region = ?", place->id);
  if (place && place->level == place::Level::district) sql.add(" and x.district = ?", place->id);
}

/// The clause that ties the tables, up to and with the edition.
void add_ties(Sql& sql, Driver driver, Filter const& filter, Search const& search, campaign::Facts const& facts, Day today) {
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
    case Driver::late: add_late_ties(sql, filter, facts, today); break;
  }
}

void add_status(Sql& sql, Filter::Status status, Day today) {
  using Status = Filter::Status;
  switch (status) {
    case Status::any:
    case Status::planned:  // told by the few states left out: for a list of more than two SQLite builds a table of its own each time
      sql.add(" and a.state <> 'draft' and a.state <> 'proposed' and a.state <> 'returned'");
      break;
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
    case Status::awaiting: sql.add(" and a.state = 'held'"); break;
    case Status::overdue: sql.add(" and a.state = 'held' and a.due_day < ?", today); break;
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

void add_several(Sql& sql, Filter::Several several) {
  using Several = Filter::Several;
  switch (several) {
    case Several::none: break;
    case Several::hosts: sql.add(" and a.co_hosted = 1"); break;
    case Several::topics: sql.add(" and (select count(*) from activity_topic t where t.activity = a.id) > 1"); break;
    case Several::audiences: sql.add(" and (select count(*) from activity_audience u where u.activity = a.id) > 1"); break;
  }
}

/// What a filter says of the activity itself, without what the driver has found it by.
void add_properties_beside(Sql& sql, Driver driver, Filter const& filter, campaign::Facts const& facts) {
  add_place(sql, filter, facts);
  if (!filter.kind.empty()) sql.add(" and a.kind = ?", filter.kind);
  for (auto const& kind : filter.other_than) sql.add(" and a.kind <> ?", kind);
  add_several(sql, filter.several);
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
}

/// The words of a search but the one that drives; beginnings are looked up as a set. A search counts only what is public: a number that counted
/// the rest would let its titles and venues be guessed letter by letter.
void add_words(Sql& sql, Driver driver, Filter const& filter, Search const& search) {
  if (!filter.text.empty()) sql.add(" and a.visibility = 'public'");
  for (std::size_t i = driver == Driver::word ? 1 : 0; i < search.exact.size(); ++i)
    sql.add(
        " and exists (select 1 from search_word w where w.object = 'activity' and w.word = ? and w.edition = ? and w.day = a.day and w.id = a.id)",
        search.exact[i], filter.edition);
  for (auto const& [from, until, common] : search.beginnings) {
    if (common) sql.add(" and exists (select 1 from activity_words w where w.activity = a.id and replace(w.words, ?, '') <> w.words)", " " + from);
    else
      sql.add(" and a.id in (select w.id from search_word w where w.object = 'activity' and w.word >= ? and w.word < ? and w.edition = ?)", from,
              until, filter.edition);
  }
  if (search.nothing) sql.add(" and 1 = 0");
}

}  // namespace

Search search_of(db::Reader& read, Filter const& filter) {
  Search search;
  if (filter.text.empty()) return search;
  auto const found = words(filter.text);
  search.nothing = found.empty();
  for (auto const& word : found) {
    bool const known =
        read.maybe<std::int64_t>(
                "select a.id from search_word x cross join activity a where x.object = 'activity' and x.word = $1 and x.edition = $2 and a.id = x.id"
                " and a.visibility = 'public' limit 1",
                word, filter.edition)
            .has_value();
    if (known) search.exact.push_back(word);
    else search.beginnings.push_back(beginning_of(read, word));
  }
  return search;
}

Search spelled_out(db::Reader& read, Filter const& filter) {
  constexpr std::size_t few = 12;
  auto search = search_of(read, filter);
  if (!search.exact.empty() || search.beginnings.empty()) return search;
  // From word to word in the order of the index, passing over the rows of each.
  auto const& first = search.beginnings.front();
  std::vector<std::string> words;
  auto next = read.maybe<std::string>("select word from search_word where object = 'activity' and word >= $1 and word < $2 order by word limit 1",
                                      first.from, first.until);
  while (next && words.size() <= few) {
    words.push_back(*next);
    next = read.maybe<std::string>("select word from search_word where object = 'activity' and word > $1 and word < $2 order by word limit 1",
                                   words.back(), first.until);
  }
  if (words.empty() || words.size() > few) return search;
  search.any_of = std::move(words);
  search.beginnings.erase(search.beginnings.begin());
  return search;
}

namespace {

std::int64_t planned_in(db::Reader& read, EditionId edition, std::string_view dimension, std::string_view key) {
  return read
      .maybe<std::int64_t>("select planned from tally where edition = $1 and region = 0 and dimension = $2 and key = $3", edition, dimension, key)
      .value_or(0);
}

}  // namespace

Driver driver_of(db::Reader& read, Filter const& filter, Search const& search, campaign::Facts const& facts) {
  struct Candidate {
    Driver driver;
    std::string_view dimension;
    std::string key;
  };
  if (!search.exact.empty()) return Driver::word;
  std::vector<Candidate> candidates;
  if (filter.organisation) candidates.push_back({Driver::organisation, "organisation", std::to_string(filter.organisation->value)});
  if (!filter.topic.empty() && filter.topic != not_said) candidates.push_back({Driver::topic, "topic", filter.topic});
  if (!filter.audience.empty() && filter.audience != not_said) candidates.push_back({Driver::audience, "audience", filter.audience});
  if (candidates.empty()) {
    bool const narrow = !filter.kind.empty() || region_or_district(filter, facts);
    return narrow && (filter.status == Filter::Status::unreported || filter.status == Filter::Status::overdue) ? Driver::late : Driver::activity;
  }
  // Places and kinds are in indices of the activities themselves.
  auto const* place = filter.place ? facts.places->find(*filter.place) : nullptr;
  if (place && place->level <= place::Level::district)
    candidates.push_back({Driver::activity, place->level == place::Level::region ? "region" : "district", std::to_string(place->id.value)});
  if (!filter.kind.empty()) candidates.push_back({Driver::activity, "kind", filter.kind});
  if (candidates.size() == 1) return candidates.front().driver;
  auto best = candidates.front().driver;
  auto fewest = std::numeric_limits<std::int64_t>::max();
  for (auto const& [driver, dimension, key] : candidates) {
    auto const count = planned_in(read, filter.edition, dimension, key);
    if (count < fewest) best = driver, fewest = count;
  }
  return best;
}

void add_tables(Sql& sql, Driver driver) {
  switch (driver) {
    case Driver::activity: sql.add(" from activity a"); break;
    case Driver::organisation: sql.add(" from activity_organisation x cross join activity a"); break;
    case Driver::topic: sql.add(" from activity_topic x cross join activity a"); break;
    case Driver::audience: sql.add(" from activity_audience x cross join activity a"); break;
    case Driver::word: sql.add(" from search_word x cross join activity a"); break;
    case Driver::late: sql.add(" from activity x cross join activity a"); break;
  }
}

void add_conditions(Sql& sql, Driver driver, Filter const& filter, Search const& search, campaign::Facts const& facts, Day today) {
  add_ties(sql, driver, filter, search, facts, today);
  add_properties_beside(sql, driver, filter, facts);
  add_words(sql, driver, filter, search);
  add_status(sql, filter.status, today);
}

void add_filter(Sql& sql, Driver driver, Filter const& filter, Search const& search, campaign::Facts const& facts, Day today) {
  add_tables(sql, driver);
  add_conditions(sql, driver, filter, search, facts, today);
}

void add_after(Sql& sql, Driver driver, Cursor const& after, int limit) {
  if (driver == Driver::activity || driver == Driver::late) {
    if (!after.day.empty() && after.whole_day()) sql.add(" and a.day >= ?", after.day);
    else if (!after.day.empty()) sql.add(" and (a.day, a.id) > (?, ?)", after.day, after.id);
    sql.add(" order by a.day, a.id limit ?", limit);
  } else if (driver == Driver::word) {
    if (!after.day.empty()) sql.add(" and (x.day, x.id) > (?, ?)", after.day, after.id);
    sql.add(" order by x.day, x.id limit ?", limit);
  } else {
    if (!after.day.empty()) sql.add(" and (x.day, x.activity) > (?, ?)", after.day, after.id);
    sql.add(" order by x.day, x.activity limit ?", limit);
  }
}

}  // namespace birge::activity::detail

namespace birge::activity {

void add_properties(db::Sql& sql, Filter const& filter, campaign::Facts const& facts) {
  detail::add_properties_beside(sql, detail::Driver::activity, filter, facts);
}

void add_states(db::Sql& sql, std::vector<State> const& states) {
  if (states.size() == 1) {
    sql.add(" and a.state = ?", code(states.front()));
    return;
  }
  sql.add(" and a.state in (''");
  for (auto const state : states) sql.add(", ?", code(state));
  sql.add(")");
}

}  // namespace birge::activity
