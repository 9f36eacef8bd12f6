#include <algorithm>

#include "features/insight/insight_behind.hpp"
#include "features/insight/insight_closing.hpp"
#include "features/insight/insight_pages.hpp"
#include "features/insight/insight_parts.hpp"
#include "platform/base/text.hpp"

namespace birge::insight {

namespace {

using namespace view;

place::CensusUnit const& read_unit(Page const& page) {
  auto const code = page.request.query.get("unit");
  auto const& units = page.facts.places->census_units();
  auto const found = std::ranges::find(units, code, &place::CensusUnit::code);
  if (found == units.end()) throw Problem(Failure::not_found, message("No census unit is called “{}”.", shortened(clean_line(code), 60)));
  return *found;
}

/// What the unit joins, a list for each place. A city that is a region of its own counts whole, with or without a district.
std::vector<Filter> filters_of(Page const& page, place::CensusUnit const& unit) {
  Filter whole;
  whole.edition = page.edition.id;
  whole.status = Filter::Status::held;
  auto const read = activity::read_filter(page.request.query, page.facts, page.edition.id);
  whole.from = read.filter.from;  // a report of some days opens to those days
  whole.until = read.filter.until;
  std::vector<Filter> filters;
  for (auto const id : unit.places) {
    auto const* place = page.facts.places->find(id);
    bool const district = place && place->level == place::Level::district;
    filters.push_back(narrowed(whole, district ? "district" : "region", key_of(id)));
  }
  return filters;
}

std::optional<Share> share_of(activity::Activity const& activity) {
  bool const counted = activity.state == activity::State::reported || activity.state == activity::State::confirmed;
  if (!counted) return Share{};
  return Share{activity.result && activity.result->attendance ? *activity.result->attendance : Count{}};
}

/// From the sum to how it came about, place by place.
Html ways_behind(Page const& page, place::CensusUnit const& unit, std::vector<Filter> const& filters) {
  auto const& say = page.say;
  Html out;
  for (std::size_t i = 0; i < filters.size(); ++i) {
    auto const words = std::string(say("Who counted, how, and who confirmed it"));
    out.add("<p class=\"screen\"><a href=\"{}\">{}</a></p>", behind_link(say, filters[i], page.facts, page.current),
            filters.size() == 1 ? words : words + ": " + short_name(page, unit.places[i]));
  }
  return out;
}

}  // namespace

Reply units_page(Request& request) {
  auto const page = read_page(request, std::nullopt);
  auto const& say = page.say;
  // Without a unit the table that all of them stand in is what was asked for.
  if (request.query.get("unit").empty())
    return http::see_other(own_path(std::string(here(page, say.path("/figures/districts"), {}).text()) + "#rates"));
  auto const& unit = read_unit(page);
  auto const filters = filters_of(page, unit);
  auto const after = activity::Cursor::parse(request.query.get("after")).value_or(activity::Cursor{});
  auto const viewer = viewer_of(request);
  auto const found = behind(page, viewer, filters, after, share_of);
  auto const title = unit_name(page, unit);
  auto const address = unit_link(say, unit, page.edition.id == page.current ? std::string_view() : page.edition.slug, filters.front());
  auto const main =
      html("{}<p class=\"above\">{}</p><h1>{}</h1><p class=\"lead\">{}</p><p>{}</p>{}{}{}<p class=\"soft\">{}</p>", breadcrumbs(page, title),
           above(page), title, say("{} attendances per 1,000 inhabitants", rate_text(say, covered(unit, found.activities, found.all))),
           say("Attendances: {}. Activities: {}. Inhabitants: {} (census of {}).", count_text(say, found.all), found.activities, unit.population,
               std::to_string(unit.year)),
           ways_behind(page, unit, filters), behind_table(page, viewer, found, say("What was held here, and how many attendances there were")),
           behind_next(page, found, address), page.source);
  auto about = view::head(page, title, address);
  about.index = false;
  auto reply = site::page(request, about, main);
  if (viewer.person) reply.cache_control = "no-store";
  return reply;
}

}  // namespace birge::insight
