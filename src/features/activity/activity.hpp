#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/campaign/campaign.hpp"
#include "platform/base/problem.hpp"
#include "platform/http/message.hpp"

/// Activities: what they are, which states they take, how they are counted. Pure: no clock, database or language.
namespace birge::activity {

struct ActivityTag;
using ActivityId = Id<ActivityTag>;
using campaign::EditionId;
using coalition::OrganisationId;
using place::PlaceId;

enum class State { draft, proposed, returned, approved, held, reported, confirmed, cancelled };
std::string_view code(State state);
std::optional<State> state_of(std::string_view code);
Message name(State state);

enum class Precision { day, month, year };
enum class Reach { place, several, national, online };
std::string_view code(Precision precision);
std::optional<Precision> precision_of(std::string_view code);
std::string_view code(Reach reach);
std::optional<Reach> reach_of(std::string_view code);
Message name(Reach reach);

/// A count of heads as it is known: exact when low equals high. Sums add both ends.
struct Count {
  std::int64_t low = 0, high = 0;
  bool exact() const { return low == high; }
  bool zero() const { return high == 0; }
  Count& operator+=(Count other) {
    low += other.low;
    high += other.high;
    return *this;
  }
  Count& operator-=(Count other) {
    low -= other.low;
    high -= other.high;
    return *this;
  }
  friend Count operator*(Count count, std::int64_t times) { return {count.low * times, count.high * times}; }
  bool operator==(Count const&) const = default;
};
/// A count as the tables keep it, whose upper end may be missing where it equals the lower one; nothing where nothing was counted.
std::optional<Count> stored_count(std::optional<std::int64_t> low, std::optional<std::int64_t> high);

enum class Sex { female, male, unknown };
std::string_view code(Sex sex);
std::optional<Sex> sex_of(std::string_view code);

/// Heads of one sex and age band. `band` is a code of the pack's age bands, or under_18, adult, unknown.
struct Cell {
  Sex sex = Sex::unknown;
  std::string band = "unknown";
  Count count;
  bool operator==(Cell const&) const = default;
};

/// What an activity achieved, one version of it.
struct Result {
  int version = 1;
  std::string method;               ///< sign_in_sheet, head_count, estimate, ticket, or empty: not said
  std::optional<Count> attendance;  ///< nothing: only a broadcast audience is known, or nobody counted
  std::optional<Count> audience;    ///< of a broadcast or post; never added to attendance
  std::vector<Cell> cells;          ///< may be empty (total only) and need not add up to attendance
  std::optional<OrganisationId> counted_by;
  Day reported_day;
  std::string narrative;  ///< coalition only
};

/// Whether the same was counted and told, whoever counted it and whenever it came in.
bool same_result(Result const& a, Result const& b);

struct Text {
  std::string title, summary, venue;
  bool operator==(Text const&) const = default;
};

/// Something an import let through that people should see.
struct Warning {
  std::string code;  ///< see warning_text
  std::string field;
  std::string detail;  ///< never a withheld text
  bool operator==(Warning const&) const = default;
};
Message warning_text(Warning const& warning);

/// A whole activity, as it is stored.
struct Activity {
  ActivityId id;
  EditionId edition;
  std::string kind;
  State state = State::approved;
  bool is_public = true;  ///< otherwise only the coalition sees it listed; it is counted all the same
  bool sensitive = false;
  int version = 1;
  int sequence = 0;
  std::string uid;
  Day day;
  Precision precision = Precision::day;
  Day end_day;
  std::optional<int> start_minutes, end_minutes;  ///< local time
  Reach reach = Reach::place;
  std::optional<PlaceId> place;  ///< the smallest known place; nothing unless reach is place
  std::vector<PlaceId> places;   ///< of reach several
  std::string village;
  OrganisationId lead;
  std::vector<OrganisationId> co_hosts, partners;
  std::vector<std::string> topics, audiences;  ///< codes
  std::string languages;                       ///< codes of the languages it is held in, with spaces between
  std::string entry;                           ///< open, invitation or empty
  std::string cost, contact;
  std::optional<Count> expected;
  std::optional<Day> moved_from_day;
  std::optional<PlaceId> moved_from_place;
  std::string reason;
  std::optional<std::string> external_id;
  Day due_day;
  std::string source;                 ///< key of the source of a documented activity; empty otherwise
  std::map<std::string, Text> texts;  ///< by language code
  std::string original = "ky";        ///< language of the texts it was entered in
  std::optional<Result> result;       ///< the current one
  std::vector<Warning> warnings;
  Instant created{}, changed{};

