#include "features/place/place_map.hpp"

#include <algorithm>
#include <charconv>

namespace birge::place {

void Box::add(Box const& other) {
  left = std::min(left, other.left);
  right = std::max(right, other.right);
  top = std::min(top, other.top);
  bottom = std::max(bottom, other.bottom);
}

Box box_of(std::string_view outline) {
  Box box;
  double x = 0, y = 0, first = 0;
  bool relative = false, half = false;
  for (auto const* at = outline.data(); at != outline.data() + outline.size();) {
    if (*at == 'M' || *at == 'l') {
      relative = *at == 'l';
      ++at;
      continue;
    }
    double number = 0;
    auto const [end, error] = std::from_chars(at, outline.data() + outline.size(), number);
    if (error != std::errc()) {
      ++at;
      continue;
    }
    at = end;
    if (half) {
      x = relative ? x + first : first;
      y = relative ? y + number : number;
      box.add(x, y);
    } else {
      first = number;
    }
    half = !half;
  }
  return box;
}

std::pair<double, double> MapLayer::at(double latitude, double longitude) const {
  return {(longitude - west) * x_scale, (north - latitude) * y_scale};
}

std::string const& MapLayer::attribution_in(Language language) const {
  auto const found = attributions.find(std::string(code(language)));
  return found == attributions.end() ? attribution : found->second;
}

chart::Map map_of(MapLayer const& layer, Language language, std::function<std::optional<chart::Mark>(PlaceId)> const& mark_of, Outlines outlines) {
  chart::Map map;
  map.width = layer.width;
  map.height = layer.height;
  map.water = layer.water;
  map.borders = layer.borders;
  map.attribution = layer.attribution_in(language);
  if (outlines == Outlines::beside) map.file = layer.file_address();
  for (std::size_t i = 0; i < layer.shapes.size(); ++i) {
    auto const& shape = layer.shapes[i];
    auto mark = mark_of(shape.place);
    if (!mark) continue;
    if (shape.outline.empty()) map.points.push_back({shape.x, shape.y, std::move(*mark)});
    else map.areas.push_back({shape.outline, std::move(*mark), shape.x, shape.y, shape.room, static_cast<int>(i)});
  }
  return map;
}

}  // namespace birge::place
