#include <map>

#include "features/place/place_map.hpp"
#include "platform/base/problem.hpp"

namespace birge::place {

namespace {

struct LayerRow {
  double width, height, west, north, x_scale, y_scale;
  std::string water, borders, attribution;
};

struct ShapeRow {
  PlaceId place;
  std::string outline;
  double x, y;
  bool approximate;
};

struct TextRow {
  std::string language, attribution;
};

/// Nothing in it comes from a person: outlines are checked when a country pack is loaded, and html() escapes them all the same.
void put_file(MapLayer& layer) {
  Html out;
  out.add("<svg xmlns=\"http://www.w3.org/2000/svg\">");
  for (std::size_t i = 0; i < layer.shapes.size(); ++i)
    if (!layer.shapes[i].outline.empty()) out.add("<path id=\"p{}\" d=\"{}\"/>", i, layer.shapes[i].outline);
  if (!layer.water.empty()) out.add("<path id=\"water\" d=\"{}\"/>", layer.water);
  if (!layer.borders.empty()) out.add("<path id=\"borders\" d=\"{}\"/>", layer.borders);
  out.add("</svg>");
  layer.file = std::move(out).release();
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (unsigned char const c : layer.file) hash = (hash ^ c) * 0x100000001b3U;  // FNV-1a
  layer.file_name = layer.name + "-" + id_text(static_cast<std::int64_t>(hash)) + ".svg";
}

MapLayer load_layer(db::Reader& read, std::string_view name) {
  auto row = read.maybe<LayerRow>(R"(
    select cast(width as double precision), cast(height as double precision), west, north, x_scale, y_scale, water, borders, attribution
      from map_layer where layer = $1)",
                                  name);
  if (!row) throw Problem(Failure::not_found, message("There is no map called “{}”.", name));
  MapLayer layer;
  layer.name = name;
  layer.width = row->width;
  layer.height = row->height;
  layer.west = row->west;
  layer.north = row->north;
  layer.x_scale = row->x_scale;
  layer.y_scale = row->y_scale;
  layer.water = std::move(row->water);
  layer.borders = std::move(row->borders);
  layer.attribution = std::move(row->attribution);
  read.each<TextRow>(
      "select language, attribution from map_layer_text where layer = $1",
      [&](TextRow&& text) { layer.attributions[std::move(text.language)] = std::move(text.attribution); }, name);
  read.each<ShapeRow>(R"(
    select s.place, s.outline, s.label_x, s.label_y, s.approximate
      from place_shape s join place p on p.id = s.place
     where s.layer = $1 order by p.level, p.position, p.id)",
                      [&](ShapeRow&& shape) {
                        auto const room = chart::width_of(shape.outline);
                        auto const box = box_of(shape.outline);
                        layer.shapes.push_back({shape.place, std::move(shape.outline), shape.x, shape.y, shape.approximate, room, box});
                      },
                      name);
  put_file(layer);
  return layer;
}

}  // namespace

std::shared_ptr<MapLayer const> map_layer(db::Reader& read, std::string_view name) {
  // Versions never repeat, not even between databases; a handful of layers of the latest ones is kept.
  using Key = std::pair<std::string, std::string>;
  constexpr std::size_t kept = 8;
  static std::mutex mutex;
  static std::map<Key, std::shared_ptr<MapLayer const>> layers;

  Key key{facts_version.of(read), std::string(name)};
  {
    std::lock_guard const lock(mutex);
    if (auto const found = layers.find(key); found != layers.end()) return found->second;
  }
  auto layer = std::make_shared<MapLayer const>(load_layer(read, name));
  std::lock_guard const lock(mutex);
  if (layers.size() >= kept) layers.erase(layers.begin());
  layers[std::move(key)] = layer;
  return layer;
}

std::shared_ptr<MapLayer const> map_layer_of_file(db::Reader& read, std::string_view file_name) {
  for (auto const& name : read.all<std::string>("select layer from map_layer order by layer"))
    if (auto layer = map_layer(read, name); layer->file_name == file_name) return layer;
  return nullptr;
}

}  // namespace birge::place
