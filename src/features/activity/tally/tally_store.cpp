#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "features/activity/activity_card.hpp"
#include "features/activity/activity_latest.hpp"
#include "features/activity/tally/tally_saving.hpp"

/// The sums that are kept with each write, made anew and compared.
namespace birge::activity {

namespace {

void put_row(db::Tx& tx, TallyKey const& key, Numbers const& n) {
  auto const& [edition, region, dimension, name] = key;
  auto const& v = n.values;
  tx.put(
      "insert into tally (edition, region, dimension, key, planned, held, cancelled, moved, reported, confirmed, hidden, co_hosted,"
      " reported_low, reported_high, confirmed_low, confirmed_high, audience_reported_low, audience_reported_high, audience_confirmed_low,"
      " audience_confirmed_high, moved_held, moved_cancelled, moved_reported, moved_confirmed, hidden_held, hidden_cancelled,"
      " hidden_reported, hidden_confirmed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,"
      " $21, $22, $23, $24, $25, $26, $27, $28)"
      " on conflict (edition, region, dimension, key) do update set planned = tally.planned + excluded.planned, held = tally.held + excluded.held,"
      " cancelled = tally.cancelled + excluded.cancelled, moved = tally.moved + excluded.moved, reported = tally.reported + excluded.reported,"
      " confirmed = tally.confirmed + excluded.confirmed, hidden = tally.hidden + excluded.hidden,"
      " co_hosted = tally.co_hosted + excluded.co_hosted, reported_low = tally.reported_low + excluded.reported_low,"
      " reported_high = tally.reported_high + excluded.reported_high, confirmed_low = tally.confirmed_low + excluded.confirmed_low,"
      " confirmed_high = tally.confirmed_high + excluded.confirmed_high,"
      " audience_reported_low = tally.audience_reported_low + excluded.audience_reported_low,"
      " audience_reported_high = tally.audience_reported_high + excluded.audience_reported_high,"
      " audience_confirmed_low = tally.audience_confirmed_low + excluded.audience_confirmed_low,"
      " audience_confirmed_high = tally.audience_confirmed_high + excluded.audience_confirmed_high,"
      " moved_held = tally.moved_held + excluded.moved_held, moved_cancelled = tally.moved_cancelled + excluded.moved_cancelled,"
      " moved_reported = tally.moved_reported + excluded.moved_reported, moved_confirmed = tally.moved_confirmed + excluded.moved_confirmed,"
      " hidden_held = tally.hidden_held + excluded.hidden_held, hidden_cancelled = tally.hidden_cancelled + excluded.hidden_cancelled,"
      " hidden_reported = tally.hidden_reported + excluded.hidden_reported, hidden_confirmed = tally.hidden_confirmed + excluded.hidden_confirmed",
      edition, region, dimension, name, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13], v[14], v[15], v[16],
      v[17], v[18], v[19], v[20], v[21], v[22], v[23]);
  if (n[Measure::planned] < 0)
    tx.put("delete from tally where edition = $1 and region = $2 and dimension = $3 and key = $4 and planned = 0", edition, region, dimension, name);
}

/// What a result adds to the sums of an activity that was counted before: the rows are there, and all of them change by the same.
bool only_progress(Numbers const& n) {
  constexpr std::array progress{Measure::held,      Measure::reported,      Measure::reported_low,  Measure::reported_high,
                                Measure::confirmed, Measure::confirmed_low, Measure::confirmed_high};
  auto rest = n;
  for (auto const measure : progress) rest[measure] = 0;
  return rest.zero();
}

/// The rows of one statement, which is repeated with the last of them where there are fewer: a row that is named twice changes once.
constexpr std::size_t progress_at_once = 16;
using Progressed = std::vector<std::pair<TallyKey const*, Numbers const*>>;
template <std::size_t... I>
void put_progress(db::Tx& tx, std::span<Progressed::value_type const> rows, std::index_sequence<I...>) {
  auto const row = [&](std::size_t i) -> auto const& { return rows[std::min(i, rows.size() - 1)]; };
  auto const key = [&](std::size_t i) -> TallyKey const& { return *row(i).first; };
  auto const number = [&](std::size_t i, Measure measure) { return (*row(i).second)[measure]; };
  // One list after the other, since arguments of a statement are written out: editions, regions, dimensions, keys, then each measure.
  tx.put(
      "update tally set held = held + one.column5, reported = reported + one.column6, reported_low = reported_low + one.column7,"
      " reported_high = reported_high + one.column8, confirmed = confirmed + one.column9, confirmed_low = confirmed_low + one.column10,"
      " confirmed_high = confirmed_high + one.column11 from (values"
      " ($1, $17, $33, $49, $65, $81, $97, $113, $129, $145, $161), ($2, $18, $34, $50, $66, $82, $98, $114, $130, $146, $162),"
      " ($3, $19, $35, $51, $67, $83, $99, $115, $131, $147, $163), ($4, $20, $36, $52, $68, $84, $100, $116, $132, $148, $164),"
      " ($5, $21, $37, $53, $69, $85, $101, $117, $133, $149, $165), ($6, $22, $38, $54, $70, $86, $102, $118, $134, $150, $166),"
      " ($7, $23, $39, $55, $71, $87, $103, $119, $135, $151, $167), ($8, $24, $40, $56, $72, $88, $104, $120, $136, $152, $168),"
      " ($9, $25, $41, $57, $73, $89, $105, $121, $137, $153, $169), ($10, $26, $42, $58, $74, $90, $106, $122, $138, $154, $170),"
      " ($11, $27, $43, $59, $75, $91, $107, $123, $139, $155, $171), ($12, $28, $44, $60, $76, $92, $108, $124, $140, $156, $172),"
      " ($13, $29, $45, $61, $77, $93, $109, $125, $141, $157, $173), ($14, $30, $46, $62, $78, $94, $110, $126, $142, $158, $174),"
      " ($15, $31, $47, $63, $79, $95, $111, $127, $143, $159, $175), ($16, $32, $48, $64, $80, $96, $112, $128, $144, $160, $176))"
      " as one where tally.edition = one.column1 and tally.region = one.column2 and tally.dimension = one.column3 and tally.key = one.column4",
      std::get<0>(key(I))..., std::get<1>(key(I))..., std::get<2>(key(I))..., std::get<3>(key(I))..., number(I, Measure::held)...,
      number(I, Measure::reported)..., number(I, Measure::reported_low)..., number(I, Measure::reported_high)..., number(I, Measure::confirmed)...,
      number(I, Measure::confirmed_low)..., number(I, Measure::confirmed_high)...);
}

void flush_rows(db::Tx& tx, Tallies const& changes) {
  Progressed progressed;
  for (auto const& [key, n] : changes.rows()) {
    if (n.zero()) continue;
    if (only_progress(n)) progressed.emplace_back(&key, &n);
    else put_row(tx, key, n);
  }
  for (std::span<Progressed::value_type const> left(progressed); !left.empty(); left = left.subspan(std::min(left.size(), progress_at_once)))
    put_progress(tx, left.first(std::min(left.size(), progress_at_once)), std::make_index_sequence<progress_at_once>());
}

void flush_people(db::Tx& tx, Tallies const& changes) {
  constexpr int at_once = 20;
  db::Sql sums;
  int rows = 0;
  auto const store = [&] {
    if (rows == 0) return;
    sums.add(
        " on conflict (edition, region, sex, band) do update set"
        " reported_low = tally_people.reported_low + excluded.reported_low, reported_high = tally_people.reported_high + excluded.reported_high,"
        " confirmed_low = tally_people.confirmed_low + excluded.confirmed_low, confirmed_high = tally_people.confirmed_high + excluded.confirmed_high");
    tx.put(sums);
    rows = 0;
  };
  for (auto const& [key, n] : changes.people()) {
    if (n == PeopleNumbers{}) continue;
    auto const& [edition, region, sex, band] = key;
    if (rows == 0)
      sums = db::Sql(
          "insert into tally_people (edition, region, sex, band, reported_low, reported_high, confirmed_low, confirmed_high) values"
          " (?, ?, ?, ?, ?, ?, ?, ?)",
          edition, region, sex, band, n[0], n[1], n[2], n[3]);
    else sums.add(", (?, ?, ?, ?, ?, ?, ?, ?)", edition, region, sex, band, n[0], n[1], n[2], n[3]);
    if (++rows == at_once) store();
  }
  store();
  for (auto const& [key, n] : changes.people()) {
    auto const& [edition, region, sex, band] = key;
    // Only what becomes less can become nothing; the difference of parts that exceed their total is below it.
    if (n != PeopleNumbers{} && (sex == "differs" || std::ranges::any_of(n, [](std::int64_t number) { return number < 0; })))
      tx.put(
          "delete from tally_people where edition = $1 and region = $2 and sex = $3 and band = $4 and reported_low = 0 and reported_high = 0"
          " and confirmed_low = 0 and confirmed_high = 0",
          edition, region, sex, band);
  }
}

void flush_days(db::Tx& tx, Tallies const& changes) {
  for (auto const& [key, planned] : changes.days()) {
    if (planned == 0) continue;
    auto const& [edition, day] = key;
    tx.put(
        "insert into tally_day (edition, day, planned) values ($1, $2, $3)"
        " on conflict (edition, day) do update set planned = tally_day.planned + excluded.planned",
        edition, day, planned);
    if (planned < 0) tx.put("delete from tally_day where edition = $1 and day = $2 and planned = 0", edition, day);
  }
}

void flush(db::Tx& tx, Tallies const& changes) {
  flush_rows(tx, changes);
  flush_people(tx, changes);
  flush_days(tx, changes);
  follow(tx, changes);
}

}  // namespace

