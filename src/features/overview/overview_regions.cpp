#include <algorithm>

#include "features/activity/activity_pages.hpp"
#include "features/insight/insight_pages.hpp"
#include "features/overview/overview_pages.hpp"
#include "features/overview/overview_view.hpp"
#include "platform/base/text.hpp"

namespace birge::overview {

namespace {

using namespace view;

std::string region_name(Scene const& scene, place::PlaceId id) { return scene.facts->places->name(id, scene.say.language()).text; }

Html here_sits(Scene const& scene, place::PlaceId region) {
  auto const& say = scene.say;
  std::vector<coalition::Organisation const*> found;
  for (auto const& [id, organisation] : scene.facts->organisations)
    if (organisation.region == region && scene.belongs(organisation)) found.push_back(&organisation);
  if (found.empty()) return {};
  auto const language = say.language();
  std::ranges::sort(found, [&](auto const* a, auto const* b) { return say.compare(a->name(language), b->name(language)) < 0; });
  Html items;
  for (auto const* organisation : found)
    items.add("<li>{} <span class=\"soft\">{}</span></li>", organisation_link(scene, organisation->id),
              say(coalition::kind_name(organisation->kind)));
  return html("<section><h2>{}</h2><ul class=\"plain\">{}</ul></section>", say("Organisations of this region"), items);
}

Html sheet_link(Scene const& scene, place::Place const& place) {
  auto const& say = scene.say;
  return html("<ul class=\"links\"><li><a href=\"{}\">{} {}</a></li><li><a href=\"{}\">{} {}</a></li><li><a href=\"{}\">{} {}</a></li></ul>",
              own_path(std::string(say.path("/activities/sheet").text()) + "?place=" + percent_encoded(place.code)), site::icon("print"),
              say("Calendar to print"), own_path(std::string(say.path("/report").text()) + "?place=" + percent_encoded(place.code)),
              site::icon("document"), say("Report of this region"), say.path("/invite"), site::icon("person"),
              say("Invite the campaign to your village"));
}

Html inhabitants(Scene const& scene, place::Place const& region) {
  auto const& say = scene.say;
  auto const districts =
      std::ranges::count_if(scene.facts->places->children(region.id), [&](auto const* place) { return place->valid_on(scene.today); });
  if (districts == 0) return {};
  return html("<p class=\"lead\">{}</p>", say.plural("{} district", "{} districts", districts));
}

}  // namespace

Reply regions(Request& request) {
  auto const scene = view::scene(request);
  auto const& say = scene.say;
  site::Head head;
  head.title = say("Regions");
  head.description = say("Where the campaign is held, region by region.");
  head.active = "regions";
  head.canonical = say.path("/regions");
  head.edition = scene.edition;
  auto const above = scene.edition ? scene.edition->name(say.language()) : std::string();
  auto const block = scene.edition ? insight::regions_block(request) : html("<p>{}</p>", say("No edition of the campaign has been entered yet."));
  return site::page(request, head,
                    html("<p class=\"above\">{}</p><h1>{}</h1><p class=\"lead\">{}</p>{}", above, say("What happens in your region?"),
                         say("Choose a region to see what is on there."), block));
}

Reply region(Request& request) {
  auto const scene = view::scene(request);
  auto const& say = scene.say;
  auto const code = request.capture("code");
  auto const* place = scene.facts->places->by_code(code);
  if (!place || place->level == place::Level::country)
    throw Problem(Failure::not_found, message("No region is called “{}”.", shortened(clean_line(code), 60)));
  auto const* whole = scene.facts->places->region_of(place->id);
  if (whole != place || place->code != code) return http::see_other(say.path("/regions/{}", whole->code));
  auto const name = region_name(scene, place->id);
  auto filter = scene.filter();
  filter.place = place->id;

  site::Head head;
  head.title = name;
  head.description = say("What the campaign against trafficking in persons does in this region: {}.", name);
  head.active = "regions";
  head.canonical = say.path("/regions/{}", place->code);
  head.edition = scene.edition;
  if (scene.edition) head.feeds = view::feeds(scene, filter, name);

  Html main = html("{}<p class=\"above\">{}</p><h1>{}</h1>{}", crumbs(say, {{say.path("/regions"), std::string(say("Regions"))}}, name),
                   scene.edition ? scene.edition->name(say.language()) : std::string(), place_name(scene, place->id), inhabitants(scene, *place));
  if (scene.edition)
    main.add("<section><h2>{}</h2>{}{}</section><section><h2>{}</h2>{}</section>", say("What comes next here?"),
             next_activities(scene, filter, 6, say("Nothing more is planned here in this edition.")), sheet_link(scene, *place),
             say("What was reached here?"), insight::region_block(request, place->id));
  main.add("{}", here_sits(scene, place->id));
  if (scene.edition) main.add("<section><h2>{}</h2>{}</section>", say("Keep up with it"), feed_links(scene, filter));
  return site::page(request, head, main);
}

}  // namespace birge::overview
