#include "features/campaign/campaign_editing.hpp"
#include "features/insight/insight_parts.hpp"

namespace birge::insight::view {

namespace {

using Status = Filter::Status;

/// "12 of 40" and its share; an end of a range that is unsure counts as its lower one.
Html reached(Say const& say, Html const& value, std::int64_t so_far, std::optional<std::int64_t> target, std::string_view label) {
  if (!target) return html("<td class=\"n\" data-label=\"{}\"></td>", label);
  auto const share = *target > 0 ? static_cast<double>(so_far) / static_cast<double>(*target) : 1.0;
  return html("<td class=\"n\" data-label=\"{}\"><span>{} <small class=\"soft\">{}</small></span></td>", label,
              say.markup("{} of a target of {}", value, html("{}", say.number(*target))), say.percent(share));
}

Html target_row(Page const& page, campaign::Target const& target, Html const& name, std::string_view dimension, std::string const& key) {
  auto const& say = page.say;
  Index const lines(page.figures, dimension);
  auto const& line = dimension.empty() ? page.figures.total : lines.at(key);
  auto const filter = dimension.empty() ? page.figures.filter : narrowed(page.figures.filter, dimension, key);
  Opener const opens(page, filter);
  return html("<tr><th scope=\"row\">{}</th>{}{}</tr>", name,
              reached(say, opens.number(say, line[Measure::held], Status::held), line[Measure::held], target.activities, say("Activities held")),
              reached(say, opens.count(say, line.attendance(), Status::counted), line.attendance().low, target.attendances, say("Attendances")));
}

}  // namespace

Html targets(Page const& page) {
  auto const& say = page.say;
  auto const chosen = page.figures.filter.place.value_or(place::PlaceId{});
  auto const all = campaign::Editing(page.request.read()).targets(page.edition.id);
  Html rows;
  for (auto const& target : all)
    if (target.region == chosen && target.kind.empty()) rows += target_row(page, target, html("<b>{}</b>", say("In all")), "", "");
  if (!page.figures.filter.place)
    for (auto const* region : page.facts.places->regions())
      for (auto const& target : all)
        if (target.region == region->id && target.kind.empty())
          rows += target_row(page, target, place_link(page, region->id), "region", key_of(region->id));
  for (auto const& kind : page.facts.codes.list("kind"))
    for (auto const& target : all)
      if (target.region == chosen && target.kind == kind.code)
        rows += target_row(page, target, html("{}", kind.name(say.language())), "kind", kind.code);
  if (rows.empty()) return {};
  return html(
      "<section id=\"targets\"><h2>{}</h2><table class=\"stack\"><caption class=\"heard\">{}</caption><thead><tr><th scope=\"col\">{}</th>"
      "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead><tbody>{}</tbody></table></section>",
      say("How far are we from what we want to reach?"), say("Targets and what was reached"), say("Target for"), say("Activities held"),
      say("Attendances"), rows);
}

}  // namespace birge::insight::view