void flush_at_the_end(db::Tx& tx, Tallies const& changes) {
  static int const key = 0;
  auto const sums = tx.shared<Tallies>(&key);
  sums->add(changes);
  tx.at_the_end(&key, [sums](db::Tx& last) { flush(last, std::exchange(*sums, Tallies())); });
}

namespace {

Tallies recount(db::Reader& read, campaign::Facts const& facts) {
  Tallies tallies;
  Store store(read);
  for (auto const& edition : facts.editions) {
    Filter filter;
    filter.edition = edition.id;
    for (auto const& activity : store.all_for_counting(filter, facts, Day{})) tallies.add(activity, facts);
  }
  return tallies;
}

struct StoredRow {
  std::int64_t edition = 0, region = 0;
  std::string dimension, key;
  std::int64_t planned = 0, held = 0, cancelled = 0, moved = 0, reported = 0, confirmed = 0, hidden = 0, co_hosted = 0;
  std::int64_t reported_low = 0, reported_high = 0, confirmed_low = 0, confirmed_high = 0;
  std::int64_t audience_reported_low = 0, audience_reported_high = 0, audience_confirmed_low = 0, audience_confirmed_high = 0;
  std::int64_t moved_held = 0, moved_cancelled = 0, moved_reported = 0, moved_confirmed = 0;
  std::int64_t hidden_held = 0, hidden_cancelled = 0, hidden_reported = 0, hidden_confirmed = 0;
};

struct StoredPeople {
  std::int64_t edition = 0, region = 0;
  std::string sex, band;
  std::int64_t reported_low = 0, reported_high = 0, confirmed_low = 0, confirmed_high = 0;
};

struct StoredScope {
  std::int64_t edition = 0, region = 0;
  bool stale = false;
  std::string lines;
};

struct StoredDay {
  std::int64_t edition = 0;
  Day day;
  std::int64_t planned = 0;
};

/// The days under keys like those of the other tables.
std::map<TallyKey, std::int64_t> named(std::map<DayKey, std::int64_t> const& days) {
  std::map<TallyKey, std::int64_t> rows;
  for (auto const& [key, planned] : days)
    if (planned != 0) rows[{key.first, 0, "day", key.second.iso()}] = planned;
  return rows;
}

template <class Map>
void compare(Map const& stored, Map const& right, std::string const& table, std::vector<std::string>& differences) {
  auto const name = [&](auto const& key) {
    return table + " " + std::to_string(std::get<0>(key)) + "/" + std::to_string(std::get<1>(key)) + "/" + std::get<2>(key) + "/" + std::get<3>(key);
  };
  for (auto const& [key, numbers] : right) {
    auto const found = stored.find(key);
    if (found == stored.end()) differences.push_back(name(key) + " is missing");
    else if (!(found->second == numbers)) differences.push_back(name(key) + " differs");
  }
  for (auto const& [key, numbers] : stored)
    if (!right.contains(key)) differences.push_back(name(key) + " should not be there");
}

/// Of a stale scope only what is planned is compared.
void check_scopes(db::Reader& read, Tallies const& right, std::vector<std::string>& differences) {
  std::map<TallyKey, Numbers> stored, expected;
  std::set<std::pair<std::int64_t, std::int64_t>> stale;
  auto const planned_alone = [](Numbers const& numbers) {
    Numbers alone;
    alone[Measure::planned] = numbers[Measure::planned];
    return alone;
  };
  read.each<StoredScope>("select edition, region, stale, lines from tally_scope", [&](StoredScope&& scope) {
    if (scope.stale) stale.emplace(scope.edition, scope.region);
    try {
      ScopeLines const lines(std::move(scope.lines));
      for (auto const& line : lines.all())
        stored[{scope.edition, scope.region, std::string(line.dimension), std::string(line.key)}] =
            scope.stale ? planned_alone(line.numbers) : line.numbers;
    } catch (db::Error const& error) {
      differences.push_back("tally_scope " + std::to_string(scope.edition) + "/" + std::to_string(scope.region) + " cannot be read: " + error.what());
    }
  });
  for (auto const& [key, numbers] : right.rows())
    expected[key] = stale.contains({std::get<0>(key), std::get<1>(key)}) ? planned_alone(numbers) : without_parts(numbers);
  compare(stored, expected, "tally_scope", differences);
}

}  // namespace

