#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/activity/activity_store.hpp"
#include "features/activity/tally/tally.hpp"

/// Figures that open: sums of an edition by every dimension, each equal to the list of activities its link opens.
namespace birge::insight {

using activity::Count;
using activity::Filter;
using activity::Measure;
using activity::Numbers;
using activity::PeopleNumbers;

/// One line of a table: its key in the dimension (see activity_tallies), its sums, and how many of it are not reported in time
/// (not told by topic and audience group).
struct Line {
  std::string key;
  Numbers numbers;
  std::int64_t unreported = 0;
  std::optional<std::int64_t> unreported_held = std::nullopt;  ///< of unreported, those known to be held; told of the total of an open edition only

  std::int64_t operator[](Measure measure) const { return numbers[measure]; }
  Count reported() const { return {numbers[Measure::reported_low], numbers[Measure::reported_high]}; }
  Count confirmed() const { return {numbers[Measure::confirmed_low], numbers[Measure::confirmed_high]}; }
  Count attendance() const;  ///< both parts
  Count audience() const;    ///< of broadcasts, both parts; never added to attendance
  /// Nobody reported a result: how many came is not known, which is another thing than 0.
  bool without_result() const { return numbers[Measure::reported] == 0 && numbers[Measure::confirmed] == 0; }
};

/// A census unit with what was reached in it. Rates are attendances per 1,000 inhabitants of the 2022 census.
struct Coverage {
  place::CensusUnit const* unit = nullptr;
  std::int64_t held = 0;
  Count attendance;
  double rate_low = 0, rate_high = 0;
};

/// Which lines say how many of theirs are late. To count these takes longer than all the rest, so a page asks for those it shows; whatever is not asked
/// for is 0. Organisations are apart since their co-hosts are looked up one by one.
enum class Late { all, without_hosts, hosts_alone, none };

struct Figures {
  Filter filter;  ///< the edition, and what narrows it
  Line total;
  std::map<std::string, std::vector<Line>, std::less<>> by;  ///< region, district, week, kind, topic, audience, organisation: in order of key
  std::map<std::pair<std::string, std::string>, PeopleNumbers> people;  ///< by sex and band; withheld, unknown and differs included
  std::vector<Coverage> coverage;                                       ///< in the country's order; only of the chosen region where one is chosen
  std::vector<place::PlaceId> never_reached;                            ///< districts in which nothing was held
  std::vector<place::PlaceId> left_out;                                 ///< regions and districts that were no place in the campaign and hold nothing
  Late late = Late::all;                                                ///< which lines say what is late

  /// Whether a region or district counts among all: it was one on a day of the campaign, or there are activities in it.
  bool counts(place::PlaceId place) const { return std::ranges::find(left_out, place) == left_out.end(); }
  std::vector<place::Place const*> counted(std::vector<place::Place const*> places) const;
  bool tells_late(std::string_view dimension) const;  ///< its lines were asked for what is late; never of topics and audience groups

  Line const* line(std::string_view dimension, std::string_view key) const;
  std::vector<Line> const& lines(std::string_view dimension) const;
};

/// An edition that is over without a result on record is known from sources alone: what Birge has no record of may have been held all the same.
bool only_documented(Figures const& figures, campaign::Edition const& edition, Day today);

/// The figures of a filter: from the tallies where it chooses an edition or one region of it, from the activities otherwise. Both ways agree;
/// neither tells the parts by state of what was moved or is hidden.
Figures figures(db::Reader& read, campaign::Facts const& facts, Filter const& filter, Day today, Late late = Late::all);
Figures figures_from_activities(db::Reader& read, campaign::Facts const& facts, Filter const& filter, Day today);

/// The figures of a filter that names no place, and of each region by itself in the country's order. Where they come from the activities,
/// these are read once for all of them.
struct FiguresByRegion {
  Figures whole;
  std::vector<Figures> regions;
};
FiguresByRegion figures_by_region(db::Reader& read, campaign::Facts const& facts, Filter const& filter, Day today);

/// So many attendances, and how many that is for each thousand who live there.
Coverage covered(place::CensusUnit const& unit, std::int64_t held, Count attendance);

/// A rate as it is printed, with one decimal, so that the classes of a map do not meet in the same printed number; what is above nothing stays so.
double printed_rate(double rate);

/// The Mondays that a drawing by week shows: of the campaign and of all that is dated within the days of the edition, none between them left out.
/// Lines of weeks outside these days stand apart: most are activities of which only the year or the month is known.
struct Weeks {
  std::vector<Day> drawn;
  std::vector<Line const*> beyond;  ///< with something held; into the figures
};
Weeks weeks_of(Figures const& figures, campaign::Edition const& edition);

/// Fills coverage, never_reached and left_out from the lines by region and district.
void add_coverage(Figures& figures, campaign::Facts const& facts);

/// The list that a line of a dimension opens: the figures' own filter narrowed by the key.
Filter narrowed(Filter filter, std::string_view dimension, std::string_view key);
/// The list that the sum of the kinds behind the shown ones opens.
Filter other_kinds(Filter filter, std::vector<std::string> shown);
/// The list behind what the lines of a dimension count more than once; nothing where each activity stands in one line.
std::optional<Filter> in_several_lines(Filter filter, std::string_view dimension);

/// Lines in the order of what was held, then of those who came, then of what was planned; the largest first.
std::vector<Line const*> by_size(std::vector<Line> const& lines);

}  // namespace birge::insight
