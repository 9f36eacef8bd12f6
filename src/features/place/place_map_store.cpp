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
  auto row = read.one<LayerRow>(R"(
    select cast(width as double precision), cast(height as double precision), west, north, x_scale, y_scale, water, borders, attribution
      from map_layer where layer = $1)",
                                name);
  MapLayer layer;
  layer.name = name;
  layer.width = row.width;
  layer.height = row.height;
  layer.west = row.west;
  layer.north = row.north;
  layer.x_scale = row.x_scale;
  layer.y_scale = row.y_scale;
  layer.water = std::move(row.water);
  layer.borders = std::move(row.borders);
  layer.attribution = std::move(row.attribution);
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

using Layers = std::map<std::string, MapLayer, std::less<>>;

/// All of them at once: there are two or three.
std::shared_ptr<Layers const> layers(db::Reader& read) {
  static db::Kept<Layers> kept(facts_version);
  return kept.get(read, [](db::Reader& from, std::string const&) {
    auto found = std::make_shared<Layers>();
    for (auto& name : from.all<std::string>("select layer from map_layer order by layer")) {
      auto layer = load_layer(from, name);
      found->emplace(std::move(name), std::move(layer));
    }
    return found;
  });
}

}  // namespace

std::shared_ptr<MapLayer const> map_layer(db::Reader& read, std::string_view name) {
  auto const all = layers(read);
  auto const found = all->find(name);
  if (found == all->end()) throw Problem(Failure::not_found, message("There is no map called “{}”.", name));
  return {all, &found->second};
}

std::shared_ptr<MapLayer const> map_layer_of_file(db::Reader& read, std::string_view file_name) {
  auto const all = layers(read);
  for (auto const& [name, layer] : *all)
    if (layer.file_name == file_name) return {all, &layer};
  return nullptr;
}

}  // namespace birge::place
