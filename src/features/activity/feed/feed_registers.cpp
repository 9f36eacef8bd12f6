#include <algorithm>
#include <boost/json.hpp>

#include "features/activity/activity_pages.hpp"
#include "features/activity/feed/feed_api.hpp"
#include "features/site/site.hpp"

/// The registers that activities refer to, as JSON: editions, places, organisations, code lists.
namespace birge::activity {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

object texts(std::map<std::string, std::string> const& by_language) {
  object out;
  for (auto const& [language, text] : by_language) out[language] = text;
  return out;
}

template <class T>
value or_null(std::optional<T> const& known) {
  if (!known) return nullptr;
  return value(*known);
}

object edition_of(campaign::Edition const& edition, Day today) {
  object out{{"id", id_text(edition.id)},
             {"slug", edition.slug},
             {"year", edition.year},
             {"sample", edition.sample},
             {"names", texts(edition.names)},
             {"slogans", texts(edition.slogans)},
             {"preparation_from", edition.preparation_from.iso()},
             {"campaign_from", edition.campaign_from.iso()},
             {"campaign_until", edition.campaign_until.iso()},
             {"closing_until", edition.closing_until.iso()},
             {"days", edition.days_in_campaign()},
             {"day_number", or_null(edition.day_number(today))}};
  out["conference_day"] = nullptr;
  if (edition.conference_day) out["conference_day"] = edition.conference_day->iso();
  return out;
}

object place_of(place::Place const& place, place::Tree const& tree) {
  auto const* parent = tree.find(place.parent);
  object names;
  for (auto const& [language, name] : place.names) names[language] = name.text;
  return {{"id", id_text(place.id)},
          {"code", place.code},
          {"pcode", or_null(place.pcode)},
          {"level", static_cast<int>(place.level)},
          {"kind", place.kind},
          {"parent", parent ? value(parent->code) : value(nullptr)},
          {"names", std::move(names)},
          {"latitude", or_null(place.latitude)},
          {"longitude", or_null(place.longitude)}};
}

object organisation_of(coalition::Organisation const& organisation, campaign::Facts const& facts) {
  auto const* region = organisation.region ? facts.places->find(*organisation.region) : nullptr;
  return {{"id", id_text(organisation.id)},    {"slug", organisation.slug},
          {"kind", organisation.kind},         {"region", region ? value(region->code) : value(nullptr)},
          {"sample", organisation.sample},     {"website", organisation.website.empty() ? value(nullptr) : value(organisation.website)},
          {"names", texts(organisation.names)}};
}

/// The rows of a register are short, so more go into one answer than of activities.
constexpr api::Pages pages{100, 500};

/// The part of a register that was asked for, which lies in memory: from the row with this number on.
template <class Row, class Key, class Object>
Reply part_of(Request const& request, std::vector<Row const*> const& all, std::size_t at, Key key, Object object_of) {
  auto const limit = static_cast<std::size_t>(api::limit(request, pages));
  auto const end = std::min(all.size(), at + limit);
  array items;
  for (; at < end; ++at) items.push_back(object_of(*all[at]));
  object answer{{"items", std::move(items)}, {"next", nullptr}};
  if (end < all.size()) answer["next"] = api::next(request, key(*all[end - 1]));
  return api::reply(answer);
}

}  // namespace

Reply api_editions(Request& request) {
  auto const facts = site::facts(request);
  auto const today = facts->today(request.now);
  auto const current = facts->current(request.now);
  array editions;
  for (auto const& edition : facts->editions) editions.push_back(edition_of(edition, today));
  return api::reply(object{{"current", current ? value(current->slug) : value(nullptr)}, {"items", std::move(editions)}});
}

Reply api_places(Request& request) {
  auto const facts = site::facts(request);
  auto const& tree = *facts->places;
  std::vector<place::Place const*> all;
  auto const add = [&](auto const& self, place::Place const& place) -> void {
    all.push_back(&place);
    for (auto const* child : tree.children(place.id)) self(self, *child);
  };
  add(add, tree.country());
  std::size_t at = 0;
  if (auto const after = request.query.get("after"); !after.empty()) {
    auto const found = std::ranges::find(all, after, [](auto const* place) { return std::string_view(place->code); });
    if (found == all.end()) api::no_such_place(after);
    at = static_cast<std::size_t>(found - all.begin()) + 1;
  }
  return part_of(
      request, all, at, [](place::Place const& place) { return std::string_view(place.code); },
      [&](place::Place const& place) { return place_of(place, tree); });
}

Reply api_organisations(Request& request) {
  auto const facts = site::facts(request);
  std::vector<coalition::Organisation const*> sorted;
  for (auto const& [id, organisation] : facts->organisations) sorted.push_back(&organisation);
  auto const slug_of = [](auto const* organisation) { return std::string_view(organisation->slug); };
  std::ranges::sort(sorted, {}, slug_of);
  // Stands in the order of the slugs, so that a reader goes on also where the last one it read is gone by now.
  auto const next = std::ranges::upper_bound(sorted, request.query.get("after"), {}, slug_of);
  return part_of(
      request, sorted, static_cast<std::size_t>(next - sorted.begin()),
      [](coalition::Organisation const& organisation) { return std::string_view(organisation.slug); },
      [&](coalition::Organisation const& organisation) { return organisation_of(organisation, *facts); });
}

Reply api_codes(Request& request) {
  auto const facts = site::facts(request);
  object lists;
  for (auto const* name : {"kind", "topic", "audience", "age_band"}) {
    array codes;
    for (auto const& code : facts->codes.list(name)) {
      object entry{{"code", code.code}, {"names", texts(code.names)}};
      if (std::string_view(name) == "kind") {
        entry["sensitive"] = code.sensitive;
        entry["broadcast"] = code.broadcast;
      }
      if (std::string_view(name) == "age_band") {
        entry["low_age"] = or_null(code.low_age);
        entry["high_age"] = or_null(code.high_age);
      }
      codes.push_back(std::move(entry));
    }
    lists[name] = std::move(codes);
  }
  return api::reply(lists);
}

}  // namespace birge::activity
