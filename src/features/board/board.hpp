#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/activity/activity.hpp"
#include "features/work/home/home_timeliness.hpp"
#include "features/work/work.hpp"

/// Seeing together: all activities somebody may see as a calendar, as a board by state and as a table. Pure: no clock, database or language.
namespace birge::board {

using activity::ActivityId;
using activity::State;
using coalition::OrganisationId;
using place::PlaceId;

/// The states in the order of an activity's life.
inline constexpr std::array life{State::draft, State::proposed, State::returned,  State::approved,
                                 State::held,  State::reported, State::confirmed, State::cancelled};

/// Which activities a view shows. Everything empty: the whole edition, as far as its reader may see it.
struct Selection {
  activity::Filter filter;                 ///< of it: edition, place, reach, kind, topic, audience, organisation, week, from, until, text
  std::vector<State> states;               ///< in the order of life; none: all
  bool late = false;                       ///< the result is overdue
  bool unapproved = false;                 ///< reported although nobody had approved it
  bool own = false;                        ///< led or hosted by the reader's own organisations
  bool part = false;                       ///< in the part of the country that the reader looks after
  bool led = false;                        ///< led by the organisation of the filter, not only held with it
  bool nowhere = false;                    ///< in no region: national, online, in several places
  std::optional<work::Punctual> punctual;  ///< how the result came in that was due by now

  bool operator==(Selection const&) const = default;
};

/// As a place: in no region.
inline constexpr std::string_view no_region = "none";

std::string_view code(work::Punctual which);
std::optional<work::Punctual> punctual_of(std::string_view code);
Message name(work::Punctual which);

struct ReadSelection {
  Selection selection;
  std::vector<Fault> faults;
};
/// Reads a selection from an address: state=proposed&state=approved&place=naryn&kind=lecture&late=1 ... What names nothing is told, never passed over.
ReadSelection read_selection(http::Parameters const& query, campaign::Facts const& facts, activity::EditionId edition);

/// The same as the query of an address, in a fixed order.
http::Parameters query_of(Selection const& selection, campaign::Facts const& facts, activity::EditionId current);

/// How a table is sorted: by day; by state in the order of life and within it by the day its result is due; by region and within it by day.
enum class Order { day, state, place };
struct Sort {
  Order by = Order::day;
  bool down = false;
  bool operator==(Sort const&) const = default;
};
std::optional<Sort> sort_of(std::string_view text);  ///< day, -day, state, -state, place, -place
std::string text_of(Sort sort);

/// Where a page of a sorted list begins: a group of the sort (a state, a region; by day there is one), a day in it and an activity.
struct Cursor {
  int group = 0;
  Day day;
  ActivityId id;
  std::string text() const;
  static std::optional<Cursor> parse(std::string_view text);
  bool operator==(Cursor const&) const = default;
};

/// What a table may show beside the title, in this order.
enum class Column {
  day,
  time,
  state,
  late,
  region,
  district,
  village,
  venue,
  kind,
  lead,
  expected,
  attendance,
  due,
  moved_from,
  visibility,
  proposed_by,
  reported_by
};
inline constexpr std::array all_columns{Column::day,         Column::time,       Column::state, Column::late,       Column::region,
                                        Column::district,    Column::village,    Column::venue, Column::kind,       Column::lead,
                                        Column::expected,    Column::attendance, Column::due,   Column::moved_from, Column::visibility,
                                        Column::proposed_by, Column::reported_by};
std::string_view code(Column column);
std::optional<Column> column_of(std::string_view code);
Message name(Column column);
bool names_people(Column column);  ///< not for those who may not know names

/// The columns an address asks for (column=day&column=state ...), those it does not know left out; none: the usual ones.
std::vector<Column> columns_of(http::Parameters const& query, bool may_know_names);

/// A row of any view.
struct Row {
  ActivityId id;
  activity::EditionId edition;
  std::string state;
  int version = 1;
  std::string visibility, kind;
  Day day;
  std::string precision;
  Day end_day;
  std::optional<int> start_minutes, end_minutes;
  std::string reach;
  std::optional<PlaceId> place, region, district;
  std::string village;
  OrganisationId lead;
  Day due_day;
  std::optional<std::int64_t> expected_low, expected_high, attendance_low, attendance_high;
  std::optional<Day> moved_from_day;
  Instant changed{};
  std::string title, venue, language;
  bool unapproved = false;
  std::optional<work::PersonId> created_by, proposed_by, proposed_for;
  std::optional<Day> escalates;
  std::optional<work::PersonId> reported_by, reported_for;

  State the_state() const { return activity::state_of(state).value_or(State::draft); }
  bool several_days() const { return end_day > day && precision == "day"; }  ///< otherwise a month it is known by is no span of days
  bool late(Day today) const { return activity::unreported(the_state(), due_day, today); }
};

/// What the rules ask of a row; its co-hosts are read apart.
work::Seen seen(Row const& row, std::vector<OrganisationId> co_hosts);

/// A day of a calendar: the first rows of it, and how many there are.
struct OfDay {
  std::int64_t number = 0;  ///< begun on it and going on
  std::vector<Row> rows;    ///< what goes on from a day before comes first
};

/// The days a month's grid shows: whole weeks, Monday to Sunday.
struct Span {
  Day from, until;
};
Span month_grid(Day day);
Day first_of_month(Day day);
Day next_month(Day day);  ///< its first day

}  // namespace birge::board
