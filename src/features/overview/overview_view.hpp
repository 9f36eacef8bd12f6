#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/activity/activity_store.hpp"
#include "features/site/site.hpp"

/// Small pieces that several pages of this folder are made of.
namespace birge::overview::view {

/// What these pages begin with.
struct Scene {
  Request& request;
  Say const& say;
  std::shared_ptr<campaign::Facts const> facts;
  campaign::Edition const* edition = nullptr;  ///< the current one; null: none
  Day today;

  campaign::EditionId current() const { return edition ? edition->id : campaign::EditionId{}; }
  activity::Filter filter() const;  ///< of the current edition
  /// Invented organisations stand on pages of a sample edition, real ones on all others; never both under one heading.
  bool belongs(coalition::Organisation const& organisation) const { return organisation.sample == (edition && edition->sample); }
};
Scene scene(Request& request);

Html crumbs(Say const& say, std::initializer_list<std::pair<Url, std::string>> way, std::string_view here);
/// A number as the link to its list; of 0 there is none.
Html opening(Url const& link, std::string_view value);
Html number(Url const& link, std::string_view value, std::string_view name, Html const& note);

/// The three or four numbers of a filter, each opening the list it counts.
Html numbers(Scene const& scene, activity::Filter const& filter, activity::Totals const& totals);

/// The next activities of a filter from today on, and a link to all of them; a sentence when there are none.
Html next_activities(Scene const& scene, activity::Filter filter, int limit, std::string_view when_none);
/// Its newest activities, for a filter that has nothing to come.
Html latest_activities(Scene const& scene, activity::Filter const& filter, int limit);

/// Where a filtered list is to be had as a calendar, a feed or a table.
Html feed_links(Scene const& scene, activity::Filter const& filter);
std::vector<site::Feed> feeds(Scene const& scene, activity::Filter const& filter, std::string const& title);

Html organisation_link(Scene const& scene, coalition::OrganisationId id);
Html place_name(Scene const& scene, place::PlaceId id);
/// The title of a source in its own language, marked with it.
Html source_title(Request const& request, std::string_view title);
/// "10 September – 10 December 2018".
std::string dates(Say const& say, campaign::Edition const& edition);
Message stage_name(campaign::Stage stage);
/// Every number to call, with what is known of it.
Html contacts(Scene const& scene);

}  // namespace birge::overview::view
