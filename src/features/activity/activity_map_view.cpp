#include "features/activity/activity_map_view.hpp"

#include <algorithm>
#include <cmath>

#include "features/activity/activity_view.hpp"
#include "features/place/place_map.hpp"

namespace birge::activity::view {

namespace {

std::string coordinate(double value) { return std::to_string(static_cast<int>(std::lround(value))); }

/// The map of one region being drawn.
class RegionMap {
public:
  RegionMap(place::MapLayer const& layer, place::Tree const& tree, PlaceId region) : layer_(layer) {
    for (auto const& shape : layer.shapes) {
      auto const* home = tree.region_of(shape.place);
      if (!home || home->id != region || shape.outline.empty()) continue;
      shapes_.push_back(&shape);
      box_.add(shape.box);
    }
    if (!empty() && box_.right - box_.left < least_width) look_around(layer);
  }
  bool empty() const { return shapes_.empty() || box_.empty(); }

  Html draw(std::optional<PlaceId> district, place::Place const* point, std::string const& label) const {
    auto const width = box_.right - box_.left, height = box_.bottom - box_.top;
    auto const margin = std::max(width, height) * 0.05 + 2;
    auto const line = coordinate(std::max(1.0, width / 250));
    Html out;
    out.add("<svg class=\"map\" role=\"img\" aria-label=\"{}\" viewBox=\"{} {} {} {}\">", label, coordinate(box_.left - margin),
            coordinate(box_.top - margin), coordinate(width + 2 * margin), coordinate(height + 2 * margin));
    // Lakes belong to the whole country: what of them lies outside this frame must not be drawn.
    out.add("<clipPath id=\"frame\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>", coordinate(box_.left - margin),
            coordinate(box_.top - margin), coordinate(width + 2 * margin), coordinate(height + 2 * margin));
    if (!around_.empty()) out.add("<g clip-path=\"url(#frame)\">");
    for (auto const* shape : around_) add_shape(out, *shape, "track", "#e8f0fb", line);
    if (!around_.empty()) out.add("</g>");
    for (auto const* shape : shapes_) {
      bool const chosen = !district || shape->place == *district;
      if (around_.empty()) add_shape(out, *shape, chosen ? "q2" : "q1", chosen ? "#a9c8ef" : "#dbe8f9", line);
      else add_shape(out, *shape, chosen ? "q4" : "q2", chosen ? "#2f6fc6" : "#a9c8ef", line);  // darker than what lies around
    }
    if (!layer_.water.empty()) out.add("<use class=\"water\" clip-path=\"url(#frame)\" href=\"{}\" fill=\"#cfe3ea\"/>", part("water"));
    if (point && point->latitude && point->longitude) {
      auto const [x, y] = layer_.at(*point->latitude, *point->longitude);
      out.add("<circle class=\"gap bar\" cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"#1f5fbf\" stroke=\"#fbfaf7\" stroke-width=\"{}\"/>", coordinate(x),
              coordinate(y), coordinate(std::max(3.0, width / 40)), line);
    }
    out.add("</svg>");
    return out;
  }

private:
  static constexpr double least_width = 110;

  /// A city alone would be a heap of blown-up corners: it is shown within what lies around it.
  void look_around(place::MapLayer const& layer) {
    auto const more = (least_width - (box_.right - box_.left)) / 2;
    auto const taller = std::max(0.0, (least_width * 0.7 - (box_.bottom - box_.top)) / 2);
    box_ = {box_.left - more, box_.top - taller, box_.right + more, box_.bottom + taller};
    for (auto const& shape : layer.shapes) {
      if (shape.outline.empty() || std::ranges::find(shapes_, &shape) != shapes_.end()) continue;
      auto const& own = shape.box;
      bool const near = own.left < box_.right && box_.left < own.right && own.top < box_.bottom && box_.top < own.bottom;
      if (near) around_.push_back(&shape);
    }
  }

  /// A part of the file that the outlines stand in.
  Url part(std::string const& name) const { return own_path(std::string(layer_.file_address().text()) + "#" + name); }

