#include <algorithm>

#include "features/activity/activity_store.hpp"
#include "features/activity/activity_view.hpp"
#include "features/search/search_groups.hpp"
#include "platform/base/text.hpp"

/// "Did you mean": only words that stand in something public, so that nobody learns from a misspelling what is hidden from them.
namespace birge::search {

namespace {

constexpr int known_words = 4000;
constexpr std::size_t tried = 12;

bool stands_in_memory(Scene const& scene, Wanted const& word) {
  for (auto const& edition : scene.facts->editions)
    for (auto const& [language, name] : edition.names)
      if (fits(word, {name})) return true;
  for (auto const& contact : scene.facts->contacts)
    for (auto const& [language, text] : contact.texts)
      if (fits(word, {contact.number, text.first, text.second})) return true;
  for (auto const* list : {"kind", "topic", "audience"})
    for (auto const& code : scene.facts->codes.list(list))
      for (auto const& [language, name] : code.names)
        if (fits(word, {name})) return true;
  return false;
}

/// Those in the language of the page first.
std::vector<std::string_view> texts_of(Scene const& scene, std::map<std::string, std::string> const& texts) {
  std::vector<std::string_view> list;
  for (auto const& [language, text] : texts) list.insert(language == scene.say.code() ? list.begin() : list.end(), text);
  return list;
}

std::string in_one_of(std::vector<std::string_view> const& texts, std::string_view word) {
  for (auto const text : texts)
    if (auto const found = written(text, word); !found.empty()) return std::string(found);
  return {};
}

/// Kinds, topics and audience groups: activities are found by their names.
std::string in_code_list(Scene const& scene, std::string_view word) {
  for (auto const* list : {"kind", "topic", "audience"})
    for (auto const& code : scene.facts->codes.list(list))
      if (auto found = in_one_of(texts_of(scene, code.names), word); !found.empty()) return found;
  return {};
}

/// The word as it is written in something public that has it; empty where that has it by an alias or a hidden field alone.
std::string written_by(Scene const& scene, Store::Carrier const& carrier) {
  auto const& facts = *scene.facts;
  if (carrier.object == "organisation") {
    auto const* organisation = facts.organisation(coalition::OrganisationId{carrier.id});
    return organisation ? in_one_of(texts_of(scene, organisation->names), carrier.word) : std::string();
  }
  if (carrier.object == "place") {
    auto const* place = facts.places->find(place::PlaceId{carrier.id});
    std::map<std::string, std::string> names;
    if (place)
      for (auto const& [language, name] : place->names) names.emplace(language, name.text);
    return in_one_of(texts_of(scene, names), carrier.word);
  }
  auto const activity = activity::Store(scene.request.read()).find(activity::ActivityId{carrier.id});
  if (!activity || !activity::view::listed(*activity)) return {};
  for (auto const& [language, text] : activity->texts)
    if (auto found = in_one_of({text.title, text.venue, text.summary, activity->village}, carrier.word); !found.empty()) return found;
  return in_code_list(scene, carrier.word);
}

std::string instead_of(Scene const& scene, std::string const& word) {
  Store store(scene.request.read());
  auto const near = nearest(word, store.words_beginning_alike(word, known_words));
  for (std::size_t i = 0; i < std::min(near.size(), tried); ++i) {
    auto const carrier = store.carrier(near[i]);
    if (!carrier) continue;
    if (auto found = written_by(scene, *carrier); !found.empty()) return found;
  }
  return {};
}

/// The names of the places that a text may mean, but for those it has already.
std::vector<std::string> places_meant(Scene const& scene, place::Matcher const& matcher, std::string_view typed) {
  constexpr std::size_t most = 3;
  std::vector<std::string> list;
  for (auto const id : matcher.fitting(typed)) {
    auto const& name = scene.facts->places->name(id, Language::ky).short_text;
    if (list.size() < most && words(name) != words(typed) && std::ranges::find(list, name) == list.end()) list.push_back(name);
  }
  return list;
}

bool finds_anything(Scene const& scene) { return any_group(scene) || !listed_activities(scene, 1).empty(); }

}  // namespace

std::string suggestion(Scene const& scene) {
  std::string text;
  bool other = false;
  for (auto const& word : scene.wanted.words) {
    std::string part = word;
    auto const alone = wanted(word);
    if (!stands_in_memory(scene, alone) && !Store(scene.request.read()).carrier(word)) {
      part = instead_of(scene, word);
      if (part.empty()) return {};
      other = true;
    } else if (auto typed = written(scene.wanted.text, word); !typed.empty()) {
      part = typed;  // as it was typed, never as it is compared
    }
    text += (text.empty() ? "" : " ") + part;
  }
  if (!other) return {};
  Scene const meant{scene.request, scene.say, scene.facts, nullptr, wanted(text), scene.today};
  return finds_anything(meant) ? text : std::string();
}

std::vector<std::string> with_places_as_written(Scene const& scene) {
  constexpr std::size_t most = 6;  // each is a search of its own
  place::Matcher const matcher(*scene.facts->places, scene.request.read());
  auto list = places_meant(scene, matcher, scene.wanted.text);
  auto const& typed = scene.wanted.words;
  if (typed.size() < 2) return list;
  for (std::size_t i = 0; i < typed.size(); ++i)
    for (auto const& name : places_meant(scene, matcher, typed[i])) {
      if (list.size() == most) return list;
      std::string text;
      for (std::size_t j = 0; j < typed.size(); ++j) text.append(text.empty() ? "" : " ").append(j == i ? name : typed[j]);
      list.push_back(std::move(text));
    }
  return list;
}

}  // namespace birge::search
