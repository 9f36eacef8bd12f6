#include <set>
#include <unordered_map>

#include "features/place/place_key.hpp"
#include "features/place/place_pack.hpp"
#include "platform/base/text.hpp"

namespace birge::place {

namespace {

using Ids = std::unordered_map<std::string, std::int64_t>;

struct Known {
  std::string code;
  std::int64_t id;
};

void store_sources(db::Tx& tx, Pack const& pack) {
  for (auto const& source : pack.sources)
    tx.put(R"(
      insert into source (key, title, address, licence, dated, note) values ($1, $2, $3, $4, $5, $6)
      on conflict (key) do update set title = excluded.title, address = excluded.address, licence = excluded.licence,
        dated = excluded.dated, note = excluded.note)",
           source.key, source.title, source.address, source.licence, source.dated, source.note);
  tx.run("delete from source_text");
  for (auto const& text : pack.source_texts)
    tx.put("insert into source_text (source, language, title, licence, note) values ($1, $2, $3, $4, $5)", text.source, text.language, text.title,
           text.licence, text.note);
}

Ids store_units(db::Tx& tx, IdMaker& ids, Pack const& pack) {
  Ids known;
  for (auto const& row : tx.all<Known>("select code, id from census_unit")) known[row.code] = row.id;
  for (auto const& unit : pack.units) {
    auto const id = known.try_emplace(unit.code, 0).first;
    if (id->second == 0) id->second = ids.next();
    tx.put(R"(
      insert into census_unit (id, code, population, men, women, year, source) values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (code) do update set population = excluded.population, men = excluded.men, women = excluded.women,
        year = excluded.year, source = excluded.source)",
           id->second, unit.code, unit.population, unit.men, unit.women, unit.year, unit.source);
  }
  return known;
}

std::optional<std::int64_t> looked_up(Ids const& ids, std::optional<std::string> const& code) {
  return code && !code->empty() ? std::optional(ids.at(*code)) : std::nullopt;
}

Ids store_places(db::Tx& tx, IdMaker& ids, Pack const& pack, Ids const& units) {
  Ids known;
  for (auto const& row : tx.all<Known>("select code, id from place")) known[row.code] = row.id;
  for (auto const& place : pack.places) {
    auto const id = known.try_emplace(place.code, 0).first;
    if (id->second == 0) id->second = ids.next();
    // '0' is the character after '/': everything below a path lies between the two.
    auto path_end = place.path;
    path_end.back() = '0';
    tx.put(R"(
      insert into place (id, parent, level, kind, code, pcode, path, path_end, position, latitude, longitude, census_unit, valid_from, valid_until)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      on conflict (code) do update set parent = excluded.parent, level = excluded.level, kind = excluded.kind, pcode = excluded.pcode,
        path = excluded.path, path_end = excluded.path_end, position = excluded.position, latitude = excluded.latitude,
        longitude = excluded.longitude, census_unit = excluded.census_unit, valid_from = excluded.valid_from,
        valid_until = excluded.valid_until)",
           id->second, looked_up(known, place.parent), static_cast<int>(place.level), place.kind, place.code, place.pcode, place.path, path_end,
           place.position, place.latitude, place.longitude, looked_up(units, place.census_unit), place.valid_from, place.valid_until);
  }
  return known;
}

/// The spellings a place is found by and the words it is searched by: its names in all languages and its other spellings.
void store_spellings(db::Tx& tx, Pack::Entry const& place, std::int64_t id) {
  std::vector<std::string> names;
  for (auto const& [language, name] : place.names) names.insert(names.end(), {name.first, name.second});
  auto spellings = names;
  spellings.insert(spellings.end(), place.aliases.begin(), place.aliases.end());
  std::set<std::string> search_words;
  for (auto const& spelling : spellings)
    for (auto& word : words(spelling)) search_words.insert(std::move(word));
  for (auto const& key : keys_of(names, place.aliases)) tx.put("insert into place_alias (folded, place) values ($1, $2)", key, id);
  for (auto const& word : search_words) tx.put("insert into search_word (word, object, edition, day, id) values ($1, 'place', 0, '', $2)", word, id);
}

void store_names(db::Tx& tx, Pack const& pack, Ids const& places) {
  tx.run("delete from place_alias");
  tx.run("delete from search_word where object = 'place'");
  for (auto const& place : pack.places) {
    auto const id = places.at(place.code);
    tx.put("delete from place_text where place = $1", id);
    for (auto const& [language, name] : place.names)
      tx.put("insert into place_text (place, language, name, short_name) values ($1, $2, $3, $4)", id, language, name.first, name.second);
    store_spellings(tx, place, id);
  }
}

void store_maps(db::Tx& tx, Pack const& pack, Ids const& places) {
  tx.run("delete from place_shape");
  tx.run("delete from map_layer_text");
  tx.run("delete from map_layer");
  for (auto const& layer : pack.layers) {
    tx.put(R"(
      insert into map_layer (layer, width, height, west, north, x_scale, y_scale, water, borders, attribution)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))",
           layer.name, layer.width, layer.height, layer.west, layer.north, layer.x_scale, layer.y_scale, layer.water, layer.borders,
           layer.attribution);
    for (auto const& [language, attribution] : layer.attributions)
      tx.put("insert into map_layer_text (layer, language, attribution) values ($1, $2, $3)", layer.name, language, attribution);
  }
  for (auto const& shape : pack.shapes)
    tx.put("insert into place_shape (layer, place, outline, label_x, label_y, approximate) values ($1, $2, $3, $4, $5, $6)", shape.layer,
           places.at(shape.place), shape.outline, shape.label_x, shape.label_y, shape.approximate);
}

void store_days(db::Tx& tx, Pack const& pack) {
  tx.run("delete from national_day");
  tx.run("delete from national_day_text");
  for (auto const& day : pack.days)
    tx.put("insert into national_day (day_from, day_until, kind, code, source) values ($1, $2, $3, $4, $5)", day.from, day.until, day.kind, day.code,
           day.source);
  for (auto const& name : pack.day_names)
    tx.put("insert into national_day_text (code, language, name) values ($1, $2, $3)", name.code, name.language, name.name);
}

}  // namespace

void load_pack(db::Tx& tx, IdMaker& ids, Pack const& pack) {
  store_sources(tx, pack);
  auto const units = store_units(tx, ids, pack);
  auto const places = store_places(tx, ids, pack, units);
  store_names(tx, pack, places);
  store_maps(tx, pack, places);
  store_days(tx, pack);
  facts_version.touch(tx);
}

}  // namespace birge::place