  void add_shape(Html& out, place::MapLayer::Shape const& shape, std::string_view name, std::string_view fill, std::string_view line) const {
    auto const number = &shape - layer_.shapes.data();
    out.add("<use class=\"gap {}\" href=\"{}\" fill=\"{}\" stroke=\"#fbfaf7\" stroke-width=\"{}\" stroke-linejoin=\"round\"/>", name,
            part("p" + std::to_string(number)), fill, line);
  }

  place::MapLayer const& layer_;
  std::vector<place::MapLayer::Shape const*> shapes_, around_;
  place::Box box_;
};

}  // namespace

namespace {

using Planned = std::map<PlaceId, std::int64_t>;

/// What is planned in each region: from the numbers beside the choices where they are the same, which saves reading them again.
std::optional<Planned> planned_by_region(Request& request, FilterView const& view, Numbers& numbers) {
  auto rest = view.filter;
  rest.place.reset();
  rest.region_only = false;
  auto const rows = numbers.of("region", rest);
  if (!rows) return Store(request.read()).planned_by_region(view.filter, view.facts);
  Planned planned;
  for (auto const* region : view.facts.places->regions())
    if (auto const count = number(rows, std::to_string(region->id.value)); count > 0) planned[region->id] = *count;
  return planned;
}

}  // namespace

Html regions_map(Request& request, FilterView const& view, Numbers& numbers) {
  auto const& say = request.say;
  auto const planned = planned_by_region(request, view, numbers);
  if (!planned || planned->empty()) return {};
  auto const layer = place::map_layer(request.read(), "region");
  Addresses const addresses(say, view, "place", {"only"});
  std::string spoken;
  auto map = place::map_of(
      *layer, say.language(),
      [&](PlaceId id) -> std::optional<chart::Mark> {
        auto const* place = view.facts.places->find(id);
        if (!place) return std::nullopt;
        auto const found = planned->find(id);
        auto const count = found == planned->end() ? 0 : found->second;
        auto const& name = view.facts.places->name(id, say.language()).short_text;
        auto const shown = say.number(count);
        if (!spoken.empty()) spoken += ", ";
        spoken.append(name).append(" ").append(shown);
        return chart::Mark{.label = name,
                           .value = static_cast<double>(count),
                           .shown = shown,
                           .link = addresses.with(place->code),
                           .missing = count == 0,
                           .group = {}};
      },
      place::Outlines::beside);
  map.names_all = true;
  chart::Text const text{std::string(say("Where the activities are")), say("Activities by region: {}.", spoken), {}};
  // Of an edition that is over nothing more is to come.
  auto const* edition = view.facts.edition(view.filter.edition);
  bool const over = edition && edition->stage(view.today) == campaign::Stage::over;
  std::string const none(over ? say.in_context("activities", "none") : say("none yet"));
  return chart::choropleth(text, map, {std::string(say("activities")), none},
                           [&](double number) { return say.number(static_cast<std::int64_t>(number)); });
}

Html place_map(Request& request, Activity const& activity, campaign::Facts const& facts) {
  if (!activity.place) return {};
  auto const& say = request.say;
  auto const& tree = *facts.places;
  auto const* region = tree.region_of(*activity.place);
  if (!region) return {};
  auto const layer = place::map_layer(request.read(), "district");
  RegionMap const map(*layer, tree, region->id);
  if (map.empty()) return {};
  auto const* district = tree.district_of(*activity.place);
  auto const* place = tree.find(*activity.place);
  auto const& name = tree.name(region->id, say.language());
  // A point in the middle of a region would only pretend to know where.
  bool const point = place->level == place::Level::district || place->level == place::Level::community;
  return html("<figure class=\"chart\"><figcaption>{}</figcaption>{}<p class=\"source\">{}</p></figure>",
              site::in_language(request, name.text, name.language),
              map.draw(district ? std::optional(district->id) : std::nullopt, point ? place : nullptr,
                       say("Map: {}", tree.full_name(*activity.place, say.language()))),
              layer->attribution_in(say.language()));
}

}  // namespace birge::activity::view
