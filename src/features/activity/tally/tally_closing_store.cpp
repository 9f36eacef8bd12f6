#include <algorithm>
#include <map>

#include "features/activity/tally/tally.hpp"
#include "features/activity/tally/tally_closing.hpp"
#include "features/campaign/campaign_editing.hpp"

namespace birge::activity {

namespace {

struct Frozen {
  std::string state;
  int result = 0;
};

/// Only what has another version than at the closing can differ, and what was not there. The clock tells nothing: it is set back now and then.
std::vector<ActivityId> touched(db::Reader& read, EditionId edition) {
  return read.all<ActivityId>(
      "select a.id from activity a left join frozen_activity f on f.edition = a.edition and f.activity = a.id"
      " where a.edition = $1 and (f.version is null or f.version <> a.version) order by a.day, a.id",
      edition);
}

int version_of(Activity const& activity) { return activity.result ? activity.result->version : 0; }

}  // namespace

std::optional<Result> result_version(db::Reader& read, ActivityId id, int version) {
  struct Row {
    std::string method;
    std::optional<std::int64_t> low, high, audience_low, audience_high;
    std::optional<OrganisationId> counted_by;
    Day reported_day;
    std::string narrative;
  };
  auto row = read.maybe<Row>(
      "select method, total_low, total_high, audience_low, audience_high, counted_by, reported_day, narrative from result"
      " where activity = $1 and version = $2",
      id, version);
  if (!row) return std::nullopt;
  Result result{version,         std::move(row->method), stored_count(row->low, row->high), stored_count(row->audience_low, row->audience_high), {},
                row->counted_by, row->reported_day,      std::move(row->narrative)};
  struct Heads {
    std::string sex, band;
    std::int64_t low, high;
  };
  read.each<Heads>(
      "select sex, band, low, high from result_count where activity = $1 and version = $2 order by sex, band",
      [&](Heads&& heads) {
        result.cells.push_back({sex_of(heads.sex).value(), std::move(heads.band), {heads.low, heads.high}});
      },
      id, version);
  return result;
}

std::vector<Correction> corrections(db::Reader& read, EditionId id) {
  std::vector<Correction> list;
  if (!campaign::closed(read, id)) return list;
  Store store(read);
  for (auto const each : touched(read, id)) {
    auto now = store.find(each).value();
    auto then = now;
    auto const frozen = read.maybe<Frozen>("select state, result from frozen_activity where edition = $1 and activity = $2", id, each);
    if (frozen && frozen->state == code(now.state) && frozen->result == version_of(now)) continue;
    then.state = frozen ? state_of(frozen->state).value() : State::draft;
    if (!frozen) then.result.reset();
    else if (frozen->result != version_of(now)) then.result = result_version(read, each, frozen->result);
    if (!counted(now.state) && !counted(then.state)) continue;
    list.push_back({each, std::move(now), std::move(then), !frozen});
  }
  return list;
}

void as_closed(db::Reader& read, EditionId edition, std::vector<Activity>& activities) {
  std::map<ActivityId, Correction> changed;
  for (auto& each : corrections(read, edition)) changed.emplace(each.id, std::move(each));
  if (changed.empty()) return;
  std::erase_if(activities, [&](Activity const& activity) {
    auto const found = changed.find(activity.id);
    return found != changed.end() && found->second.added;
  });
  for (auto& activity : activities)
    if (auto const found = changed.find(activity.id); found != changed.end()) {
      activity.state = found->second.then.state;
      activity.result = found->second.then.result;
    }
}

std::vector<Activity> as_counted(db::Reader& read, campaign::Facts const& facts, Filter const& filter, Day today) {
  auto const closed = campaign::closed(read, filter.edition);
  if (!closed) return Store(read).all_for_counting(filter, facts, today);
  auto of_any_status = filter;
  of_any_status.status = Filter::Status::any;
  auto activities = Store(read).all_for_counting(of_any_status, facts, today);
  as_closed(read, filter.edition, activities);
  std::erase_if(activities, [&](Activity const& activity) { return !has_status(activity, filter.status, facts.today(*closed)); });
  return activities;
}

bool has_status(Activity const& a, Filter::Status status, Day today) {
  switch (status) {
    case Filter::Status::any: return counted(a.state);
    case Filter::Status::planned: return a.state == State::approved;
    case Filter::Status::held: return happened(a.state);
    case Filter::Status::cancelled: return a.state == State::cancelled;
    case Filter::Status::moved: return counted(a.state) && a.moved();
    case Filter::Status::unreported: return unreported(a.state, a.due_day, today);
    case Filter::Status::upcoming: return a.state == State::approved && a.end_day >= today;
    case Filter::Status::reported: return a.state == State::reported;
    case Filter::Status::confirmed: return a.state == State::confirmed;
    case Filter::Status::counted: return a.state == State::reported || a.state == State::confirmed;
    case Filter::Status::awaiting: return a.state == State::held;
    case Filter::Status::overdue: return a.state == State::held && unreported(a.state, a.due_day, today);
  }
  return false;
}

void freeze(db::Tx& tx, EditionId edition) {
  tx.end_now();  // sums of those who share the transaction
  thaw(tx, edition);
  tx.run(
      "insert into frozen_activity (edition, activity, state, result, version) select a.edition, a.id, a.state,"
      " (select coalesce(max(r.version), 0) from result r where r.activity = a.id), a.version from activity a where a.edition = $1",
      edition);
  tx.run(
      "insert into frozen_tally (edition, region, dimension, key, planned, held, cancelled, moved, reported, confirmed, hidden, co_hosted, reported_low,"
      " reported_high, confirmed_low, confirmed_high, audience_reported_low, audience_reported_high, audience_confirmed_low, audience_confirmed_high,"
      " unreported) select edition, region, dimension, key, planned, held, cancelled, moved, reported, confirmed, hidden, co_hosted, reported_low,"
      " reported_high, confirmed_low, confirmed_high, audience_reported_low, audience_reported_high, audience_confirmed_low, audience_confirmed_high, 0"
      " from tally where edition = $1",
      edition);
  tx.run(
      "insert into frozen_people (edition, region, sex, band, reported_low, reported_high, confirmed_low, confirmed_high) select edition, region, sex,"
      " band, reported_low, reported_high, confirmed_low, confirmed_high from tally_people where edition = $1",
      edition);
}

void thaw(db::Tx& tx, EditionId edition) {
  tx.run("delete from frozen_activity where edition = $1", edition);
  tx.run("delete from frozen_tally where edition = $1", edition);
  tx.run("delete from frozen_people where edition = $1", edition);
}

namespace {

struct Row {
  std::int64_t region;
  std::string dimension, key;
  std::int64_t planned, held, cancelled, moved, reported, confirmed, hidden, co_hosted, reported_low, reported_high, confirmed_low, confirmed_high,
      audience_reported_low, audience_reported_high, audience_confirmed_low, audience_confirmed_high;
};
Numbers numbers(Row const& r) {
  return {{r.planned, r.held, r.cancelled, r.moved, r.reported, r.confirmed, r.hidden, r.co_hosted, r.reported_low, r.reported_high, r.confirmed_low,
           r.confirmed_high, r.audience_reported_low, r.audience_reported_high, r.audience_confirmed_low, r.audience_confirmed_high}};
}
struct PeopleRow {
  std::int64_t region;
  std::string sex, band;
  std::int64_t reported_low, reported_high, confirmed_low, confirmed_high;
};

/// Of one edition: what was kept plus the corrections, less what is counted today. All of it must be nothing.
class Balance {
public:
  explicit Balance(EditionId edition) : edition_(edition.value) {}

