#include "features/activity/tally/tally_closing.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/insight/insight.hpp"
#include "platform/base/text.hpp"

#include <algorithm>
#include <unordered_map>

namespace birge::insight {

namespace {

using activity::Tallies;

/// A row of the figures of a closed edition: what was late is kept with it.
struct FrozenLine {
  std::string dimension, key;
  std::int64_t planned = 0, held = 0, cancelled = 0, moved = 0, reported = 0, confirmed = 0, hidden = 0, co_hosted = 0;
  std::int64_t reported_low = 0, reported_high = 0, confirmed_low = 0, confirmed_high = 0;
  std::int64_t audience_reported_low = 0, audience_reported_high = 0, audience_confirmed_low = 0, audience_confirmed_high = 0;
  std::int64_t unreported = 0;
};

struct PeopleLine {
  std::string sex, band;
  std::int64_t reported_low = 0, reported_high = 0, confirmed_low = 0, confirmed_high = 0;
};

struct LateActivity {
  std::optional<place::PlaceId> region, district;
  std::int64_t held = 0;  ///< 1: it is known to be held; a number costs less than its state
  std::string reach, week, kind;
};

struct LateHost {
  std::int64_t organisation = 0, held = 0;
};

Line& line_for(Figures& figures, std::string const& dimension, std::string const& key) {
  auto& lines = figures.by[dimension];
  for (auto& line : lines)
    if (line.key == key) return line;
  lines.push_back({.key = key, .numbers = {}, .unreported = 0});
  return lines.back();
}

/// Counts of what is late by the keys of one dimension. Ids become texts only in the end, once for each.
struct LateBy {
  std::unordered_map<std::int64_t, std::int64_t> by_id;
  std::unordered_map<std::string, std::int64_t, TextHash, std::equal_to<>> by_text;

