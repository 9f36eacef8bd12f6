#include "features/place/place_pack.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "platform/base/problem.hpp"
#include "platform/sheet/records.hpp"

namespace birge::place {

namespace {

using sheet::Record;
using sheet::Records;

constexpr std::array<std::string_view, 3> language_codes{"ky", "ru", "en"};

[[noreturn]] void refuse(Records const& file, Record const& row, std::string_view column) {
  throw Problem(Failure::unprocessable,
                message("{}, row {}: “{}” in the column “{}” does not fit the rest of the pack.", file.name(), row.row(), row[column], column));
}

Records table(PackFiles const& files, std::string const& name) { return Records(files.name() + name, files.require(name)); }

Day day_of(Records const& file, Record const& row, std::string_view column) {
  auto const day = Day::parse(row[column]);
  if (!day) refuse(file, row, column);
  return *day;
}

std::optional<Day> optional_day(Records const& file, Record const& row, std::string_view column) {
  return row[column].empty() ? std::nullopt : std::optional(day_of(file, row, column));
}

void read_sources(PackFiles const& files, Pack& pack) {
  auto const file = table(files, "sources.csv");
  for (auto const& row : file) pack.sources.push_back({row["key"], row["title"], row["address"], row["licence"], row["dated"], row["note"]});
  auto const translated = files.read("source_texts.csv");
  if (!translated) return;
  Records const texts(files.name() + "source_texts.csv", *translated);
  for (auto const& row : texts) {
    if (std::ranges::find(language_codes, row["language"]) == language_codes.end()) refuse(texts, row, "language");
    pack.source_texts.push_back({row["source"], row["language"], row["title"], row["licence"], row["note"]});
  }
}

bool known_source(Pack const& pack, std::string const& key) { return std::ranges::find(pack.sources, key, &Pack::Source::key) != pack.sources.end(); }

void read_units(PackFiles const& files, Pack& pack) {
  auto const file = table(files, "census2022.csv");
  for (auto const& row : file) {
    if (!known_source(pack, row["source"])) refuse(file, row, "source");
    pack.units.push_back(
        {row["code"], row["source"], row.integer("population"), row.integer("year"), row.maybe_integer("men"), row.maybe_integer("women")});
  }
}

/// What a row may be checked against: the places above it.
struct Known {
  std::unordered_map<std::string, std::size_t> index;
  std::unordered_map<std::string, int> children;
  std::set<std::string> pcodes;
};

/// What lies in an abolished place was abolished with it or lies elsewhere now.
void check_within_parent(Records const& file, Record const& row, Pack::Entry const& entry, Pack::Entry const& parent) {
  if (parent.valid_from && (!entry.valid_from || *entry.valid_from < *parent.valid_from)) refuse(file, row, "valid_from");
  if (parent.valid_until && (!entry.valid_until || *parent.valid_until < *entry.valid_until)) refuse(file, row, "valid_until");
}

Pack::Entry entry_of(Records const& file, Record const& row, Pack const& pack, Known& known) {
  constexpr std::array<std::string_view, 7> kinds{"country", "oblast", "city", "rayon", "district_city", "city_district", "community"};
  Pack::Entry entry;
  entry.code = row["code"];
  entry.parent = row["parent"];
  entry.kind = row["kind"];
  auto const level = row.integer("level");
  entry.level = static_cast<Level>(level);
  entry.pcode = row.maybe("pcode");
  entry.census_unit = row.maybe("census_unit");
  entry.valid_from = optional_day(file, row, "valid_from");
  entry.valid_until = optional_day(file, row, "valid_until");
  entry.latitude = row.maybe_real("latitude");
  entry.longitude = row.maybe_real("longitude");

  auto const parent = known.index.find(entry.parent);
  bool const first = pack.places.empty();
  if (first ? !entry.parent.empty() : parent == known.index.end()) refuse(file, row, "parent");
  if (level != (first ? 0 : static_cast<int>(pack.places[parent->second].level) + 1) || level > 3) refuse(file, row, "level");
  if (std::ranges::find(kinds, entry.kind) == kinds.end()) refuse(file, row, "kind");
  if (entry.code.empty() || entry.code.find('/') != std::string::npos || known.index.contains(entry.code)) refuse(file, row, "code");
  if (entry.pcode && !known.pcodes.insert(*entry.pcode).second) refuse(file, row, "pcode");
  if (entry.census_unit && std::ranges::find(pack.units, *entry.census_unit, &Pack::Unit::code) == pack.units.end()) refuse(file, row, "census_unit");
  if (entry.valid_from && entry.valid_until && *entry.valid_until < *entry.valid_from) refuse(file, row, "valid_until");
  if (!first) check_within_parent(file, row, entry, pack.places[parent->second]);

  entry.position = known.children[entry.parent]++;
  entry.path = (first ? std::string() : pack.places[parent->second].path) + entry.code + "/";
  return entry;
}

void read_places(PackFiles const& files, Pack& pack) {
  auto const file = table(files, "places.csv");
  Known known;
  for (auto const& row : file) {
    auto entry = entry_of(file, row, pack, known);
    for (auto const language : language_codes) {
      auto const& name = row["name_" + std::string(language)];
      auto const& short_name = row["short_" + std::string(language)];
      if (name.empty() != short_name.empty()) refuse(file, row, "short_" + std::string(language));
      if (!name.empty()) entry.names[std::string(language)] = {name, short_name};
    }
    if (entry.names.empty()) refuse(file, row, "name_ky");
    known.index[entry.code] = pack.places.size();
    pack.places.push_back(std::move(entry));
  }
  auto const aliases = table(files, "aliases.csv");
  for (auto const& row : aliases) {
    auto const place = known.index.find(row["place"]);
    if (place == known.index.end()) refuse(aliases, row, "place");
    pack.places[place->second].aliases.push_back(row["alias"]);
  }
}

void read_maps(PackFiles const& files, Pack& pack) {
  std::set<std::string> codes;
  for (auto const& place : pack.places) codes.insert(place.code);
  auto const layers = table(files, "maps/layers.csv");
  for (auto const& row : layers) {
    auto const& name = row["layer"];
    pack.layers.push_back({name,
                           row["water"],
                           row["borders"],
                           row["attribution"],
                           row.integer("width"),
                           row.integer("height"),
                           row.real("west"),
                           row.real("north"),
                           row.real("x_scale"),
                           row.real("y_scale"),
                           {}});
    // The source's own words are enough where a pack has no others.
    for (auto const language : language_codes)
      if (auto const column = "attribution_" + std::string(language); layers.has(column))
        if (auto text = row.maybe(column)) pack.layers.back().attributions[std::string(language)] = std::move(*text);
    auto const shapes = table(files, "maps/" + name + ".csv");
    for (auto const& shape : shapes) {
      if (!codes.contains(shape["place"])) refuse(shapes, shape, "place");
      pack.shapes.push_back({name, shape["place"], shape["outline"], shape.real("label_x"), shape.real("label_y"), shape.flag("approximate")});
    }
  }
}

void read_days(PackFiles const& files, Pack& pack) {
  constexpr std::array<std::string_view, 5> kinds{"holiday", "memorial", "school_holiday", "school_year", "exam"};
  std::set<std::string> codes;
  auto const names = table(files, "national_day_names.csv");
  for (auto const& row : names) {
    codes.insert(row["code"]);
    for (auto const language : language_codes)
      if (auto name = row.maybe("name_" + std::string(language))) pack.day_names.push_back({row["code"], std::string(language), std::move(*name)});
  }
  auto const file = table(files, "national_days.csv");
  for (auto const& row : file) {
    Pack::NationalDay const day{day_of(file, row, "day_from"), day_of(file, row, "day_until"), row["kind"], row["code"], row["source"]};
    if (day.until < day.from) refuse(file, row, "day_until");
    if (std::ranges::find(kinds, day.kind) == kinds.end()) refuse(file, row, "kind");
    if (!codes.contains(day.code)) refuse(file, row, "code");
    if (!known_source(pack, day.source)) refuse(file, row, "source");
    pack.days.push_back(day);
  }
}

}  // namespace

Pack read_pack(PackFiles const& files) {
  Pack pack;
  read_sources(files, pack);
  read_units(files, pack);
  read_places(files, pack);
  read_maps(files, pack);
  read_days(files, pack);
  return pack;
}

void load_pack(db::Tx& tx, IdMaker& ids, PackFiles const& files) { load_pack(tx, ids, read_pack(files)); }

}  // namespace birge::place