  void add(Row const& row, int sign) { rows_[{edition_, row.region, row.dimension, row.key}].add(numbers(row), sign); }
  void add(PeopleRow const& row, int sign) {
    add_people({edition_, row.region, row.sex, row.band}, {row.reported_low, row.reported_high, row.confirmed_low, row.confirmed_high}, sign);
  }
  void add(Tallies const& tallies) {
    for (auto const& [key, n] : tallies.rows()) rows_[key].add(n);
    for (auto const& [key, n] : tallies.people()) add_people(key, n, 1);
  }
  std::vector<std::string> differences() const {
    std::vector<std::string> lines;
    for (auto const& [key, n] : rows_)
      // The parts by state of what was moved or is hidden are for the heads of lists; no closing keeps them.
      if (!std::all_of(n.values.begin(), n.values.begin() + static_cast<std::ptrdiff_t>(Measure::moved_held), [](auto value) { return value == 0; }))
        lines.push_back("frozen_tally: edition " + std::to_string(std::get<0>(key)) + ", region " + std::to_string(std::get<1>(key)) + ", " +
                        std::get<2>(key) + " " + std::get<3>(key));
    for (auto const& [key, n] : people_)
      if (n != PeopleNumbers{})
        lines.push_back("frozen_people: edition " + std::to_string(std::get<0>(key)) + ", region " + std::to_string(std::get<1>(key)) + ", " +
                        std::get<2>(key) + " " + std::get<3>(key));
    return lines;
  }

private:
  void add_people(PeopleKey const& key, PeopleNumbers const& numbers, int sign) {
    auto& sum = people_[key];
    for (std::size_t i = 0; i < numbers.size(); ++i) sum[i] += sign * numbers[i];
  }
  std::int64_t edition_;
  std::map<TallyKey, Numbers> rows_;
  std::map<PeopleKey, PeopleNumbers> people_;
};

}  // namespace

std::vector<std::string> check_closings(db::Reader& read, campaign::Facts const& facts) {
  std::vector<std::string> lines;
  for (auto const& edition : facts.editions) {
    if (!campaign::closed(read, edition.id)) continue;
    Balance balance(edition.id);
    read.each<Row>(
        "select region, dimension, key, planned, held, cancelled, moved, reported, confirmed, hidden, co_hosted, reported_low, reported_high,"
        " confirmed_low, confirmed_high, audience_reported_low, audience_reported_high, audience_confirmed_low, audience_confirmed_high"
        " from frozen_tally where edition = $1",
        [&](Row&& row) { balance.add(row, 1); }, edition.id);
    read.each<Row>(
        "select region, dimension, key, planned, held, cancelled, moved, reported, confirmed, hidden, co_hosted, reported_low, reported_high,"
        " confirmed_low, confirmed_high, audience_reported_low, audience_reported_high, audience_confirmed_low, audience_confirmed_high"
        " from tally where edition = $1",
        [&](Row&& row) { balance.add(row, -1); }, edition.id);
    read.each<PeopleRow>(
        "select region, sex, band, reported_low, reported_high, confirmed_low, confirmed_high from frozen_people where edition = $1",
        [&](PeopleRow&& row) { balance.add(row, 1); }, edition.id);
    read.each<PeopleRow>(
        "select region, sex, band, reported_low, reported_high, confirmed_low, confirmed_high from tally_people where edition = $1",
        [&](PeopleRow&& row) { balance.add(row, -1); }, edition.id);
    Tallies changes;
    for (auto const& correction : corrections(read, edition.id)) {
      changes.add(correction.then, facts, -1);
      changes.add(correction.now, facts);
    }
    balance.add(changes);
    for (auto& line : balance.differences()) lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace birge::activity
