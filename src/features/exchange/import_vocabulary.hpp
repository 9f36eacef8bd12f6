#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "platform/base/text.hpp"

/// Lists of words with one meaning, written with | between them and found again in any case and spelling that folding makes equal.
namespace birge::exchange {

template <class Meaning>
struct Words {
  Meaning meaning;
  std::string_view texts;
};

template <class Meaning>
using Vocabulary = std::unordered_map<std::string, Meaning>;

/// Where a word stands in two lists, the first one counts.
template <class Meaning, std::size_t N>
Vocabulary<Meaning> vocabulary_of(Words<Meaning> const (&lists)[N]) {
  Vocabulary<Meaning> vocabulary;
  for (auto const& [meaning, texts] : lists)
    for (auto const text : split(texts, '|')) vocabulary.emplace(fold(text), meaning);
  return vocabulary;
}

inline std::unordered_set<std::string> folded_set(std::string_view texts) {
  std::unordered_set<std::string> set;
  for (auto const text : split(texts, '|')) set.insert(fold(text));
  return set;
}

template <class Meaning>
std::optional<Meaning> look_up(Vocabulary<Meaning> const& vocabulary, std::string_view text) {
  auto const found = vocabulary.find(fold(text));
  return found == vocabulary.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace birge::exchange
