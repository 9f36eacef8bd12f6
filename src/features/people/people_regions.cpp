#include "features/people/people_regions.hpp"

#include <algorithm>

namespace birge::people {

site::Options region_options(Request& request, std::string_view none) {
  site::Options options{{"", std::string(none)}};
  auto const facts = site::facts(request);
  for (auto const* region : facts->places->regions())
    options.emplace_back(region->code, facts->places->name(region->id, request.say.language()).text);
  return options;
}

Html region_boxes(Request& request, std::string_view label, std::vector<place::PlaceId> const& ticked) {
  auto const facts = site::facts(request);
  Html boxes;
  for (auto const* region : facts->places->regions())
    boxes.add("<label class=\"choice\"><input type=\"checkbox\" name=\"active\" value=\"{}\" {}> {}</label>", region->code,
              BIRGE_WHEN(std::ranges::find(ticked, region->id) != ticked.end(), "checked"),
              facts->places->name(region->id, request.say.language()).text);
  return html("<fieldset class=\"field boxes\" id=\"active\"><legend>{}</legend>{}</fieldset>", label, boxes);
}

std::vector<place::PlaceId> chosen_regions(http::Parameters const& form, campaign::Facts const& facts) {
  std::vector<place::PlaceId> chosen;
  for (auto const code : form.all("active"))
    if (auto const* place = facts.places->by_code(code);
        place && place->level == place::Level::region && std::ranges::find(chosen, place->id) == chosen.end())
      chosen.push_back(place->id);
  return chosen;
}

}  // namespace birge::people
