#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "features/account/access.hpp"
#include "features/gap/gap_store.hpp"
#include "features/site/site.hpp"

/// What the pages of this folder share.
namespace birge::gap {

/// What a page of the planner begins with.
struct Page {
  Request& request;
  Say const& say;
  account::Person const& person;
  std::shared_ptr<campaign::Facts const> facts;
  campaign::Edition const& edition;
  campaign::EditionId current;
  Day today;
  bool closed;  ///< its numbers are those of the closing
  Narrow narrow;
  place::Place const* region = nullptr;  ///< null: the whole country
  SeenByKey seen;
  std::vector<Row> rows;  ///< of the whole country, those that need it most first

  bool shows(Row const& row) const { return !region || row.spot.region == region->id; }
  Time time() const { return {edition.campaign_from, edition.campaign_until, today}; }
};
/// The edition, region and narrowing that the address chooses; a regional coordinator begins with the own region. Throws Problem(not_found) for an
/// edition there is not.
Page read_page(Request& request);

/// What the page is about besides its region, in every address it leads to.
Url here(Page const& page, std::string_view path, std::string_view region, std::string_view view = {});
/// The list that a number opens: the agenda, or of a closed edition what counted at the closing.
Url list_of_filter(Page const& page, activity::Filter const& filter);
/// That of a place.
Url list_of(Page const& page, PlaceId place, activity::Filter::Status status, std::optional<Day> week = {});
/// What a key counts, of a spot or of what is none: a region only, or a reach.
activity::Filter filter_of_key(Page const& page, std::string const& key);
Url list_of_key(Page const& page, std::string const& key, activity::Filter::Status status, std::optional<Day> week = {});
/// A number that opens its list; zero has nothing behind it.
Html number(Page const& page, std::int64_t number, Url const& list);

std::string place_name(Page const& page, PlaceId id);
/// The form of a new activity for a place, and a week where one is given; nothing for those who plan nothing there.
std::optional<Url> plan_address(Page const& page, PlaceId place, std::optional<Day> week, Narrow const& narrow);
/// The same as a link, narrowed as the page is.
Html plan_link(Page const& page, PlaceId place, std::optional<Day> week, std::string_view words, std::string_view look);
/// The invitations that wait there: a link for those who may open them.
Html waiting_number(Page const& page, Row const& row);
std::string rate_text(Say const& say, Row const& row);
/// How the order comes about, in words.
Html formula(Page const& page);
/// Rows in a table by place that are no spot, with their names: region only, then several places, national, online.
struct Rest {
  std::string key, name;
};
std::vector<Rest> rest_of(Page const& page);

Html map(Page const& page);
Html table(Page const& page);
/// Districts by week, audience group, kind or topic.
Html grid(Page const& page, By by);

Reply workspace_page(Page const& page, std::string_view title, Html const& main);

}  // namespace birge::gap
