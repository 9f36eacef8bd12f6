#include <algorithm>
#include <boost/json.hpp>

#include "features/activity/activity_pages.hpp"
#include "features/site/site.hpp"

/// The registers that activities refer to, as JSON: editions, places, organisations, code lists.
namespace birge::activity {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

Reply json_reply(value const& answer) {
  auto reply = http::text(boost::json::serialize(answer), "application/json; charset=utf-8");
  reply.header("Access-Control-Allow-Origin", "*");
  return reply;
}

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

}  // namespace

Reply api_editions(Request& request) {
  auto const facts = site::facts(request);
  auto const today = facts->today(request.now);
  auto const current = facts->current(request.now);
  array editions;
  for (auto const& edition : facts->editions) editions.push_back(edition_of(edition, today));
  return json_reply(object{{"current", current ? value(current->slug) : value(nullptr)}, {"items", std::move(editions)}});
}

Reply api_places(Request& request) {
  auto const facts = site::facts(request);
  auto const& tree = *facts->places;
  array places;
  auto const add = [&](auto const& self, place::Place const& place) -> void {
    auto const* parent = tree.find(place.parent);
    object names;
    for (auto const& [language, name] : place.names) names[language] = name.text;
    places.push_back(object{{"id", id_text(place.id)},
                            {"code", place.code},
                            {"pcode", or_null(place.pcode)},
                            {"level", static_cast<int>(place.level)},
                            {"kind", place.kind},
                            {"parent", parent ? value(parent->code) : value(nullptr)},
                            {"names", std::move(names)},
                            {"latitude", or_null(place.latitude)},
                            {"longitude", or_null(place.longitude)}});
    for (auto const* child : tree.children(place.id)) self(self, *child);
  };
  add(add, tree.country());
  return json_reply(object{{"items", std::move(places)}});
}

Reply api_organisations(Request& request) {
  auto const facts = site::facts(request);
  std::vector<coalition::Organisation const*> sorted;
  for (auto const& [id, organisation] : facts->organisations) sorted.push_back(&organisation);
  std::ranges::sort(sorted, {}, [](auto const* organisation) { return organisation->slug; });
  array organisations;
  for (auto const* organisation : sorted) {
    auto const* region = organisation->region ? facts->places->find(*organisation->region) : nullptr;
    organisations.push_back(object{{"id", id_text(organisation->id)},
                                   {"slug", organisation->slug},
                                   {"kind", organisation->kind},
                                   {"region", region ? value(region->code) : value(nullptr)},
                                   {"sample", organisation->sample},
                                   {"website", organisation->website.empty() ? value(nullptr) : value(organisation->website)},
                                   {"names", texts(organisation->names)}});
  }
  return json_reply(object{{"items", std::move(organisations)}});
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
  return json_reply(lists);
}

}  // namespace birge::activity
