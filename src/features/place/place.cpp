#include "features/place/place.hpp"

#include <algorithm>

#include "platform/base/problem.hpp"

namespace birge::place {

namespace {

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace

bool Place::valid_within(Day first, Day last) const { return (!valid_from || *valid_from <= last) && (!valid_until || first <= *valid_until); }

Message out_of_time(Place const& place, std::string_view name, Day first) {
  if (place.valid_until && *place.valid_until < first)
    return message("“{}” was a place until {}. Choose the place it belongs to now.", name, *place.valid_until);
  return message("“{}” is a place from {} on. Choose the place it belonged to before.", name, place.valid_from.value_or(first));
}

/// Fills everything that is looked up from places_, which stand by level and position, and from the figures of census_units_.
void Tree::connect() {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    auto const& place = places_[i];
    by_id_[place.id.value] = i;
    by_code_[lower_ascii(place.code)] = i;
    if (place.pcode) by_code_[lower_ascii(*place.pcode)] = i;
    if (place.parent) children_[place.parent.value].push_back(&place);
  }
  if (!places_.empty()) regions_ = children(country().id);
  for (auto const* region : regions_)
    for (auto const* district : children(region->id)) districts_.push_back(district);

  std::unordered_map<std::int64_t, CensusUnit*> units;
  for (auto& unit : census_units_) units[unit.id] = &unit;
  auto const join = [&](Place const& place) {
    auto const* const parent = find(place.parent);
    bool const whole_is_in_it = parent != nullptr && parent->census_unit == place.census_unit;
    if (place.census_unit && !whole_is_in_it) units.at(*place.census_unit)->places.push_back(place.id);
  };
  for (auto const* district : districts_) join(*district);
  for (auto const* region : regions_) join(*region);
}

Place const* Tree::find(PlaceId id) const {
  auto const found = by_id_.find(id.value);
  return found == by_id_.end() ? nullptr : &places_[found->second];
}

Place const* Tree::by_code(std::string_view code) const {
  auto const found = by_code_.find(lower_ascii(code));
  return found == by_code_.end() ? nullptr : &places_[found->second];
}

Place const& Tree::country() const {
  if (places_.empty()) throw Problem(Failure::internal, message("No country pack has been loaded yet."));
  return places_.front();
}

std::vector<Place const*> const& Tree::children(PlaceId id) const {
  static std::vector<Place const*> const none;
  auto const found = children_.find(id.value);
  return found == children_.end() ? none : found->second;
}

std::vector<Place const*> const& Tree::regions() const { return regions_; }
std::vector<Place const*> const& Tree::districts() const { return districts_; }
std::vector<CensusUnit> const& Tree::census_units() const { return census_units_; }

CensusUnit const* Tree::census_unit(PlaceId id) const {
  for (auto const* place = find(id); place != nullptr; place = find(place->parent)) {
    if (!place->census_unit) continue;
    auto const unit = std::ranges::find(census_units_, *place->census_unit, &CensusUnit::id);
    return unit == census_units_.end() ? nullptr : &*unit;
  }
  return nullptr;
}

Place const* Tree::region_of(PlaceId id) const {
  auto const* place = find(id);
  while (place != nullptr && place->level > Level::region) place = find(place->parent);
  return place != nullptr && place->level == Level::region ? place : nullptr;
}

Place const* Tree::district_of(PlaceId id) const {
  auto const* place = find(id);
  while (place != nullptr && place->level > Level::district) place = find(place->parent);
  return place != nullptr && place->level == Level::district ? place : nullptr;
}

bool Tree::inside(PlaceId id, PlaceId whole) const {
  for (auto const* place = find(id); place != nullptr; place = find(place->parent))
    if (place->id == whole) return true;
  return false;
}

Place const* Tree::oblast_around(PlaceId id) const {
  auto const* const place = find(id);
  if (place == nullptr || place->level != Level::region || place->kind != "city") return nullptr;
  auto const* const unit = census_unit(id);
  if (unit == nullptr) return nullptr;
  for (auto const joined : unit->places)
    if (auto const* const region = region_of(joined); region != nullptr && region != place) return region;
  return nullptr;
}

Name const& Tree::name(PlaceId id, Language language) const {
  static Name const unknown;
  auto const* const place = find(id);
  if (place == nullptr || place->names.empty()) return unknown;
  Name const* kyrgyz = nullptr;
  for (auto const& [name_language, name] : place->names) {
    if (name_language == code(language)) return name;
    if (name_language == code(Language::ky)) kyrgyz = &name;
  }
  return kyrgyz ? *kyrgyz : place->names.begin()->second;
}

std::string Tree::full_name(PlaceId id, Language language) const {
  auto const* place = find(id);
  if (place == nullptr) return {};
  auto full = name(id, language).text;
  if (place->level <= Level::region) return full;
  for (place = find(place->parent); place != nullptr && place->level >= Level::region; place = find(place->parent))
    full += ", " + name(place->id, language).text;
  return full;
}

}  // namespace birge::place
