#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "features/activity/activity_store.hpp"
#include "features/site/site.hpp"

/// How an activity is put in words and small pieces of markup; shared by the pages, the feeds and the API of this folder.
namespace birge::activity::view {

/// What a state is shown from, whether it comes from a row of a list or from a whole activity.
struct Standing {
  State state = State::approved;
  Day day, end_day, due_day;
  Precision precision = Precision::day;
  std::optional<Day> moved_from_day;
  std::optional<PlaceId> moved_from_place;
};
Standing standing(Card const& card);
Standing standing(Activity const& activity);

/// "14 September 2018", "10–12 October 2018", "September 2018", "the year 2018".
std::string day_text(Say const& say, Day day, Day end_day, Precision precision);
/// The day with its number large: "<b>16</b>-октябрь" in the order that each language has. `with_year`: of another year, and the day of the week
/// follows behind a comma.
Html day_heading(Say const& say, Day day, bool with_year = false);
/// "14:00–16:00", "14:00" or nothing.
std::string hours(Say const& say, std::optional<int> start, std::optional<int> end);
/// A range as a number of people that came: "120 attendances", "150–200 attendances".
std::string attendances(Say const& say, Count count);
std::string range(Say const& say, Count count);
/// "Kinds other than: Lecture, Training".
std::string other_kinds(Say const& say, campaign::Facts const& facts, std::vector<std::string> const& kinds);
/// What a table takes off again: "−12", "−(12–15)".
std::string taken_off(Say const& say, Count count);

/// Where it is, from the largest place to the smallest, in one line without markup.
std::string place_text(Say const& say, campaign::Facts const& facts, Reach reach, std::optional<PlaceId> place, std::string_view village);
/// The same with names in other languages marked.
Html place_html(Request const& request, campaign::Facts const& facts, Reach reach, std::optional<PlaceId> place, std::string_view village);

std::string kind_name(Say const& say, campaign::Facts const& facts, std::string_view kind);
/// "Lecture, 14 September 2018, Naryn oblast": kind, day and place, for letters. No title, no name, no village, nothing that anybody wrote.
std::string plain_line(Say const& say, campaign::Facts const& facts, Activity const& activity);
Html const& kind_icon(campaign::Facts const& facts, std::string_view kind);
Html const& kind_icon(campaign::Code const* kind);  ///< null: a kind that is not in the list
std::string organisation_name(Say const& say, campaign::Facts const& facts, OrganisationId id);
/// The same, added to what is being written: a list has scores of them.
void add_place(Html& out, Request const& request, campaign::Facts const& facts, Reach reach, std::optional<PlaceId> place, std::string_view village);
void add_organisation(Html& out, Request const& request, campaign::Facts const& facts, OrganisationId id);
Html organisation_html(Request const& request, campaign::Facts const& facts, OrganisationId id);

/// The state in words with its sign. `brief` leaves out what a list takes for granted: planned and still to come.
Html tags(Request const& request, campaign::Facts const& facts, Standing const& standing, Day today, bool brief);
/// The state in words alone, for tables and feeds.
std::string state_text(Say const& say, Standing const& standing, Day today);
std::string moved_text(Say const& say, campaign::Facts const& facts, Standing const& standing);

Message method_name(std::string_view method);
Message method_text(std::string_view method);  ///< the same inside a sentence
Message entry_name(std::string_view entry);
Message sex_name(Sex sex);
/// Name of an age band of the pack, or of the coarser groups a sheet may have.
std::string band_name(Say const& say, campaign::Facts const& facts, std::string_view band);

/// What the public may list: counted states that are public.
bool listed(Activity const& activity);
/// May its counts by sex and age be published?
bool cells_public(Activity const& activity);
/// Its result where it counts in public: reported or confirmed.
Result const* public_result(Activity const& activity);

/// The address of an activity's page.
Url page_of(Say const& say, ActivityId id);

}  // namespace birge::activity::view
