#include "features/place/place_key.hpp"

#include <algorithm>
#include <array>

#include "platform/base/text.hpp"

namespace birge::place {

namespace {

struct KindWord {
  std::string text;  ///< folded
  unsigned kinds;
  bool prefix;  ///< also every word that begins so: район, района, районунда
};

std::vector<KindWord> make_kind_words() {
  std::vector<KindWord> list;
  auto const add = [&](unsigned kinds, bool prefix, std::initializer_list<char const*> texts) {
    for (auto const* text : texts) list.push_back({fold(text), kinds, prefix});
  };
  // шаарча, an urban-type settlement, before шаар, a city: the first that fits counts.
  add(community_bit, true,
      {"шаарча", "айыл", "аильн", "айыльн", "аймак", "аймаг", "өкмөт", "округ", "посел", "villag", "communit", "municipal", "settlement"});
  add(community_bit, false, {"с", "село", "села", "селе", "пгт", "rural", "ayil", "ao"});
  add(oblast_bit, true, {"област", "облус", "region", "provinc"});
  add(oblast_bit, false, {"обл"});
  add(district_bit, true, {"район", "rayon", "raion", "district"});
  add(district_bit, false, {"рн"});
  add(city_bit, true, {"шаар", "город"});
  add(city_bit, false, {"г", "гор", "ш", "city", "town"});
  return list;
}

/// Two folded words that were one abbreviation: р-н, р-ну, а/о, а/а, а/ө.
struct KindPair {
  std::string_view first, second;
  unsigned kinds;
};
constexpr std::array kind_pairs{KindPair{"р", "н", district_bit},  KindPair{"р", "ну", district_bit}, KindPair{"р", "на", district_bit},
                                KindPair{"р", "не", district_bit}, KindPair{"р", "он", district_bit}, KindPair{"а", "о", community_bit},
                                KindPair{"а", "а", community_bit}};

unsigned kinds_of_word(std::string_view word) {
  static std::vector<KindWord> const kind_words = make_kind_words();
  for (auto const& known : kind_words)
    if (known.prefix ? word.starts_with(known.text) : word == known.text) return known.kinds;
  return 0;
}

unsigned kinds_of_pair(std::string_view first, std::string_view second) {
  for (auto const& pair : kind_pairs)
    if (first == pair.first && second == pair.second) return pair.kinds;
  return 0;
}

}  // namespace

unsigned kinds_of_place(std::string_view kind) {
  if (kind == "country") return country_bit;
  if (kind == "oblast") return oblast_bit;
  if (kind == "city" || kind == "district_city") return city_bit;
  if (kind == "rayon" || kind == "city_district") return district_bit;
  return community_bit;
}

std::vector<std::string> folded_words(std::string_view text) {
  auto const folded = fold(text);
  std::vector<std::string> words;
  for (auto const word : split(folded, ' '))
    if (!word.empty()) words.emplace_back(word);
  return words;
}

NameWords read_words(std::string_view text) { return read_words(folded_words(text)); }

NameWords read_words(std::vector<std::string> const& all) {
  NameWords result;
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto const pair = i + 1 < all.size() ? kinds_of_pair(all[i], all[i + 1]) : 0;
    auto const kinds = pair != 0 ? pair : kinds_of_word(all[i]);
    result.kinds |= kinds;
    if (kinds == 0) result.words.push_back(all[i]);
    if (pair != 0) ++i;
  }
  return result;
}

namespace {

/// Appends a folded word with each doubled letter once; also what the text ends with and the word begins with.
void append_squeezed(std::string& key, std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    auto const lead = static_cast<unsigned char>(word[at]);
    auto const letter = word.substr(at, lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
    at += letter.size();
    if (!key.ends_with(letter)) key += letter;
  }
}

}  // namespace

std::string place_key(std::vector<std::string> const& words) {
  std::string key;
  for (auto const& word : words) {
    if (!key.empty()) key += ' ';
    append_squeezed(key, word);
  }
  return key;
}

std::string joined_key(std::string_view key) {
  if (key.empty()) return {};
  std::string joined(1, joined_mark);
  for (auto const word : split(key, ' ')) append_squeezed(joined, word);
  return joined;
}

std::optional<std::string> adjective_stem(std::string_view key) {
  // As place_key leaves them: ий and ый are и.
  constexpr std::array<std::string_view, 8> endings{"ского", "скому", "ским", "ская", "скои", "ском", "скую", "ски"};
  for (auto const ending : endings)
    if (key.ends_with(ending) && key.size() >= ending.size() + 4) return std::string(key.substr(0, key.size() - ending.size()));
  return std::nullopt;
}

std::set<std::string> keys_of(std::vector<std::string> const& names, std::vector<std::string> const& aliases) {
  std::set<std::string> keys;
  auto const learn = [&](std::string const& name, bool own) {
    auto key = place_key(read_words(name).words);
    if (key.empty()) return;
    auto joined = joined_key(key);
    if (auto stem = adjective_stem(joined)) keys.insert(std::move(*stem));
    // An alias that differs from a name only by its spaces must not set this place before others of that name.
    if (own || !keys.contains(joined)) keys.insert(std::move(key));
    keys.insert(std::move(joined));
  };
  for (auto const& name : names) learn(name, true);
  for (auto const& alias : aliases) learn(alias, false);
  return keys;
}

}  // namespace birge::place
