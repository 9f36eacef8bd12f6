// How people write the names of organisations: with and without legal forms, quotes and brackets, several in a cell.

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "features/coalition/coalition.hpp"
#include "platform/base/joining_words.hpp"
#include "platform/base/text.hpp"

namespace birge::coalition {

namespace {

/// What stands before or behind a name and says only what it is in law. The long forms first: the first that fits is taken.
constexpr std::string_view legal_forms[] = {"международный общественный фонд",
                                            "эл аралык коомдук фонду",
                                            "общественный благотворительный фонд",
                                            "общественное объединение",
                                            "молодежное общественное объединение",
                                            "общественный фонд",
                                            "общественная организация",
                                            "неправительственная организация",
                                            "некоммерческая организация",
                                            "благотворительный фонд",
                                            "частный фонд",
                                            "жаштардын коомдук бирикмеси",
                                            "коомдук бирикмеси",
                                            "коомдук бирикме",
                                            "коомдук фонду",
                                            "коомдук фонд",
                                            "коомдук уюму",
                                            "коомдук уюм",
                                            "бейөкмөт уюму",
                                            "өкмөттүк эмес уюм",
                                            "кайрымдуулук фонду",
                                            "public foundation",
                                            "public fund",
                                            "public association",
                                            "public union",
                                            "public organisation",
                                            "public organization",
                                            "charitable foundation",
                                            "non-governmental organisation",
                                            "non-governmental organization",
                                            "МОО",
                                            "МОФ",
                                            "ОБФ",
                                            "ОО",
                                            "ОФ",
                                            "КФ",
                                            "КБ",
                                            "КУ",
                                            "ЧФ",
                                            "БФ",
                                            "НПО",
                                            "НКО",
                                            "БӨУ",
                                            "ӨЭУ",
                                            "ОсОО",
                                            "ЖЧК",
                                            "NGO",
                                            "CSO",
                                            "PF",
                                            "PA",
                                            "PU",
                                            "LLC"};

std::vector<std::string> const& folded_forms() {
  static std::vector<std::string> const forms = [] {
    std::vector<std::string> all;
    for (auto const form : legal_forms) all.push_back(fold(form));
    return all;
  }();
  return forms;
}

/// Takes one legal form off either end; false when there is none or nothing else would be left.
bool strip_form(std::string& folded) {
  for (auto const& form : folded_forms()) {
    if (folded.size() <= form.size() + 1) continue;
    if (folded.starts_with(form) && folded[form.size()] == ' ') {
      folded.erase(0, form.size() + 1);
      return true;
    }
    if (folded.ends_with(form) && folded[folded.size() - form.size() - 1] == ' ') {
      folded.resize(folded.size() - form.size() - 1);
      return true;
    }
  }
  return false;
}

/// "Управление (УНП ООН)" as its two halves: before and after the bracket together, and what is inside; nothing where there is no bracket.
std::optional<std::pair<std::string, std::string>> bracket_halves(std::string_view text) {
  auto const open = text.find('(');
  auto const close = text.find(')', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) return {};
  return std::pair{std::string(text.substr(0, open)) + " " + std::string(text.substr(close + 1)),
                   std::string(text.substr(open + 1, close - open - 1))};
}

void add_once(std::vector<OrganisationId>& ids, OrganisationId id) {
  if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
}

}  // namespace

std::string match_key(std::string_view name) {
  auto key = fold(name);
  while (strip_form(key)) {}
  return key;
}

std::vector<OrganisationId> const* Matcher::find(std::string_view text) const {
  auto const by_key = [&](std::string const& key) {
    auto const found = key.empty() ? aliases_.end() : aliases_.find(key);
    return found == aliases_.end() ? nullptr : &found->second;
  };
  if (auto const* const ids = by_key(match_key(text))) return ids;
  auto const halves = bracket_halves(text);
  if (!halves) return nullptr;
  auto const* const ids = by_key(match_key(halves->first));
  return ids ? ids : by_key(match_key(halves->second));
}

bool Matcher::knows(std::string_view text) const { return find(text) != nullptr; }

Matcher::Match Matcher::match(std::string_view text) const {
  if (auto const* const ids = find(text)) {
    if (ids->size() == 1) return {Match::Kind::one, ids->front(), {}};
    return {Match::Kind::several, {}, *ids};
  }
  auto const key = match_key(text);
  if (key.empty()) return {};
  int const limit = std::clamp(static_cast<int>(length(key)) / 4, 1, 4);
  std::vector<std::pair<int, OrganisationId>> near;
  for (auto const& [alias, ids] : aliases_) {
    // A folded letter has at most two bytes, so most names are too long or too short at a glance.
    auto const bytes = std::max(alias.size(), key.size()) - std::min(alias.size(), key.size());
    int const distance = bytes > 2u * static_cast<unsigned>(limit) ? limit + 1 : edit_distance(key, alias, limit);
    if (distance <= limit)
      for (auto const id : ids) near.emplace_back(distance, id);
  }
  std::ranges::sort(near);
  Match result;
  for (auto const& [distance, id] : near)
    if (result.candidates.size() < 3) add_once(result.candidates, id);
  return result;
}

std::string const& Matcher::name(OrganisationId id) const {
  static std::string const unknown;
  auto const found = names_.find(id);
  return found == names_.end() ? unknown : found->second;
}

void Matcher::learn(std::string_view text, OrganisationId id, std::string name) {
  if (auto const key = match_key(text); !key.empty()) add_once(aliases_[key], id);
  names_[id] = std::move(name);
}

namespace {

std::vector<std::string> words_of(Organisation const& organisation) {
  std::vector<std::string> all;
  for (auto const* const texts : {&organisation.names, &organisation.short_names})
    for (auto const& [language, text] : *texts)
      for (auto& word : words(text)) all.push_back(std::move(word));
  return all;
}

}  // namespace

std::vector<OrganisationId> begun_by(std::string_view text, std::unordered_map<std::int64_t, Organisation> const& organisations, bool sample,
                                     std::size_t most) {
  auto const wanted = words(match_key(text));
  std::vector<OrganisationId> found;
  if (wanted.empty()) return found;
  for (auto const& [id, organisation] : organisations) {
    if (organisation.sample != sample) continue;
    auto const known = words_of(organisation);
    auto const begins_one = [&](std::string const& word) {
      return std::ranges::any_of(known, [&](std::string const& each) { return each.starts_with(word); });
    };
    if (std::ranges::all_of(wanted, begins_one)) found.push_back(organisation.id);
  }
  std::ranges::sort(found);
  if (found.size() > most) found.resize(most);
  return found;
}

namespace {

/// Walks over a cell and tells for each byte whether it stands inside quotes or brackets. A quote or bracket that never closes opens nothing.
class Nesting {
public:
  explicit Nesting(std::string_view text) : text_(text) {}

