#include <algorithm>

#include "features/insight/insight_parts.hpp"

namespace birge::insight::view {

namespace {

using Status = Filter::Status;

/// A census unit's attendances place by place, each number a link; they add up to the unit's.
Html unit_attendance(Page const& page, Coverage const& coverage, Index const& regions, Index const& lines) {
  Html out;
  auto const add = [&](Filter const& filter, Count count) {
    if (count == Count{}) return;
    if (!out.empty()) out.add(" + ");
    out += Opener(page, filter).count(page.say, count, Status::counted);
  };
  Filter whole;
  whole.edition = page.figures.filter.edition;
  for (auto const id : coverage.unit->places) {
    auto const* place = page.facts.places->find(id);
    if (!place) continue;
    if (place->level == place::Level::district) {
      add(narrowed(whole, "district", key_of(id)), lines.at(key_of(id)).attendance());
      continue;
    }
    // A city that is a region of its own: all of it, with or without a district.
    add(narrowed(whole, "region", key_of(id)), regions.at(key_of(id)).attendance());
  }
  return out.empty() ? html("{}", page.say.number(0)) : out;
}

}  // namespace

std::string unit_name(Page const& page, place::CensusUnit const& unit) {
  std::string name;
  for (auto const place : unit.places)
    if (page.figures.counts(place)) name += (name.empty() ? "" : ", ") + page.facts.places->name(place, page.say.language()).text;
  return name;
}

std::string rate_text(Say const& say, Coverage const& coverage) {
  auto const low = say.decimal(coverage.rate_low, 1), high = say.decimal(coverage.rate_high, 1);
  return low == high ? low : low + "–" + high;
}

Html unreported(Page const& page) {
  auto const& say = page.say;
  bool const one_region = page.figures.filter.place.has_value();
  Table const plans{.id = "plans",
                    .caption = std::string(say("Which plans were not carried out, and which results are missing?")),
                    .first = std::string(one_region ? say("District") : say("Region")),
                    .columns = {Column::planned, Column::held, Column::cancelled, Column::unreported},
                    .rows = region_rows(page)};
  return table(page, plans);
}

Html never_reached(Page const& page) {
  auto const& say = page.say;
  auto const& missing = page.figures.never_reached;
  bool const documented = only_documented(page);
  Html out =
      html("<h2 id=\"never\">{}</h2>", documented ? say("Of which districts does Birge have no record?") : say("Where has nothing been held yet?"));
  if (missing.empty()) {
    out.add("<p>{}</p>", say("Activities were held in every district."));
    return out;
  }
  auto const count = static_cast<std::int64_t>(missing.size());
  out.add("<p>{}{}</p><ul class=\"chips\">",
          documented ? say("Districts and cities without an activity on record in Birge: {}", count)
                     : say.plural("{} district has not been reached.", "{} districts have not been reached.", count),
          documented ? Html() : html(" <span class=\"screen\">{}</span>", say("Choose a name to see what is planned there.")));
  Index const lines(page.figures, "district");
  for (auto const id : missing) {
    auto const planned = lines.at(key_of(id))[Measure::planned];
    if (documented) {
      out.add("<li class=\"chip\">{}</li>", place_name(page, id));
      continue;
    }
    out.add("<li><a class=\"chip\" href=\"{}\">{} <span class=\"count\">{}</span></a></li>",
            Opener(page, narrowed(page.figures.filter, "district", key_of(id))).url(Status::any), place_name(page, id), say.number(planned));
  }
  out.add("</ul>");
  return out;
}

Html rates(Page const& page, std::size_t most) {
  auto const& say = page.say;
  // A unit may reach beyond the chosen region (Osh with Kara-Suu), so it is always counted from the whole edition.
  Filter whole;
  whole.edition = page.figures.filter.edition;
  std::optional<Figures> wider;
  if (page.figures.filter.place) wider = figures(page.request.read(), page.facts, whole, page.today, Late::none);
  auto const& all = wider ? *wider : page.figures;
  std::vector<Coverage const*> units;
  for (auto const& coverage : all.coverage)
    if (!page.figures.filter.place || std::ranges::any_of(page.figures.coverage, [&](auto const& own) { return own.unit == coverage.unit; }))
      units.push_back(&coverage);
  std::ranges::stable_sort(units, [](auto const* a, auto const* b) {
    return std::pair(a->rate_high, -a->unit->population) < std::pair(b->rate_high, -b->unit->population);
  });
  Index const regions(all, "region"), lines(all, "district");
  std::string_view const edition = page.edition.id == page.current ? std::string_view() : page.edition.slug;
  Html rows;
  for (auto const* unit : units) {
    if (most-- == 0) break;
    auto const rate = rate_text(say, *unit);
    rows.add("<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>", unit_name(page, *unit->unit),
             say.number(unit->unit->population), unit_attendance(page, *unit, regions, lines),
             unit->attendance.zero() ? html("{}", rate) : html("<a href=\"{}\">{}</a>", unit_link(say, *unit->unit, edition, whole), rate));
  }
  return html(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"rates\"><table><caption id=\"rates\">{}</caption><thead><tr>"
      "<th scope=\"col\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th>"
      "</tr></thead><tbody>{}</tbody></table></div>",
      say("Where are attendances lowest for the number of inhabitants?"), say("Census unit"), say("Inhabitants, 2022"), say("Attendances"),
      say("per 1,000 inhabitants"), rows);
}

}  // namespace birge::insight::view
