#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
  std::string_view code;  ///< in the address: help, subjects, organisations, places, editions, reports, people, invitations, joining
  std::string title;
  std::vector<Item> items;  ///< all of them, in order
};

/// A text with what was found marked in it.
Html marked(Wanted const& wanted, std::string_view text);

/// An excerpt of a longer text with what was found marked in it.
Html marked_excerpt(Wanted const& wanted, std::string_view text);

using TextsByLanguage = std::map<std::string, std::string>;  ///< by language code
/// Of a text in several languages the one that has most of what is wanted, that of the page before others; null where none has any of it.
std::pair<std::string const, std::string> const* most_found(Scene const& scene, TextsByLanguage const& texts);
/// What a page in a language is linked with.
Say const& say_in(Scene const& scene, std::string_view language);

/// Editions, and what was written and recommended for their closing reports; drafts only for those who write these.
Group editions(Scene const& scene);
Group reports(Scene const& scene);

/// What coordinators decide on, of their part of the country; nothing for others.
Group invitations(Scene const& scene);
Group joining_requests(Scene const& scene);

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

/// The key of a list of activities, and what it says.
std::string key_of(Before const& before);
Before before_of(std::string_view key);

/// What is found in many longer texts, the latest first; `after` is the key of the item behind which it goes on, or empty.
struct Found {
  std::string title;
  std::vector<Item> items;
  bool more = false;
};
/// Remarks under activities that the person may see.
Found remarks(Scene const& scene, std::string_view after, int limit);
/// What is told by the results of activities that the person may see.
Found results(Scene const& scene, std::string_view after, int limit);
/// Why activities that the person may see were returned, moved, cancelled or corrected, and the orders they were approved by on paper.
Found reasons(Scene const& scene, std::string_view after, int limit);
/// Captions of the evidence that the person may open, or everybody.
Found captions(Scene const& scene, std::string_view after, int limit);

/// What may have been meant where nothing is found, as it is written in something public; empty where nothing is near, or nothing would be found.
std::string suggestion(Scene const& scene);

/// What was typed with a word, or all of it, that names a place in another spelling (Карасуу, Jalalabad) written as the place is: the names of
/// places have their own rules of spelling, activities are found by the words of those names. Each is another search; none may find anything.
std::vector<std::string> with_places_as_written(Scene const& scene);

}  // namespace birge::search
