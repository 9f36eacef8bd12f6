#include "features/place/place.hpp"
#include "features/place/place_key.hpp"

namespace birge::place {

namespace {

struct PlaceRow {
  PlaceId id;
  std::optional<PlaceId> parent;
  int level;
  std::string kind, code;
  std::optional<std::string> pcode;
  std::string path, path_end;
  std::optional<double> latitude, longitude;
  std::optional<std::int64_t> census_unit;
};

struct NameRow {
  PlaceId place;
  std::string language, name, short_name;
};

struct UnitRow {
  std::int64_t id;
  std::string code;
  std::int64_t population;
  int year;
};

struct AliasRow {
  std::string folded;
  PlaceId place;
};

Place place_of(PlaceRow&& row) {
  Place place;
  place.id = row.id;
  place.parent = row.parent.value_or(PlaceId{});
  place.level = static_cast<Level>(row.level);
  place.kind = std::move(row.kind);
  place.code = std::move(row.code);
  place.pcode = std::move(row.pcode);
  place.path = std::move(row.path);
  place.path_end = std::move(row.path_end);
  place.latitude = row.latitude;
  place.longitude = row.longitude;
  place.census_unit = row.census_unit;
  return place;
}

}  // namespace

Tree Tree::load(db::Reader& read) {
  Tree tree;
  std::unordered_map<std::int64_t, std::size_t> index;
  read.each<PlaceRow>(R"(
    select id, parent, level, kind, code, pcode, path, path_end, latitude, longitude, census_unit
      from place order by level, position, id)",
                      [&](PlaceRow&& row) {
                        index[row.id.value] = tree.places_.size();
                        tree.places_.push_back(place_of(std::move(row)));
                      });
  read.each<NameRow>("select place, language, name, short_name from place_text", [&](NameRow&& row) {
    auto& place = tree.places_[index.at(row.place.value)];
    place.names[row.language] = Name{std::move(row.name), std::move(row.short_name), row.language};
  });
  read.each<UnitRow>("select id, code, population, year from census_unit order by id", [&](UnitRow&& row) {
    tree.census_units_.push_back(CensusUnit{row.id, std::move(row.code), row.population, row.year, {}});
  });
  tree.connect();
  return tree;
}

Matcher::Matcher(Tree const& tree, db::Reader& read) : tree_(tree) {
  read.each<AliasRow>("select folded, place from place_alias order by folded, place",
                      [&](AliasRow&& row) { aliases_[row.folded].push_back(row.place); });
  auto const learn = [&](Place const& place) {
    auto& kinds = kinds_[place.id] = kinds_of_place(place.kind);
    for (auto const& [language, name] : place.names) kinds |= read_words(name.text).kinds;
  };
  if (tree.regions().empty()) return;
  learn(tree.country());
  for (auto const* region : tree.regions()) learn(*region);
  for (auto const* district : tree.districts()) {
    learn(*district);
    for (auto const* community : tree.children(district->id)) learn(*community);
  }
}

}  // namespace birge::place
