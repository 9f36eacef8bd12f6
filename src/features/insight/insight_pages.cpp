#include "features/insight/insight_pages.hpp"

#include <limits>

#include "features/account/session.hpp"
#include "features/insight/insight_parts.hpp"
#include "platform/base/number.hpp"

namespace birge::insight {

namespace {

using namespace view;

constexpr std::size_t organisations_shown = 12, units_shown = 10;

// What follows is written where it will stand: the page is long, and each part of it would be copied several times.

void add_where(Html& out, Page const& page) {
  auto const& say = page.say;
  bool const one_region = page.figures.filter.place.has_value();
  Table const places{.id = "places",
                     .caption = std::string(one_region ? say("Activities and attendances by district") : say("Activities and attendances by region")),
                     .first = std::string(one_region ? say("District") : say("Region")),
                     .columns = {Column::held, Column::attendance, Column::reported, Column::confirmed},
                     .rows = region_rows(page)};
  out.add("<section><h2>{}</h2>", say("Where have we been?"));
  // One region alone makes no map: its districts stand on the map of districts.
  if (one_region) add_table(out, page, places);
  else out.add("<div class=\"beside even\"><div>{}</div><div>{}</div></div>", region_map(page), table(page, places));
  out.add("<p class=\"screen\"><a href=\"{}\">{}</a></p>{}</section>", here(page, say.path("/figures/districts"), page.figures.filter.place),
          say("Maps and figures of every district"), weeks(page));
}

void add_who(Html& out, Page const& page) {
  out.add("<section><h2>{}</h2>{}<div class=\"beside even\"><div>", page.say("Who did we reach?"), people(page));
  add_kinds(out, page);
  out.add("</div><div>");
  add_topics(out, page);
  out.add("</div></div><div class=\"beside even\"><div>");
  add_audiences(out, page);
  out.add("</div><div>{}</div></div></section>", organisations(page, organisations_shown, {Column::held, Column::attendance}));
}

Html missing(Page const& page) {
  auto const& say = page.say;
  Html out = html("<section><h2>{}</h2>{}{}", say("What is missing?"), only_documented(page) ? Html() : unreported(page), never_reached(page));
  if (page.figures.total.without_result()) return out.add("</section>");
  out.add("<h3>{}</h3>{}", say("Where is the need greatest?"), rates(page, units_shown));
  if (page.figures.coverage.size() > units_shown)
    out.add("<p class=\"screen\"><a href=\"{}\">{}</a></p>", here(page, say.path("/figures/districts"), page.figures.filter.place),
            say("All census units"));
  out.add("</section>");
  return out;
}

Html notes(Page const& page) {
  auto const& say = page.say;
  return html("<aside class=\"notice\" role=\"note\">{}<div><p>{} <a href=\"{}\">{}</a></p><p>{}</p></div></aside>", site::icon("info"),
              say("Attendances are counted per activity. Who comes twice is counted twice."), say.path("/method"), say("How we count"), page.source);
}

}  // namespace

Reply figures_page(Request& request) {
  auto const page = read_page(request);
  auto const& say = page.say;
  auto const address = here(page, say.path("/figures"), page.figures.filter.place);
  Html main;
  main.reserve(96 * 1024);
  main.add("<p class=\"above\">{}</p><h1>{}</h1>{}<ul class=\"links\"><li><a href=\"{}\">{} {}</a></li><li><a href=\"{}\">{} {}</a></li></ul>{}{}{}",
           above(page), say("Where have we been? Who did we reach? What is missing?"), filters(page, say.path("/figures")),
           say.path("/figures/compare"), site::icon("chart"), say("Compare editions"), say.path("/open-data"), site::icon("download"),
           say("Open data"), closing(page), totals(page), targets(page));
  add_where(main, page);
  add_who(main, page);
  main.add("{}{}", missing(page), notes(page));
  auto reply = site::page(request, head(page, std::string(say("Figures")), address), main);
  if (page.closed && account::maybe_person(request)) reply.cache_control = "no-store";  // it may name corrections that only the coalition sees
  return reply;
}

Html region_block(Request& request, place::PlaceId region) {
  auto const page = read_page(request, region);
  auto const& say = page.say;
  Table const districts{.id = "districts",
                        .caption = std::string(say("Activities and attendances by district")),
                        .first = std::string(say("District")),
                        .columns = {Column::held, Column::attendance, Column::planned, Column::unreported},
                        .rows = region_rows(page)};
  return html("{}{}<p class=\"soft\">{}</p><p><a href=\"{}\">{}</a></p>", totals(page), table(page, districts), page.source,
              here(page, say.path("/figures"), region), say("All figures of this region"));
}

Html targets_block(Request& request, campaign::Edition const& edition) { return targets(read_page(request, edition, std::nullopt)); }

Html regions_block(Request& request) {
  auto const page = read_page(request, std::nullopt);
  auto const& say = page.say;
  Table const regions{.id = "places",
                      .caption = std::string(say("Activities and attendances by region")),
                      .first = std::string(say("Region")),
                      .columns = {Column::held, Column::attendance, Column::planned},
                      .rows = region_rows(page)};
  return html("<div class=\"beside even\"><div>{}</div><div>{}</div></div>", region_map(page), table(page, regions));
}

Reply districts_page(Request& request) {
  auto const page = read_page(request);
  auto const& say = page.say;
  auto const title = std::string(say("Figures by district"));
  Table const districts{.id = "districts",
                        .caption = std::string(say("Activities and attendances by district")),
                        .first = std::string(say("Region and district")),
                        .columns = {Column::held, Column::attendance, Column::planned, Column::unreported},
                        .rows = district_rows(page)};
  Html maps;
  bool const rated = !page.figures.total.without_result();
  if (!page.figures.filter.place)
    maps = rated ? html("<div class=\"beside even\"><div>{}</div><div>{}</div></div>", district_map(page), rate_map(page)) : district_map(page);
  auto const main = html("{}<p class=\"above\">{}</p><h1>{}</h1>{}{}{}{}{}{}", breadcrumbs(page, title), above(page), title,
                         filters(page, say.path("/figures/districts")), maps, table(page, districts), never_reached(page),
                         rated ? rates(page, std::numeric_limits<std::size_t>::max()) : Html(), notes(page));
  return site::page(request, head(page, title, here(page, say.path("/figures/districts"), page.figures.filter.place)), main);
}

Reply organisations_page(Request& request) {
  auto const page = read_page(request, Late::hosts_alone);
  auto const& say = page.say;
  auto const title = std::string(say("Figures by organisation"));
  auto const without = whole_number<std::size_t>(request.query.get("without")).value_or(0);
  Html all;
  if (without > 0)
    all = html("<p><a href=\"{}\">{}</a></p>", here(page, say.path("/figures/organisations"), page.figures.filter.place), say("All organisations"));
  else if (auto const held = organisations_that_held(page); held > 0)
    all = html("<p class=\"lead\">{}</p>", say.plural("{} organisation held activities.", "{} organisations held activities.", held));
  auto const main = html("{}<p class=\"above\">{}</p><h1>{}</h1>{}{}{}{}", breadcrumbs(page, title), above(page), title,
                         filters(page, say.path("/figures/organisations")), all,
                         organisations_whole(page, without,
                                             {Column::held, Column::attendance, Column::reported, Column::confirmed, Column::planned,
                                              Column::cancelled, Column::unreported, Column::audience}),
                         notes(page));
  return site::page(request, head(page, title, here(page, say.path("/figures/organisations"), page.figures.filter.place)), main);
}

}  // namespace birge::insight