  bool moved() const { return moved_from_day || moved_from_place; }
  Text const& text(Language language) const;  ///< the original where there is none
  std::string_view text_language(Language language) const;
};

/// Whether the days of one lie within the month or year that the other is known by: that is no move.
bool only_more_exact(Activity const& next, Activity const& stored);
/// Whether a changed plan leaves the day or place that it had: each such move has a reason of its own.
bool leaves_day_or_place(Activity const& next, Activity const& stored);
/// Whatever says when (days, how exactly they are known, hours) and where (reach, places, village) an activity takes place, as another one has it.
void take_when(Activity& activity, Activity const& from);
void take_where(Activity& activity, Activity const& from);
/// A place of an activity that is none on any of its days; null where there is no such place. What is stored in a place outside its time already
/// stays there.
place::Place const* place_out_of_time(Activity const& next, Activity const* stored, place::Tree const& places);
/// Held, reported or confirmed.
bool happened(State state);
/// Approved, held, reported, confirmed or cancelled: what the public figures count as planned.
bool counted(State state);
/// Whether a changed plan is no more the one that was approved: of another kind, led by another organisation, for other people, public where it was
/// for the coalition, or for more than twice as many or nobody knows how many.
bool another_plan(Activity const& next, Activity const& approved);
/// Stands for a day that never comes: no result is due of what is known from a published page alone. Nobody is shown it: see due().
inline constexpr Day never_due{83'000};  // in the year 2197
/// The day on which a result is due, as it may be shown; nothing where none ever is.
std::optional<Day> due(Day due_day);
/// Its result is missing although the day it was due on is over: approved or held, and due_day < today.
bool unreported(State state, Day due_day, Day today);

/// How the counting rules see a result: what is wrong with its sums, if anything.
struct Sums {
  Count cells;           ///< all cells added
  bool differs = false;  ///< cells are given and do not add up to the attendance
};
Sums sums(Result const& result);

/// Stands for a topic or audience group that nobody gave; no code of a pack may be called so.
inline constexpr std::string_view not_said = "none";

/// Which activities a list, a feed or a number is about. Everything empty: the whole edition. The address of a page is this, so two equal
/// filters have one address.
struct Filter {
  EditionId edition;
  std::optional<PlaceId> place;         ///< region, district or community, with all below
  bool region_only = false;             ///< with a region: only those without a district
  std::optional<Reach> reach;           ///< several, national, online: rows of their own in tables by place
  std::string kind, topic, audience;    ///< topic and audience may be not_said: activities that have none
  std::vector<std::string> other_than;  ///< kinds left out, each once, in order of their codes
  /// Activities that have several of these, and so stand in several lines of a table by them.
  enum class Several { none, hosts, topics, audiences } several = Several::none;
  std::optional<OrganisationId> organisation;  ///< lead or co-host
  std::optional<Day> week;                     ///< Monday of the first day
  std::optional<Day> from, until;              ///< first day within, both included
  /// awaiting: held, without a report so far or with one that was sent back; overdue: of these, the ones that were not reported in time; counted:
  /// reported or confirmed.
  enum class Status {
    any,
    planned,
    held,
    cancelled,
    moved,
    unreported,
    upcoming,
    reported,
    confirmed,
    counted,
    awaiting,
    overdue
  } status = Status::any;
  std::string text;  ///< words to search

  bool operator==(Filter const&) const = default;
  bool only_edition() const;  ///< nothing but the edition is chosen
};
std::string_view code(Filter::Status status);    ///< any is empty
std::string_view code(Filter::Several several);  ///< none is empty
Filter::Several several_of(std::string_view code);
Message name(Filter::Status status);
Message name(Filter::Several several);
/// In how many lines of such a table an activity stands beyond one; 0 for none.
std::int64_t lines_beyond_one(Activity const& activity, Filter::Several several);

/// Reads a filter from the address of a page: place=jalal-abad&kind=forum_theatre&status=held&week=2018-09-10&q=... Values that name nothing
/// are told as faults (with the field's name) and left out, never silently.
struct ReadFilter {
  Filter filter;
  std::vector<Fault> faults;
};
ReadFilter read_filter(http::Parameters const& query, campaign::Facts const& facts, EditionId edition);

/// The query of a filter's address in a fixed order; the edition first unless it is the current one.
http::Parameters query_of(Filter const& filter, campaign::Facts const& facts, EditionId current);
/// The agenda page a filter opens: what every number links to.
Url agenda_link(Say const& say, Filter const& filter, campaign::Facts const& facts, EditionId current);

}  // namespace birge::activity
