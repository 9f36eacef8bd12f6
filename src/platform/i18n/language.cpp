#include <utility>

#include "platform/base/text.hpp"
#include "platform/i18n/say.hpp"

namespace birge {
namespace {

bool same_code(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    char const letter = a[i] >= 'A' && a[i] <= 'Z' ? static_cast<char>(a[i] - 'A' + 'a') : a[i];
    if (letter != b[i]) return false;
  }
  return true;
}

/// One language range of the header and its weight in thousandths.
struct Wish {
  std::string_view primary;  ///< ky of ky-KG, or *
  int weight = 1000;
};

/// The weight of "q=0.8" in thousandths; nothing if it is not one (RFC 9110, section 12.4.2).
std::optional<int> weight_of(std::string_view parameter) {
  if (parameter.size() < 3 || parameter.size() > 7 || (parameter[0] != 'q' && parameter[0] != 'Q') || parameter[1] != '=') return std::nullopt;
  std::string_view const number = parameter.substr(2);
  if ((number[0] != '0' && number[0] != '1') || (number.size() > 1 && number[1] != '.')) return std::nullopt;
  int weight = (number[0] - '0') * 1000;
  int unit = 100;
  for (char const digit : number.substr(number.size() > 1 ? 2 : 1)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    weight += (digit - '0') * unit;
    unit /= 10;
  }
  return weight <= 1000 ? std::optional(weight) : std::nullopt;
}

std::optional<Wish> wish_of(std::string_view item) {
  auto const parts = split(item, ';');
  Wish wish{trim(parts.front())};
  wish.primary = wish.primary.substr(0, wish.primary.find('-'));
  if (wish.primary.empty()) return std::nullopt;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    auto const weight = weight_of(trim(parts[i]));
    if (!weight) return std::nullopt;
    wish.weight = *weight;
  }
  return wish;
}

}  // namespace

std::string_view code(Language language) {
  switch (language) {
    case Language::ky: return "ky";
    case Language::ru: return "ru";
    case Language::en: return "en";
    case Language::test: return "test";
  }
  return "en";
}

std::optional<Language> language_of(std::string_view text) {
  for (Language const language : {Language::ky, Language::ru, Language::en, Language::test})
    if (code(language) == text) return language;
  return std::nullopt;
}

std::string_view own_name(Language language) {
  switch (language) {
    case Language::ky: return "Кыргызча";
    case Language::ru: return "Русский";
    case Language::en: return "English";
    case Language::test: return "⟦Ťéšť⟧";
  }
  return "English";
}

Language preferred_language(std::string_view accept_language, Language fallback) {
  std::array<std::optional<int>, languages.size()> weights;
  std::array<std::size_t, languages.size()> positions{};
  int any_weight = 0;
  std::size_t position = 0;
  for (std::string_view const item : split(accept_language, ',')) {
    auto const wish = wish_of(item);
    if (!wish) continue;
    ++position;
    if (wish->primary == "*") any_weight = wish->weight;
    for (std::size_t i = 0; i < languages.size(); ++i) {
      if (!same_code(wish->primary, birge::code(languages[i])) || weights[i].value_or(-1) >= wish->weight) continue;
      weights[i] = wish->weight;
      positions[i] = position;
    }
  }
  Language best = fallback;
  std::pair best_rank{0, std::size_t{0}};  // a weight of 0 means "not acceptable" and never wins
  for (std::size_t i = 0; i < languages.size(); ++i) {
    // "*" stands for every language not named; of those the fallback is ours to choose. Of equal weights the first one named wins.
    std::size_t const place = weights[i] ? positions[i] : languages[i] == fallback ? position + 1 : position + 2;
    std::pair const rank{weights[i].value_or(any_weight), SIZE_MAX - place};
    if (rank.first == 0 || rank <= best_rank) continue;
    best = languages[i];
    best_rank = rank;
  }
  return best;
}

}  // namespace birge
