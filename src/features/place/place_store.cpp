#include "features/place/place.hpp"
#include "features/place/place_key.hpp"
#include "platform/i18n/say.hpp"

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
  std::optional<Day> valid_from, valid_until;
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
  place.valid_from = row.valid_from;
  place.valid_until = row.valid_until;
  return place;
}

/// A short name that keeps together at its spaces and, where it is abbreviated (р-ну), at the hyphen behind a single letter.
std::string without_breaks(std::string_view text) {
  constexpr std::size_t one_letter = 2;  // bytes in Cyrillic
  std::string kept;
  std::size_t word = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const abbreviated = text[i] == '-' && word > 0 && i - word == one_letter;
    if (text[i] == ' ') kept += "\u00A0", word = i + 1;
    else if (abbreviated) kept += "\u2011";
    else kept += text[i];
  }
  return kept;
}

/// Whether the short name of a place is its name less the word for its kind: "Алайский" of "Алайский район", but not "Нарын р-ну".
bool lost_its_kind(Place const& place, NameRow const& row) {
  bool const kind_matters = place.kind == "rayon" || place.kind == "city_district";
  return kind_matters && !row.short_name.empty() && row.name.starts_with(row.short_name + " ");
}

Name name_of(Place const& place, NameRow const& row) {
  Name name{row.name, without_breaks(row.short_name), row.language, {}};
  name.line_text = name.short_text;
  auto const language = language_of(row.language);
  if (language && lost_its_kind(place, row)) {
    std::string line(Say::in(*language).in_context("in a line of places", "{} district"));
    if (auto const at = line.find("{}"); at != std::string::npos) name.line_text = without_breaks(line.replace(at, 2, name.short_text));
  }
  return name;
}

}  // namespace

Tree Tree::load(db::Reader& read) {
  Tree tree;
  std::unordered_map<std::int64_t, std::size_t> index;
  read.each<PlaceRow>(R"(
    select id, parent, level, kind, code, pcode, path, path_end, latitude, longitude, census_unit, valid_from, valid_until
      from place order by level, position, id)",
                      [&](PlaceRow&& row) {
                        index[row.id.value] = tree.places_.size();
                        tree.places_.push_back(place_of(std::move(row)));
                      });
  read.each<NameRow>("select place, language, name, short_name from place_text", [&](NameRow&& row) {
    auto& place = tree.places_[index.at(row.place.value)];
    place.names[row.language] = name_of(place, row);
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
