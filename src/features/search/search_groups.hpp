#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/account/access.hpp"
#include "features/search/search_store.hpp"
#include "features/site/site.hpp"

/// What was found, group by group. Only for this folder.
namespace birge::search {

/// A search on its way through the page.
struct Scene {
  Request& request;
  Say const& say;
  std::shared_ptr<campaign::Facts const> facts;
  account::Person const* person;  ///< null: the public
  Wanted wanted;
  Day today;
};

/// A row of a list; `key` is what the list goes on behind.
struct Item {
  std::string key;
  Html row;
};
struct Group {
  std::string_view code;  ///< in the address: help, subjects, organisations, places, editions, people
  std::string title;
  std::vector<Item> items;  ///< all of them, in order
};

/// A text with what was found marked in it.
Html marked(Wanted const& wanted, std::string_view text);

/// The groups that have something, numbers to call first. People only for those who look after accounts, and of them those in their care.
std::vector<Group> groups(Scene const& scene);
/// One of them by its code, perhaps empty; nothing where no group has it. The others are not looked for.
std::optional<Group> group_of(Scene const& scene, std::string_view code);
/// Whether any of them would hold something: no more is looked for than says so.
bool any_group(Scene const& scene);

/// Activities of one edition.
struct Activities {
  campaign::Edition const* edition = nullptr;
  std::vector<Item> items;
  bool more = false;
};
/// What the public sees too, what is to come before what is over; at most `limit` of an edition.
std::vector<Activities> listed_activities(Scene const& scene, int limit);
/// What only the person sees: drafts of their own, and what is for the coalition. The latest first; the key of an item is where a list goes on.
Activities unlisted_activities(Scene const& scene, campaign::Edition const& edition, Before const& before, int limit);

/// Remarks under activities that the person may see, the latest first; the key of an item is where a list goes on.
struct Remarks {
  std::vector<Item> items;
  bool more = false;
};
Remarks remarks(Scene const& scene, std::int64_t before, int limit);

/// What may have been meant where nothing is found, as it is written in something public; empty where nothing is near, or nothing would be found.
std::string suggestion(Scene const& scene);

}  // namespace birge::search
