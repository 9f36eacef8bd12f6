#pragma once

#include <cstddef>
#include <vector>

#include "features/activity/activity_store.hpp"
#include "platform/http/request.hpp"

/// What the public sees of activities: pages, sheets of paper, feeds and the API.
namespace birge::activity {

/// How much a feed holds: the newest changes in Atom, the activities of one page of the JSON feed, and those of every other form.
inline constexpr std::size_t feed_changes = 200, feed_page = 1000, feed_rows = 20'000;

// Pages, under /ky, /ru and /en.
Reply agenda(Request& request);    ///< /activities: the list, whose address is its filter
Reply activity(Request& request);  ///< /activities/{id}
Reply poster(Request& request);    ///< /activities/{id}/poster
Reply sheet(Request& request);     ///< /activities/sheet?place=...: an agenda to print

// Feeds, at bare addresses; the language stands in the file's name, the filter in the query.
Reply agenda_feed(Request& request);    ///< /feeds/{file}: agenda-ky.ics, .atom, .json, .geojson, .csv, .xlsx and 3w-ky.csv
Reply activity_feed(Request& request);  ///< /feeds/activity/{file}: ID-ky.ics

// The API.
Reply api_activities(Request& request);     ///< /api/v1/activities
Reply api_activity(Request& request);       ///< /api/v1/activities/{id}
Reply api_editions(Request& request);       ///< /api/v1/editions
Reply api_places(Request& request);         ///< /api/v1/places
Reply api_organisations(Request& request);  ///< /api/v1/organisations
Reply api_codes(Request& request);          ///< /api/v1/codes

/// In which order the days of a list stand. Within a day the hours decide either way.
enum class Days { in_order, latest_first };

/// Appends rows of a list grouped by day, as the agenda shows them; those dated only by month or year stand under it. For other features' pages.
void add_rows_by_day(Html& out, Request& request, campaign::Facts const& facts, std::vector<Card> const& cards, Days days = Days::in_order);

/// Where a filtered list is to be had in other forms: agenda_feed_address(say, filter, ..., "ics") is /feeds/agenda-ky.ics?...
Url agenda_feed_address(Say const& say, Filter const& filter, campaign::Facts const& facts, EditionId current, std::string_view ending);

}  // namespace birge::activity
