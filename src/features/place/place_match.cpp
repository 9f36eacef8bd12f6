#include <algorithm>
#include <tuple>

#include "features/place/place.hpp"
#include "features/place/place_key.hpp"
#include "platform/base/text.hpp"

namespace birge::place {

namespace {

using Places = std::vector<Place const*>;

std::vector<std::string_view> split_at(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    auto const end = text.find_first_of(separators);
    auto const part = trim(text.substr(0, end));
    if (!part.empty()) parts.push_back(part);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

/// The words of each part of "Ноокен району, Жалал-Абад облусу". A part that is only a kind word belongs to the one before it: "Нарын, город".
std::vector<std::vector<std::string>> parts_of(std::string_view text, std::string_view separators) {
  std::vector<std::vector<std::string>> parts;
  for (auto const part : split_at(text, separators)) {
    auto words = folded_words(part);
    if (words.empty()) continue;
    if (!parts.empty() && read_words(words).words.empty()) parts.back().insert(parts.back().end(), words.begin(), words.end());
    else parts.push_back(std::move(words));
  }
  return parts;
}

Places on_level(Places const& places, Level level) {
  Places found;
  std::ranges::copy_if(places, std::back_inserter(found), [&](auto const* place) { return place->level == level; });
  return found;
}

Places on_highest_level(Places const& places) {
  if (places.empty()) return places;
  return on_level(places, (*std::ranges::min_element(places, {}, &Place::level))->level);
}

Match verdict(Places const& places) {
  Match match;
  for (auto const* place : places) match.candidates.push_back(place->id);
  match.kind = places.empty() ? Match::Kind::none : places.size() == 1 ? Match::Kind::one : Match::Kind::several;
  if (match.kind == Match::Kind::one) match.place = match.candidates.front();
  return match;
}

}  // namespace

Match valid_within(Match match, Tree const& tree, Day first, Day last) {
  Places valid;
  for (auto const id : match.candidates)
    if (auto const* place = tree.find(id); place->valid_within(first, last)) valid.push_back(place);
  if (match.kind != Match::Kind::none) return valid.empty() ? match : verdict(valid);
  std::erase_if(match.candidates, [&](PlaceId id) { return !tree.find(id)->valid_within(first, last); });
  return match;
}

/// KG03 and KG03215 are found as well as KG03215000000: what begins so on the highest level. A text that is no P-code finds nothing.
std::vector<Place const*> Matcher::by_pcode(std::string_view text) const {
  auto const& country = tree_.country();
  std::string code;
  for (char const c : text)
    if (c != ' ' && c != '-') code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (!country.pcode || !code.starts_with(*country.pcode)) return {};
  if (code == *country.pcode) return {&country};
  if (code.find_first_not_of("0123456789", country.pcode->size()) != std::string::npos) return {};
  if (auto const* const exact = tree_.by_code(code)) return {exact};
  Places found;
  auto const take = [&](Place const* place) {
    if (place->pcode && place->pcode->starts_with(code)) found.push_back(place);
  };
  for (auto const* region : tree_.regions()) take(region);
  for (auto const* district : tree_.districts()) {
    take(district);
    for (auto const* community : tree_.children(district->id)) take(community);
  }
  return on_highest_level(found);
}

/// The places of a key that the kind words fit.
std::vector<Place const*> Matcher::of_key(std::string const& key, unsigned kinds) const {
  Places places;
  auto const found = aliases_.find(key);
  if (key.empty() || found == aliases_.end()) return places;
  for (auto const id : found->second)
    if (kinds == 0 || (kinds_.at(id) & kinds) != 0) places.push_back(tree_.find(id));
  // "г. Кара-Суу" is a town of that name only where no city of its own rank has it.
  if (kinds == city_bit && std::ranges::any_of(places, [](auto const* place) { return place->level < Level::community; }))
    std::erase_if(places, [](auto const* place) { return place->level == Level::community; });
  // "Кыргызстан" alone is the country and not the community that is called so.
  if (kinds == 0 && !places.empty() && std::ranges::any_of(places, [](auto const* place) { return place->level == Level::country; }))
    return on_highest_level(places);
  return places;
}

/// The places that a name without punctuation may mean, by the strictest key that gives any; with `narrow`, only those its kind words fit.
std::vector<Place const*> Matcher::by_words(std::vector<std::string> const& words, bool narrow) const {
  auto const name = read_words(words);
  auto const kinds = narrow ? name.kinds : 0;
  auto const key = place_key(name.words);
  auto const joined = joined_key(key);
  if (auto exact = of_key(key, kinds); !exact.empty()) return exact;
  if (auto loose = of_key(joined, kinds); !loose.empty()) return loose;
  auto const stem = adjective_stem(joined);
  if (!stem) return {};
  // Ноокенский - Ноокен, Лебединовский - Лебединовка.
  for (auto const* ending : {"", "ка", "а"})
    if (auto places = of_key(*stem + ending, kinds); !places.empty()) return places;
  return {};
}

/// Of the places each part may mean, the deepest that lie in, or around, something that every other part may mean.
std::vector<Place const*> Matcher::together(std::vector<std::vector<Place const*>> const& parts) const {
  auto const fits = [&](Place const* place, Places const& others) {
    return std::ranges::any_of(others, [&](auto const* other) { return in_reach(*place, other->id) || in_reach(*other, place->id); });
  };
  if (parts.size() == 1) return parts.front();
  Places kept;
  for (auto const& part : parts)
    for (auto const* place : part)
      if (std::ranges::find(kept, place) == kept.end() && std::ranges::all_of(parts, [&](auto const& others) { return fits(place, others); }))
        kept.push_back(place);
  if (kept.empty()) return kept;
  auto const deepest = on_level(kept, (*std::ranges::max_element(kept, {}, &Place::level))->level);
  // An oblast and the city that lies in it by the map are on one level: "г. Ош, Ошская область" is the city.
  auto cities = deepest;
  std::erase_if(cities, [&](auto const* place) {
    auto const* const around = tree_.oblast_around(place->id);
    return around == nullptr || std::ranges::find(deepest, around) == deepest.end();
  });
  return cities.empty() ? deepest : cities;
}

std::vector<Place const*> Matcher::named(std::string_view text, bool narrow) const {
  // Brackets are a part of some names, "Алай (К. Белекбаев)", and hold the district of others.
  for (auto const separators : {std::string_view(",;|"), std::string_view(",;|()")}) {
    auto const parts = parts_of(text, separators);
    std::vector<Places> found;
    for (auto const& part : parts) found.push_back(by_words(part, narrow));
    if (auto places = together(found); !places.empty()) return places;
  }
  auto const words = folded_words(text);
  // Two names without a comma between them: "Ноокенский район Джалал-Абадской области".
  for (std::size_t i = 1; i < words.size() && words.size() <= 8; ++i) {
    auto const middle = words.begin() + static_cast<std::ptrdiff_t>(i);
    auto first = by_words({words.begin(), middle}, narrow);
    auto second = by_words({middle, words.end()}, narrow);
    if (first.empty() || second.empty()) continue;
    if (auto both = together({std::move(first), std::move(second)}); !both.empty()) return both;
  }
  return {};
}

bool Matcher::in_reach(Place const& place, PlaceId within) const {
  if (tree_.inside(place.id, within)) return true;
  auto const* const region = tree_.region_of(place.id);
  auto const* const around = region ? tree_.oblast_around(region->id) : nullptr;
  return around != nullptr && around->id == within;
}

std::vector<Place const*> Matcher::in_reach(std::vector<Place const*> places, PlaceId within) const {
  if (!within) return places;
  std::erase_if(places, [&](auto const* place) { return !in_reach(*place, within); });
  if (places.size() > 1) std::erase_if(places, [&](auto const* place) { return place->id == within; });
  return places;
}

/// The places whose spelling is nearest to the part of the text that is not known, the nearest and largest first.
std::vector<Place const*> Matcher::nearest(std::string_view text) const {
  auto const parts = parts_of(text, ",;|()");
  if (parts.empty()) return {};
  auto unknown = std::ranges::find_if(parts, [&](auto const& part) { return by_words(part, false).empty(); });
  if (unknown == parts.end()) unknown = parts.begin();
  auto const key = joined_key(place_key(read_words(*unknown).words));
  auto const letters = static_cast<int>(length(key)) - 1;  // without the mark
  int const limit = std::clamp(letters / 3, 1, 3);
  auto const bytes = std::size_t{2} * static_cast<std::size_t>(limit);  // of as many Cyrillic letters

  struct Near {
    int distance;
    Place const* place;
  };
  std::vector<Near> near;
  for (auto const& [alias, ids] : aliases_) {
    if (alias.front() != joined_mark || alias.size() > key.size() + bytes || alias.size() + bytes < key.size()) continue;
    int const distance = edit_distance(key, alias, limit);
    if (distance > limit || distance >= letters) continue;
    for (auto const id : ids) near.push_back({distance, tree_.find(id)});
  }
  std::ranges::sort(near, [](Near const& a, Near const& b) {
    return std::tie(a.distance, a.place->level, a.place->id) < std::tie(b.distance, b.place->level, b.place->id);
  });
  Places found;
  for (auto const& one : near)
    if (std::ranges::find(found, one.place) == found.end()) found.push_back(one.place);
  // The other parts say where it lies: "Сузак району, Таш-Булок".
  std::vector<Places> all;
  for (auto part = parts.begin(); part != parts.end(); ++part) all.push_back(part == unknown ? found : by_words(*part, true));
  auto fitting = together(all);
  return fitting.empty() ? found : fitting;
}

std::vector<Place const*> Matcher::found(std::string const& text, PlaceId within, std::optional<Level> level) const {
  auto found = by_pcode(text);
  if (found.empty()) found = named(text, true);
  if (found.empty())
    if (auto const* const place = tree_.by_code(text); place != nullptr && place->code == text) found = {place};
  found = in_reach(std::move(found), within);
  if (level)
    if (auto const wanted = on_level(found, *level); !wanted.empty()) found = wanted;
  return found;
}

std::vector<PlaceId> Matcher::fitting(std::string_view given, PlaceId within, std::optional<Level> level) const {
  auto const text = clean_line(given);
  if (text.empty() || aliases_.empty()) return {};
  return verdict(found(text, within, level)).candidates;
}

std::vector<PlaceId> Matcher::namesakes(Place const& place, Day first, Day last) const {
  std::vector<PlaceId> others;
  for (auto const& [language, name] : place.names)
    for (auto const* other : named(name.text, false))
      if (other != &place && other->valid_within(first, last) && std::ranges::find(others, other->id) == others.end()) others.push_back(other->id);
  return others;
}

Match Matcher::match(std::string_view given, PlaceId within, std::optional<Level> level) const {
  auto const text = clean_line(given);
  if (text.empty() || aliases_.empty()) return {};
  if (auto const fits = found(text, within, level); !fits.empty()) return verdict(fits);

  // Suggestions: what has the name but not the kind, then what is outside, then what is spelt nearly so.
  auto suggestions = named(text, false);
  if (auto const inside = in_reach(suggestions, within); !inside.empty()) suggestions = inside;
  if (suggestions.empty()) {
    suggestions = nearest(text);
    if (auto const inside = in_reach(suggestions, within); !inside.empty()) suggestions = inside;
  }
  if (suggestions.size() > 5) suggestions.resize(5);
  auto match = verdict(suggestions);
  match.kind = Match::Kind::none;
  match.place = {};
  return match;
}

}  // namespace birge::place
