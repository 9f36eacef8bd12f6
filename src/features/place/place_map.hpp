#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/place/place.hpp"
#include "platform/html/chart.hpp"

/// The drawn outlines of places.
namespace birge::place {

/// The frame around what was added to it.
struct Box {
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
  void add(double x, double y) { add({x, y, x, y}); }
  void add(Box const& other);
  bool empty() const { return right <= left || bottom <= top; }
};

/// The frame of an outline as the country packs write them: M with absolute, l with relative coordinates.
Box box_of(std::string_view outline);

struct MapLayer {
  struct Shape {
    PlaceId place;
    std::string outline;  ///< SVG path data in the layer's coordinates; empty for a place that is only a point (a city)
    double x = 0, y = 0;  ///< where its label stands (both 0: too small for one), or the point
    bool approximate = false;
    double room = 0;  ///< how wide the outline is
    Box box;          ///< of the outline: reading its numbers takes longer than drawing a page
  };

  std::string name;  ///< region, district
  double width = 0, height = 0;
  double west = 0, north = 0, x_scale = 0, y_scale = 0;
  std::string water, borders;
  std::string attribution;                          ///< must be printed under the map, as the sources write it
  std::map<std::string, std::string> attributions;  ///< the same by language
  std::vector<Shape> shapes;

  /// All its outlines as a file of their own, which a browser fetches once for every page: each shape under its number (p0, p1, ...), water and
  /// borders under their names. The name of the file changes with what is in it.
  std::string file_name, file;
  Url file_address() const { return own_path("/maps/" + file_name); }

  /// Where a position lies on the drawing.
  std::pair<double, double> at(double latitude, double longitude) const;
  std::string const& attribution_in(Language language) const;  ///< as the sources write it where the language has none
};

/// A layer, kept in memory while facts_version stays the same, so that it may be asked for on every request.
/// Throws Problem(not_found) when the country pack has no such layer.
std::shared_ptr<MapLayer const> map_layer(db::Reader& read, std::string_view name);

/// Where a drawing has its outlines from: written into it, as a report needs that must stand alone, or from the file beside the page.
enum class Outlines { inside, beside };

/// What chart::choropleth draws: each place of the layer with its mark. Places for which `mark_of` gives nothing are left out.
chart::Map map_of(MapLayer const& layer, Language language, std::function<std::optional<chart::Mark>(PlaceId)> const& mark_of,
                  Outlines outlines = Outlines::inside);

/// The layer whose file has this name, as it is now; null when there is none (any more).
std::shared_ptr<MapLayer const> map_layer_of_file(db::Reader& read, std::string_view file_name);

}  // namespace birge::place
