#pragma once

#include <string>
#include <vector>

#include "features/activity/activity_store.hpp"
#include "platform/http/request.hpp"

/// The forms in which a list can be taken away; for the .cpp files of this folder and their tests.
namespace birge::activity::feeds {

/// What every form says about the list it holds.
struct List {
  Say const& say;
  campaign::Facts const& facts;
  campaign::Edition const& edition;
  std::vector<Activity> const& activities;  ///< public ones only, in the order of their days
  std::string title;                        ///< says so when the edition is a sample
  std::string public_address;
  std::string page_address;  ///< the same list as a page, in full
  std::string feed_address;  ///< of the feed itself, in full
  std::string next_address;  ///< of the JSON feed's next page, in full; empty where this is the last
  Instant now;
  bool cut = false;  ///< the list goes on, and this form has no next page
};

/// Says that there are more than the form holds; empty where it holds all.
std::string cut_text(List const& list);

/// The list in the form of a file name: its stem ("agenda", "3w") and its ending. Throws Problem where there is no such form.
Reply reply(List const& list, std::string_view stem, std::string_view ending, Request& request);

std::string atom(List const& list);            ///< RFC 4287, what changed last first
std::string json(List const& list);            ///< JSON Feed 1.1, each item with the whole activity under _birge
std::string geojson(List const& list);         ///< RFC 7946
std::string csv(List const& list);             ///< where the list is cut, the header of the answer says so: every row is an activity
std::string workbook(List const& list);        ///< XLSX
std::string who_what_where(List const& list);  ///< 3W with a row of HXL hashtags (HXL 1.1); cut as CSV is

}  // namespace birge::activity::feeds
