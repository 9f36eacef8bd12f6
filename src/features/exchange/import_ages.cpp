#include "features/exchange/import_ages.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "features/exchange/import_vocabulary.hpp"

namespace birge::exchange {

namespace {

enum class Word { filler, female, male, girls, boys, children, adults, under, over };

Vocabulary<Word> const& vocabulary() {
  static constexpr Words<Word> lists[] = {
      {Word::female, "женщины|женщин|женщина|жен|ж|женский|женского|девушки|девушек|аялдар|аялдардын|аял|women|woman|female|females|f"},
      {Word::male, "мужчины|мужчин|мужчина|муж|м|мужской|мужского|юноши|юношей|эркектер|эркектердин|эркек|men|man|male|males|m"},
      {Word::girls, "девочки|девочек|кыздар|кыздардын|girls|girl"},
      {Word::boys, "мальчики|мальчиков|балдар (эркек)|уландар|boys|boy"},
      {Word::children, "дети|детей|несовершеннолетние|несовершеннолетних|балдар|балдардын|children|minors|child"},
      {Word::adults, "взрослые|взрослых|чоңдор|бойго жеткендер|adults|adult"},
      {Word::under, "до|младше|моложе|under|below|чейин|чейинки|<"},
      {Word::over, "старше|свыше|от|выше|over|above|жогору|улуу|older|plus"},
      {Word::filler,
       "количество|кол|во|число|участников|участники|участниц|человек|чел|катышуучулар|катышуучулардын|катышкандар|саны|number|of|"
       "participants|people|attended|attendance|лет|года|год|жаш|жаштагы|жаштан|жашка|жаштагылар|возраст|возрасте|возраста|курагы|"
       "курак|и|в|с|жана|андан|aged|age|ages|years|year|old|and|жынысы|пол|пола|sex|ичинде|анын|т|ч|том|числе|из|них|"
       "including|жаштар|жаштары|молодежь|молодёжь|молодежи|youth|взрослое|reached|ге|га|ке|ка"}};
  static auto const words = vocabulary_of(lists);
  return words;
}

struct Parts {
  std::vector<int> ages;
  std::vector<Word> words;
  bool dash = false, plus = false, less = false, understood = true, subset = false,
       joins = false;  // joins: two of its words have an "and" between them
};

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Takes the header apart: ages, the signs between them that folding would drop, and words.
Parts parts_of(std::string_view header) {
  Parts parts;
  std::string words;
  for (std::size_t i = 0; i < header.size();) {
    if (digit(header[i])) {
      int age = 0;
      std::size_t digits = 0;
      for (; i < header.size() && digit(header[i]); ++i, ++digits) age = digits < 4 ? age * 10 + (header[i] - '0') : age;
      if (digits > 2) parts.understood = false;
      parts.ages.push_back(age);
      words += ' ';
      continue;
    }
    parts.plus |= header[i] == '+' && !parts.ages.empty();
    parts.less |= header[i] == '<';
    bool const en_dash = header.substr(i).starts_with("–") || header.substr(i).starts_with("—");
    parts.dash |= (header[i] == '-' || en_dash) && parts.ages.size() == 1;
    words += header[i++];
  }
  auto const folded = fold(words);
  static auto const subsets = std::set<std::string>{fold("в т ч"), fold("в том числе"), fold("из них"), fold("анын ичинде"), fold("including")};
  for (auto const& subset : subsets) parts.subset |= folded.starts_with(subset);
  if (folded.empty()) return parts;
  static auto const boys = fold("эркек балдар"), girls = fold("кыз балдар");
  if (folded == boys || folded == girls) {
    parts.words.push_back(folded == boys ? Word::boys : Word::girls);
    return parts;
  }
  static auto const joints = std::set<std::string>{fold("и"), fold("жана"), fold("and")};
  for (auto const word : split(folded, ' ')) {
    parts.joins = parts.joins || joints.contains(std::string(word));
    auto const found = vocabulary().find(std::string(word));
    if (found == vocabulary().end()) parts.understood = false;
    else if (found->second != Word::filler) parts.words.push_back(found->second);
  }
  return parts;
}

bool set_ages(Heading& heading, Parts const& parts, bool under, bool over) {
  if (parts.ages.empty()) return !under && !over;
  heading.any_age = false;
  if (parts.ages.size() == 2) {
    heading.low_age = parts.ages[0];
    heading.high_age = parts.ages[1];
    return parts.ages[0] <= parts.ages[1];
  }
  if (parts.ages.size() > 2 || under == over) return false;  // one age with neither "under" nor "over" may be a number of anything
  if (under) heading.high_age = parts.ages[0] - 1, heading.low_age = 0;
  else heading.low_age = parts.ages[0];
  return true;
}

/// "Женщины и девочки", "эркектер жана эркек балдар": all of one sex.
std::optional<activity::Sex> all_of_one_sex(Parts const& parts) {
  auto const count = [&](Word word) { return std::ranges::count(parts.words, word); };
  auto const words = static_cast<std::ptrdiff_t>(parts.words.size());
  if (!parts.joins || !parts.ages.empty()) return std::nullopt;
  if (count(Word::female) == 1 && count(Word::girls) == 1 && words == 2) return activity::Sex::female;
  if (count(Word::male) == 1 && count(Word::boys) == 1 && words == 2) return activity::Sex::male;
  if (count(Word::male) == 2 && count(Word::children) == 1 && words == 3) return activity::Sex::male;
  return std::nullopt;
}

void set_children(Heading& heading) {
  heading.any_age = false;
  heading.low_age = 0;
  heading.high_age = 17;
}

}  // namespace

std::optional<Heading> heads_of(std::string_view header) {
  auto const parts = parts_of(header);
  if (!parts.understood || (parts.words.empty() && parts.ages.empty())) return std::nullopt;
  Heading heading;
  heading.column = Column::heads;
  if (auto const sex = all_of_one_sex(parts)) {
    heading.sex = *sex;
    return heading;
  }
  bool const grown = std::ranges::any_of(parts.words, [](Word word) { return word == Word::female || word == Word::male; });
  if (parts.joins && grown && std::ranges::find(parts.words, Word::children) != parts.words.end()) return std::nullopt;  // "женщины и дети"
  bool under = parts.less, over = parts.plus, named = false;
  int sexes = 0, groups = 0;
  for (auto const word : parts.words) {
    if (word == Word::under) under = true;
    else if (word == Word::over) over = true;
    else if (word == Word::female || word == Word::girls) heading.sex = activity::Sex::female, ++sexes;
    else if (word == Word::male || word == Word::boys) heading.sex = activity::Sex::male, ++sexes;
    if (word == Word::children || word == Word::girls || word == Word::boys) set_children(heading), ++groups;
    if (word == Word::adults) heading.any_age = false, heading.low_age = 18, ++groups;
    named = true;
  }
  if (sexes > 1 || groups > 1 || (groups > 0 && parts.subset)) return std::nullopt;
  if (parts.ages.empty()) return sexes + groups > 0 ? std::optional(heading) : std::nullopt;
  if (!set_ages(heading, parts, under, over)) return std::nullopt;
  if (!named && !parts.dash && !parts.plus && !parts.less && parts.ages.size() == 2) return std::nullopt;
  return heading;
}

std::optional<std::string> band_of(Heading const& heading, campaign::Codes const& codes) {
  if (heading.any_age) return std::nullopt;
  for (auto const& band : codes.list("age_band"))
    if (band.low_age.value_or(0) == heading.low_age.value_or(0) && band.high_age == heading.high_age) return band.code;
  if (heading.low_age.value_or(0) == 0 && heading.high_age == 17) return "under_18";
  if (heading.low_age == 18 && !heading.high_age) return "adult";
  return std::nullopt;
}

}  // namespace birge::exchange
