#include "features/gap/gap_view.hpp"

#include <algorithm>

#include "features/activity/tally/tally.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/insight/insight_closing.hpp"
#include "features/village/village_desk.hpp"
#include "platform/base/text.hpp"

namespace birge::gap {

using activity::Filter;

namespace {

/// The region that the address names; without one that of a regional coordinator, "all" for the whole country.
place::Place const* chosen_region(Request const& request, campaign::Facts const& facts, account::Person const& person) {
  auto const code = request.query.get("region");
  if (auto const* place = facts.places->by_code(code)) return facts.places->region_of(place->id);
  if (!code.empty() || account::may_everywhere(person, account::Permission::approve)) return nullptr;
  for (auto const& grant : person.grants)
    if (grant.role == account::Role::regional_coordinator && grant.region) return facts.places->find(*grant.region);
  return nullptr;
}

std::string coded(Request const& request, campaign::Facts const& facts, char const* list) {
  auto const code = request.query.get(list);
  return facts.codes.find(list, code) ? std::string(code) : std::string();
}

Filter filter_of(Page const& page) {
  Filter filter;
  filter.edition = page.edition.id;
  filter.kind = page.narrow.kind;
  filter.audience = page.narrow.audience;
  filter.topic = page.narrow.topic;
  return filter;
}

void set_narrowing(http::Parameters& query, Narrow const& narrow) {
  if (!narrow.kind.empty()) query.set("kind", narrow.kind);
  if (!narrow.audience.empty()) query.set("audience", narrow.audience);
  if (!narrow.topic.empty()) query.set("topic", narrow.topic);
}

Url with_query(Url const& path, http::Parameters const& query) {
  auto const text = query.encoded();
  return text.empty() ? path : own_path(std::string(path.text()) + "?" + text);
}

}  // namespace

Page read_page(Request& request) {
  auto facts = site::facts(request);
  auto const& edition = site::chosen_edition(request, *facts);
  auto const* current = facts->current(request.now);
  Page page{request,
            request.say,
            account::person(request),
            facts,
            edition,
            current ? current->id : campaign::EditionId{},
            facts->today(request.now),
            campaign::closed(request.read(), edition.id).has_value(),
            {coded(request, *facts, "kind"), coded(request, *facts, "audience"), coded(request, *facts, "topic")},
            nullptr,
            {},
            {}};
  page.region = chosen_region(request, *facts, page.person);
  page.seen = Store(request.read()).seen(edition.id, page.narrow, page.today);
  page.rows = rows(*facts->places, page.seen, village::waiting_by_place(request.read(), edition.id), page.time());
  return page;
}

Url here(Page const& page, std::string_view path, std::string_view region, std::string_view view) {
  http::Parameters query;
  if (page.edition.id != page.current) query.set("edition", page.edition.slug);
  if (!region.empty()) query.set("region", region);
  set_narrowing(query, page.narrow);
  if (!view.empty()) query.set("view", view);
  return with_query(own_path("/" + std::string(page.say.code()) + std::string(path)), query);
}

Url list_of_filter(Page const& page, Filter const& filter) { return insight::list_link(page.say, filter, *page.facts, page.current, page.closed); }

Url list_of(Page const& page, PlaceId place, Filter::Status status, std::optional<Day> week) {
  auto filter = filter_of(page);
  filter.place = place;
  filter.status = status;
  filter.week = week;
  return list_of_filter(page, filter);
}

Filter filter_of_key(Page const& page, std::string const& key) { return insight::narrowed(filter_of(page), "district", key); }

Url list_of_key(Page const& page, std::string const& key, Filter::Status status, std::optional<Day> week) {
  auto filter = filter_of_key(page, key);
  filter.status = status;
  filter.week = week;
  return list_of_filter(page, filter);
}

Html number(Page const& page, std::int64_t number, Url const& list) {
  if (number == 0) return html("0");
  return html("<a href=\"{}\">{}</a>", list, page.say.number(number));
}

std::string place_name(Page const& page, PlaceId id) { return page.facts->places->name(id, page.say.language()).text; }

std::optional<Url> plan_address(Page const& page, PlaceId place, std::optional<Day> week, Narrow const& narrow) {
  auto const* found = page.facts->places->find(place);
  auto const* region = page.facts->places->region_of(place);
  // Organisations plan for themselves wherever they go; a coordinator without one in the own region only.
  bool const plans = std::ranges::any_of(page.person.grants, [&](account::Grant const& grant) {
    if (grant.role == account::Role::helper || (grant.role == account::Role::communications_officer && !grant.organisation)) return false;
    auto const extent = account::extent(grant.role, account::Permission::plan);
    if (grant.role == account::Role::regional_coordinator) return region && grant.region == region->id;
    return extent != account::Extent::never;
  });
  if (!plans || !found || (!week && !found->valid_on(page.time().now())) || page.closed || page.today > page.edition.closing_until) return {};
  http::Parameters query;
  query.set("place", found->code);
  if (week) {
    // Of this week the days that are left, of the first and last one those of the campaign, and those on which it is a place.
    auto const day = std::max({*week, page.today.plus(1), page.edition.campaign_from, found->valid_from.value_or(*week)});
    if (day > std::min(week->plus(6), page.edition.campaign_until) || !found->valid_on(day)) return {};
    query.set("day", day.iso());
  }
  set_narrowing(query, narrow);
  if (page.edition.id != page.current) query.set("edition", page.edition.slug);
  return with_query(page.say.path("/work/activities/new"), query);
}

Html plan_link(Page const& page, PlaceId place, std::optional<Day> week, std::string_view words, std::string_view look) {
  auto const address = plan_address(page, place, week, page.narrow);
  if (!address) return {};
  return html("<a class=\"{}\" href=\"{}\">{}<span class=\"heard\"> {}{}</span></a>", look, *address, words, place_name(page, place),
              week ? ", " + page.say.date(*week) : std::string());
}

Html waiting_number(Page const& page, Row const& row) {
  if (row.waiting == 0) return html("0");
  if (!village::may_open(page.person, row.spot.region)) return html("{}", page.say.number(row.waiting));
  return html("<a href=\"{}\">{}</a>", village::waiting_list(page.say, *page.facts->places->find(row.spot.place)), page.say.number(row.waiting));
}

std::string rate_text(Say const& say, Row const& row) {
  auto const low = say.decimal(insight::printed_rate(row.rate_low), 1), high = say.decimal(insight::printed_rate(row.rate_high), 1);
  return low == high ? low : low + "–" + high;
}

Html formula(Page const& page) {
  auto const& say = page.say;
  return html(
      "<details><summary>{}</summary><ol><li>{}</li><li>{}</li></ol><ul><li>{}</li><li>{}</li><li>{}</li><li>{}</li></ul></details>",
      say("How is the order made?"), say("First the places where invitations wait: the more, the higher."),
      say("Then by points: thousands of inhabitants not reached, times weeks without an activity. Half of it where something is planned in the next {} days.",
          soon_days),
      say("Inhabitants not reached: those of the census unit less all attendances there. Each attendance is taken for one person, so at least so many were not reached."),
      say("The census counts some cities together with the district around them. Such a unit gives each of its places an equal part; the rate per 1,000 is that of the whole unit."),
      say("Weeks are counted from the last activity that was held, otherwise from the beginning of the campaign, up to today; a week begun counts."),
      say("Kilometres go in a straight line between the middle points of two districts, to the nearest one where something was held or is planned. A road is longer."));
}

std::vector<Rest> rest_of(Page const& page) {
  std::vector<Rest> rest;
  auto const add = [&](std::string key, std::string name) {
    if (page.seen.contains(key)) rest.push_back({std::move(key), std::move(name)});
  };
  for (auto const* region : page.facts->places->regions()) {
    auto const& below = page.facts->places->children(region->id);
    bool const is_spot = below.empty() || below.front()->level != place::Level::district;
    if (!is_spot && (!page.region || page.region == region))
      add(activity::region_only_key(region->id), page.say("{}: no district said", place_name(page, region->id)));
  }
  if (page.region) return rest;
  for (auto const reach : {activity::Reach::several, activity::Reach::national, activity::Reach::online})
    add(std::string(activity::code(reach)), page.say(activity::name(reach)));
  return rest;
}

Reply workspace_page(Page const& page, std::string_view title, Html const& main) {
  site::Head head;
  head.title = title;
  head.index = false;
  head.active = "gaps";
  head.edition = &page.edition;
  return site::page(page.request, head, main);
}

}  // namespace birge::gap