std::vector<std::string> check_tallies(db::Reader& read, campaign::Facts const& facts) {
  auto const right = recount(read, facts);
  std::map<TallyKey, Numbers> rows;
  read.each<StoredRow>(
      "select edition, region, dimension, key, planned, held, cancelled, moved, reported, confirmed, hidden, co_hosted, reported_low, reported_high,"
      " confirmed_low, confirmed_high, audience_reported_low, audience_reported_high, audience_confirmed_low, audience_confirmed_high,"
      " moved_held, moved_cancelled, moved_reported, moved_confirmed, hidden_held, hidden_cancelled, hidden_reported, hidden_confirmed from tally",
      [&](StoredRow&& r) {
        rows[{r.edition, r.region, r.dimension, r.key}] = Numbers{{r.planned,
                                                                   r.held,
                                                                   r.cancelled,
                                                                   r.moved,
                                                                   r.reported,
                                                                   r.confirmed,
                                                                   r.hidden,
                                                                   r.co_hosted,
                                                                   r.reported_low,
                                                                   r.reported_high,
                                                                   r.confirmed_low,
                                                                   r.confirmed_high,
                                                                   r.audience_reported_low,
                                                                   r.audience_reported_high,
                                                                   r.audience_confirmed_low,
                                                                   r.audience_confirmed_high,
                                                                   r.moved_held,
                                                                   r.moved_cancelled,
                                                                   r.moved_reported,
                                                                   r.moved_confirmed,
                                                                   r.hidden_held,
                                                                   r.hidden_cancelled,
                                                                   r.hidden_reported,
                                                                   r.hidden_confirmed}};
      });
  std::map<PeopleKey, PeopleNumbers> people;
  read.each<StoredPeople>("select edition, region, sex, band, reported_low, reported_high, confirmed_low, confirmed_high from tally_people",
                          [&](StoredPeople&& r) {
                            people[{r.edition, r.region, r.sex, r.band}] = {r.reported_low, r.reported_high, r.confirmed_low, r.confirmed_high};
                          });
  std::vector<std::string> differences;
  std::map<PeopleKey, PeopleNumbers> right_people;
  for (auto const& [key, numbers] : right.people())
    if (numbers != PeopleNumbers{}) right_people[key] = numbers;
  compare(rows, right.rows(), "tally", differences);
  compare(people, right_people, "tally_people", differences);
  std::map<DayKey, std::int64_t> days;
  read.each<StoredDay>("select edition, day, planned from tally_day", [&](StoredDay&& row) { days[{row.edition, row.day}] = row.planned; });
  compare(named(days), named(right.days()), "tally_day", differences);
  check_scopes(read, right, differences);
  auto const hosts = read.one<std::int64_t>(
      "select count(*) from activity where co_hosted <> case when id in (select activity from activity_organisation where role = 'co_host')"
      " then 1 else 0 end");
  if (hosts > 0) differences.push_back("activity.co_hosted differs for " + std::to_string(hosts));
  std::ranges::move(check_cards(read), std::back_inserter(differences));
  std::ranges::move(check_last_changes(read), std::back_inserter(differences));
  return differences;
}

void rebuild_tallies(db::Tx& tx, campaign::Facts const& facts) {
  tx.end_now();
  auto const right = recount(tx, facts);
  tx.run("delete from tally");
  tx.run("delete from tally_scope");
  tx.run(
      "update activity set co_hosted = 1 - co_hosted where co_hosted <> case when id in (select activity from activity_organisation"
      " where role = 'co_host') then 1 else 0 end");
  tx.run("delete from tally_people");
  tx.run("delete from tally_day");
  flush(tx, right);
  rebuild_cards(tx);
  rebuild_last_changes(tx);
}

}  // namespace birge::activity