  void add(std::string_view text) {
    if (auto const found = by_text.find(text); found != by_text.end()) ++found->second;
    else by_text.emplace(text, 1);
  }
};

template <class Key>
void put(Figures& figures, std::string const& dimension, LateBy const& late, Key&& key_of) {
  for (auto const& [id, count] : late.by_id) line_for(figures, dimension, key_of(id)).unreported += count;
  for (auto const& [key, count] : late.by_text) line_for(figures, dimension, key).unreported += count;
}

std::string id_key(std::int64_t id) { return std::to_string(id); }

/// What is late changes at midnight, so it is counted from the activities: row by row from the index of open ones alone, which is quicker than
/// having the engine group them by so many columns.
void add_late_lines(db::Reader& read, Figures& figures, Day today) {
  LateBy regions, districts, without_district, weeks, kinds;
  std::int64_t all = 0, held = 0;
  read.each<LateActivity>(
      "select region, district, case when state = 'held' then 1 else 0 end, reach, week, kind from activity where edition = $1"
      " and state in ('approved', 'held') and due_day < $2"
      " and (cast($3 as bigint) is null or region = cast($3 as bigint))",
      [&](LateActivity&& late) {
        ++all;
        held += late.held;
        if (late.region) ++regions.by_id[late.region->value];
        else regions.add(late.reach);
        if (late.district) ++districts.by_id[late.district->value];
        else if (late.region) ++without_district.by_id[late.region->value];
        else districts.add(late.reach);
        weeks.add(late.week);
        kinds.add(late.kind);
      },
      figures.filter.edition, today, figures.filter.place);
  figures.total.unreported = all;
  figures.total.unreported_held = held;
  put(figures, "region", regions, id_key);
  put(figures, "district", districts, id_key);
  put(figures, "district", without_district, [](std::int64_t region) { return activity::region_only_key(place::PlaceId{region}); });
  put(figures, "week", weeks, id_key);
  put(figures, "kind", kinds, id_key);
}

/// The same by each of its hosts.
void add_late_hosts(db::Reader& read, Figures& figures, Day today) {
  LateBy hosts;
  std::int64_t all = 0, held = 0;
  read.each<LateHost>(
      "select lead, case when state = 'held' then 1 else 0 end from activity where edition = $1 and state in ('approved', 'held') and due_day < $2"
      " and (cast($3 as bigint) is null or region = cast($3 as bigint))",
      [&](LateHost&& late) {
        ++all;
        held += late.held;
        ++hosts.by_id[late.organisation];
      },
      figures.filter.edition, today, figures.filter.place);
  read.each<std::int64_t>(
      "select g.organisation from activity a join activity_organisation g on g.activity = a.id"
      " where g.role = 'co_host' and a.co_hosted = 1 and a.edition = $1 and a.state in ('approved', 'held') and a.due_day < $2"
      " and (cast($3 as bigint) is null or a.region = cast($3 as bigint))",
      [&](std::int64_t&& organisation) { ++hosts.by_id[organisation]; }, figures.filter.edition, today, figures.filter.place);
  figures.total.unreported = all;
  figures.total.unreported_held = held;
  put(figures, "organisation", hosts, id_key);
}

bool from_tallies(Filter const& filter, campaign::Facts const& facts) {
  auto plain = filter;
  plain.place.reset();
  if (!plain.only_edition()) return false;
  if (!filter.place) return true;
  auto const* place = facts.places->find(*filter.place);
  return place && place->level == place::Level::region;
}

}  // namespace

namespace {

/// Puts lines in their dimension; they come one dimension after the other.
class Lines {
public:
  explicit Lines(Figures& figures) : figures_(figures) {}
  void put(std::string_view dimension, Line line) {
    if (dimension == "total") {
      figures_.total = std::move(line);
      return;
    }
    if (dimension != dimension_) {
      dimension_ = dimension;
      lines_ = &figures_.by[dimension_];
      lines_->reserve(64);
    }
    lines_->push_back(std::move(line));
  }

private:
  Figures& figures_;
  std::string dimension_;
  std::vector<Line>* lines_ = nullptr;
};

Figures figures_of_closing(db::Reader& read, campaign::Facts const& facts, Filter const& filter) {
  Figures figures;
  figures.filter = filter;
  auto const region = filter.place ? filter.place->value : 0;
  Lines lines(figures);
  read.each<FrozenLine>(
      "select dimension, key, planned, held, cancelled, moved, reported, confirmed, hidden, co_hosted, reported_low, reported_high, confirmed_low,"
      " confirmed_high, audience_reported_low, audience_reported_high, audience_confirmed_low, audience_confirmed_high, unreported"
      " from frozen_tally where edition = $1 and region = $2 order by dimension, key",
      [&](FrozenLine&& r) {
        lines.put(r.dimension, {.key = std::move(r.key),
                                .numbers = {{r.planned, r.held, r.cancelled, r.moved, r.reported, r.confirmed, r.hidden, r.co_hosted, r.reported_low,
                                             r.reported_high, r.confirmed_low, r.confirmed_high, r.audience_reported_low, r.audience_reported_high,
                                             r.audience_confirmed_low, r.audience_confirmed_high}},
                                .unreported = r.unreported});
      },
      filter.edition, region);
  read.each<PeopleLine>(
      "select sex, band, reported_low, reported_high, confirmed_low, confirmed_high from frozen_people where edition = $1 and region = $2",
      [&](PeopleLine&& r) {
        figures.people[{r.sex, r.band}] = {r.reported_low, r.reported_high, r.confirmed_low, r.confirmed_high};
      },
      filter.edition, region);
  add_coverage(figures, facts);
  return figures;
}

}  // namespace

Figures figures(db::Reader& read, campaign::Facts const& facts, Filter const& filter, Day today, Late late) {
  if (!from_tallies(filter, facts)) return figures_from_activities(read, facts, filter, today);
  if (campaign::closed(read, filter.edition)) return figures_of_closing(read, facts, filter);
  Figures figures;
  figures.filter = filter;
  figures.late = late;
  auto const region = filter.place ? filter.place->value : 0;
  Lines lines(figures);
  activity::each_tally(read, filter.edition.value, region, [&](std::string_view dimension, std::string_view key, Numbers const& numbers) {
    lines.put(dimension, {.key = std::string(key), .numbers = numbers, .unreported = 0});
  });
  read.each<PeopleLine>(
      "select sex, band, reported_low, reported_high, confirmed_low, confirmed_high from tally_people where edition = $1 and region = $2",
      [&](PeopleLine&& r) {
        figures.people[{r.sex, r.band}] = {r.reported_low, r.reported_high, r.confirmed_low, r.confirmed_high};
      },
      filter.edition, region);
  if (figures.tells_late("region")) add_late_lines(read, figures, today);
  if (figures.tells_late("organisation")) add_late_hosts(read, figures, today);
  add_coverage(figures, facts);
  return figures;
}

namespace {

/// Activities counted once, for the whole and for each region.
struct Counted {
  Tallies all, late;
};

Counted count(db::Reader& read, campaign::Facts const& facts, Filter const& filter, Day today) {
  Counted counted;
  if (auto const closed = campaign::closed(read, filter.edition)) today = facts.today(*closed);
  for (auto const& activity : activity::as_counted(read, facts, filter, today)) {
    counted.all.add(activity, facts);
    if (activity::unreported(activity.state, activity.due_day, today)) counted.late.add(activity, facts);
  }
  return counted;
}

/// The figures of one region of what was counted; 0: of all.
Figures figures_of(Counted const& counted, std::int64_t region, campaign::Facts const& facts, Filter const& filter) {
  Figures figures;
  figures.filter = filter;
  for (auto const& [key, numbers] : counted.all.rows()) {
    auto const& [edition, scope, dimension, name] = key;
    if (scope != region) continue;
    bool const tells_late = dimension != "topic" && dimension != "audience";
    auto const found = tells_late ? counted.late.rows().find(key) : counted.late.rows().end();
    Line line{.key = name,
              .numbers = activity::without_parts(numbers),
              .unreported = found == counted.late.rows().end() ? 0 : found->second[Measure::planned]};
    if (dimension == "total") {
      line.unreported_held = found == counted.late.rows().end() ? 0 : found->second[Measure::held];
      figures.total = std::move(line);
    } else figures.by[dimension].push_back(std::move(line));
  }
  for (auto const& [key, numbers] : counted.all.people())
    if (std::get<1>(key) == region && numbers != PeopleNumbers{}) figures.people[{std::get<2>(key), std::get<3>(key)}] = numbers;
  add_coverage(figures, facts);
  return figures;
}

}  // namespace

Figures figures_from_activities(db::Reader& read, campaign::Facts const& facts, Filter const& filter, Day today) {
  return figures_of(count(read, facts, filter, today), 0, facts, filter);
}

FiguresByRegion figures_by_region(db::Reader& read, campaign::Facts const& facts, Filter const& filter, Day today) {
  auto const& places = facts.places->regions();
  bool const tallied = from_tallies(filter, facts);
  auto const counted = tallied ? Counted{} : count(read, facts, filter, today);
  FiguresByRegion by_region;
  by_region.whole = tallied ? figures(read, facts, filter, today) : figures_of(counted, 0, facts, filter);
  for (auto const* place : places) {
    auto narrowed = filter;
    narrowed.place = place->id;
    by_region.regions.push_back(tallied ? figures(read, facts, narrowed, today) : figures_of(counted, place->id.value, facts, narrowed));
  }
  return by_region;
}

}  // namespace birge::insight