  bool outside(std::size_t at) {
    if (at < until_) return false;
    for (auto const& [open, close] : pairs) {
      if (!text_.substr(at).starts_with(open)) continue;
      auto const end = text_.find(close, at + open.size());
      if (end == std::string_view::npos) return true;
      until_ = end + close.size();
      return false;
    }
    return true;
  }

private:
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> pairs{
      {{"«", "»"}, {"“", "”"}, {"„", "“"}, {"\"", "\""}, {"(", ")"}, {"[", "]"}}};
  std::string_view text_;
  std::size_t until_ = 0;
};

using Separators = std::span<std::string_view const>;
constexpr std::array<std::string_view, 3> ends_of_names{";", "\n", "\r"};
constexpr std::array<std::string_view, 2> commas{",", "/"};
constexpr auto commas_and_words = [] {
  std::array<std::string_view, commas.size() + joining_words.size()> all{};
  std::ranges::copy(joining_words, std::ranges::copy(commas, all.begin()).out);
  return all;
}();

std::vector<std::string_view> split_outside(std::string_view text, Separators separators) {
  std::vector<std::string_view> parts;
  Nesting nesting(text);
  std::size_t from = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    std::size_t gap = 0;
    if (at < text.size()) {
      auto const rest = text.substr(at);
      auto const found =
          nesting.outside(at) ? std::ranges::find_if(separators, [&](auto const each) { return rest.starts_with(each); }) : separators.end();
      if (found == separators.end()) continue;
      gap = found->size();
    }
    if (auto const part = trim(text.substr(from, at - from)); !part.empty()) parts.push_back(part);
    from = at + gap;
    if (gap > 0) at = from - 1;
  }
  return parts;
}

/// Puts together again what only together is a known name ("... по делам молодёжи, физической культуры и спорта").
std::vector<std::string> whole_names(std::vector<std::string_view> const& parts, Matcher const& matcher) {
  constexpr std::size_t most_parts = 12;  // of a name: a cell of thousands of commas must not be compared with itself
  std::vector<std::string> names;
  for (std::size_t from = 0; from < parts.size();) {
    auto const until = [&](std::size_t last) {
      return std::string_view(parts[from].data(), static_cast<std::size_t>(parts[last].data() + parts[last].size() - parts[from].data()));
    };
    auto last = std::min(parts.size(), from + most_parts) - 1;
    while (last > from && !matcher.knows(until(last))) --last;
    names.emplace_back(until(last));
    from = last + 1;
  }
  return names;
}

bool all_known(std::vector<std::string> const& names, Matcher const& matcher) {
  return std::ranges::all_of(names, [&](std::string const& name) { return matcher.knows(name); });
}

/// Splits at commas and slashes, and at words like "и" where everything between them is known.
void split_further(std::string_view text, Matcher const& matcher, std::vector<std::string>& names) {
  auto const take = [&](std::vector<std::string> const& found) { names.insert(names.end(), found.begin(), found.end()); };
  if (auto const all = whole_names(split_outside(text, commas_and_words), matcher); all_known(all, matcher)) return take(all);
  for (auto const& name : whole_names(split_outside(text, commas), matcher)) {
    auto const parts = names_in(name, matcher);
    take(!parts.empty() && all_known(parts, matcher) ? parts : std::vector{name});
  }
}

}  // namespace

std::vector<std::string> split_names(std::string_view cell, Matcher const& matcher) {
  auto const whole = trim(cell);
  if (whole.empty()) return {};
  if (matcher.knows(whole)) return {std::string(whole)};
  std::vector<std::string> names;
  for (auto const part : split_outside(whole, ends_of_names)) {
    if (matcher.knows(part)) names.emplace_back(part);
    else split_further(part, matcher, names);
  }
  return names;
}

std::vector<std::string> names_in(std::string_view name, Matcher const& matcher) {
  if (matcher.knows(name)) return {};
  auto parts = whole_names(split_outside(name, commas_and_words), matcher);
  bool const some_known = std::ranges::any_of(parts, [&](std::string const& part) { return matcher.knows(part); });
  return parts.size() > 1 && some_known ? parts : std::vector<std::string>{};
}

}  // namespace birge::coalition
