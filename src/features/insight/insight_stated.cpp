#include "features/insight/insight_stated.hpp"

namespace birge::insight {

namespace {

Message tile_name(std::string_view measure) {
  if (measure == "activities") return message("activities: published");
  if (measure == "attendances") return message("participants: published");
  if (measure == "organisations") return message("organisations: published");
  return message("regions: published");
}

Html tile(Say const& say, campaign::StatedFigure const& figure) {
  auto const language = campaign::title_language(figure.source_title);
  auto const source =
      language == say.code() ? html("<small>{}</small>", figure.source_title) : html("<small lang=\"{}\">{}</small>", language, figure.source_title);
  auto const words = html("<b>{}</b><span>{}</span>{}", stated_text(say, figure), say(tile_name(figure.measure)), source);
  auto const address = url(figure.source_address);
  return address ? html("<li><a href=\"{}\">{}</a></li>", *address, words) : html("<li><div class=\"number\">{}</div></li>", words);
}

}  // namespace

std::string stated_text(Say const& say, campaign::StatedFigure const& figure) {
  if (!figure.high) return say("over {}", figure.low);
  return say.range(figure.low, *figure.high);
}

Message stated_name(std::string_view measure) {
  if (measure == "activities") return message("Activities");
  if (measure == "attendances") return message("Participants");
  if (measure == "organisations") return message("Organisations");
  if (measure == "regions") return message("Regions");
  return message("Participants of the closing conference");
}

Html stated_tiles(Say const& say, std::vector<campaign::StatedFigure> const& figures) {
  Html items;
  for (auto const measure : stated_measures)
    for (auto const& figure : figures)
      if (figure.measure == measure && measure != "conference_attendances") items += tile(say, figure);
  return items.empty() ? Html{} : html("<ul class=\"numbers\">{}</ul>", items);
}

Html unknown_attendances_tile(Say const& say) {
  return html("<li><div class=\"number\"><b>–</b><span>{}</span></div></li>", say("attendances: no data"));
}

}  // namespace birge::insight
