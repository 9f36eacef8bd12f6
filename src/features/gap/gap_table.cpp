#include <algorithm>

#include "features/gap/gap_view.hpp"
#include "features/insight/insight.hpp"
#include "features/place/place_map.hpp"
#include "platform/html/chart.hpp"

/// The planner as a map and as a table.
namespace birge::gap {

using activity::Filter;
using Status = Filter::Status;

namespace {

/// The attendances of the unit for its people, which open where they are added up.
Html rate(Page const& page, Row const& row) {
  auto const text = rate_text(page.say, row);
  if (!row.unit || row.unit_attendance.zero()) return html("{}", row.unit ? text : std::string("–"));
  if (!page.narrow.empty()) return html("{}", text);  // the page of the unit knows no narrowing
  http::Parameters query;
  query.set("unit", row.unit->code);
  if (page.edition.id != page.current) query.set("edition", page.edition.slug);
  return html("<a href=\"{}\">{}</a>", own_path(std::string(page.say.path("/figures/units").text()) + "?" + query.encoded()), text);
}

Html without(Page const& page, Row const& row) {
  auto const& say = page.say;
  if (!row.seen.last && !row.is_place) return html("–");
  if (!row.seen.last) return html("{} <span class=\"tag danger\">{} {}</span>", say.number(row.weeks), site::icon("warning"), say("never reached"));
  return html("{} <a href=\"{}\">{}</a>", say.number(row.weeks), list_of(page, row.spot.place, Status::held), say.day_and_month(*row.seen.last));
}

Html nearest(Page const& page, Row const& row) {
  auto const& say = page.say;
  if (!row.nearest) return html("{}", say("nothing yet"));
  if (row.nearest->kilometres == 0) return html("{}", say("here"));
  return html("{} <a href=\"{}\">{}</a>", say("{} km,", row.nearest->kilometres), list_of(page, row.nearest->place, Status::any),
              page.facts->places->name(row.nearest->place, say.language()).short_text);
}

void add_row(Html& out, Page const& page, Row const& row) {
  auto const& say = page.say;
  auto const* place = page.facts->places->find(row.spot.place);
  out.add("<tr><th scope=\"row\"><a href=\"{}\">{}</a> {}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td>",
          here(page, "/work/gaps/" + place->code, {}), place_name(page, row.spot.place),
          plan_link(page, row.spot.place, {}, say("Plan here"), "plan"), say.number(row.points), waiting_number(page, row),
          row.unit && row.is_place ? say.number(row.not_reached) : std::string("–"), without(page, row));
  out.add("<td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td></tr>",
          number(page, row.seen.planned, list_of_key(page, row.spot.key, Status::any)),
          number(page, row.seen.held, list_of_key(page, row.spot.key, Status::held)), rate(page, row), nearest(page, row));
}

/// A row of what counts no district: only the two numbers that make the table add up.
void add_sums(Html& out, std::string_view look, std::string_view name, Html const& planned, Html const& held) {
  out.add(
      "<tr class=\"{}\"><th scope=\"row\">{}</th><td></td><td></td><td></td><td></td><td class=\"n\">{}</td><td class=\"n\">{}</td><td></td><td></td></tr>",
      look, name, planned, held);
}

Html heads(Say const& say) {
  Html out;
  auto const head = [&](std::string_view text, bool is_number) {
    if (is_number) out.add("<th scope=\"col\" class=\"n\">{}</th>", text);
    else out.add("<th scope=\"col\">{}</th>", text);
  };
  head(say("District"), false);
  head(say("Points"), true);
  head(say("Invitations waiting"), true);
  head(say("Inhabitants not reached, at least"), true);
  head(say("Weeks without"), false);
  head(say("Planned"), true);
  head(say("Held"), true);
  head(say("per 1,000 inhabitants"), true);
  head(say("Nearest activity"), false);
  return out;
}

/// What is planned and held in all rows of the page together, which is what the list of the region or the edition says.
Seen sum(Page const& page) {
  Seen total;
  for (auto const& row : page.rows)
    if (page.shows(row)) total.planned += row.seen.planned, total.held += row.seen.held;
  for (auto const& rest : rest_of(page)) total.planned += page.seen.at(rest.key).planned, total.held += page.seen.at(rest.key).held;
  return total;
}

Url total_list(Page const& page, Status status) {
  Filter filter;
  filter.edition = page.edition.id;
  filter.kind = page.narrow.kind;
  filter.audience = page.narrow.audience;
  filter.topic = page.narrow.topic;
  if (page.region) filter.place = page.region->id;
  filter.status = status;
  return list_of_filter(page, filter);
}

/// "Most points: Kochkor (120), Jumgal (90). Never reached: At-Bashy."
std::string described(Page const& page) {
  auto const& say = page.say;
  auto sorted = page.rows;
  std::ranges::stable_sort(sorted, std::greater<>(), &Row::points);
  std::string most, never;
  std::size_t told = 0;
  for (auto const& row : sorted) {
    if (told++ < 5) most += (most.empty() ? "" : ", ") + place_name(page, row.spot.place) + " (" + say.number(row.points) + ")";
    if (row.is_place && row.seen.held == 0) never += (never.empty() ? "" : ", ") + place_name(page, row.spot.place);
  }
  return say("Most points: {}.", most) + (never.empty() ? std::string() : " " + say("Never reached: {}.", never));
}

}  // namespace

Html map(Page const& page) {
  auto const& say = page.say;
  auto const layer = place::map_layer(page.request.read(), "district");
  auto drawn = place::map_of(
      *layer, say.language(),
      [&](PlaceId place) -> std::optional<chart::Mark> {
        auto const found = std::ranges::find_if(page.rows, [&](Row const& row) { return row.spot.place == place; });
        if (found == page.rows.end()) return std::nullopt;
        chart::Mark mark;
        mark.label = place_name(page, place);
        mark.value = mark.high = static_cast<double>(found->points);
        mark.shown = found->is_place && found->seen.held == 0 ? say("{}, never reached", say.number(found->points)) : say.number(found->points);
        mark.missing = found->points == 0;
        mark.link = here(page, "/work/gaps/" + page.facts->places->find(place)->code, {});
        return mark;
      },
      place::Outlines::beside);
  for (auto& area : drawn.areas) area.label_x = area.label_y = 0;  // districts are too small for letters; the table says it all
  return chart::choropleth(
      {.title = std::string(say("Where is the campaign needed most?")),
       .description = described(page),
       .source = say("Activities of this edition as of {}; inhabitants by the census of 2022.", page.today)},
      drawn, {.unit = std::string(say("points: thousands of inhabitants not reached, times weeks")), .none = std::string(say("no points"))},
      [&](double value) { return say.number(static_cast<std::int64_t>(value)); });
}

Html table(Page const& page) {
  auto const& say = page.say;
  Html body, foot;
  for (auto const& row : page.rows)
    if (page.shows(row)) add_row(body, page, row);
  for (auto const& rest : rest_of(page)) {
    auto const& seen = page.seen.at(rest.key);
    add_sums(body, "rest", rest.name, number(page, seen.planned, list_of_key(page, rest.key, Status::any)),
             number(page, seen.held, list_of_key(page, rest.key, Status::held)));
  }
  auto const total = sum(page);
  add_sums(foot, "sum", say("In all"), number(page, total.planned, total_list(page, Status::any)),
           number(page, total.held, total_list(page, Status::held)));
  return html(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"need\"><table class=\"gaps\"><caption id=\"need\">{}</caption><thead><tr>{}</tr>"
      "</thead><tbody>{}</tbody><tfoot>{}</tfoot></table></div>",
      say("Districts, those that need it most first"), heads(say), body, foot);
}

}  // namespace birge::gap
