#include "features/exchange/import_words.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_set>

#include "features/exchange/import_vocabulary.hpp"

namespace birge::exchange {

namespace {

using Word = Status::Word;

constexpr Words<Word> status_words[] = {
    {Word::planned,
     "planned|approved|scheduled|confirmed plan|upcoming|ongoing|not reported|отчёт не представлен|отчёт берилген эмес|"
     "план|запланировано|запланирован|запланирована|планируется|утверждено|утвержден|"
     "утверждена|согласовано|предстоит|в плане|пландаштырылган|пландаштырылды|пландалган|пландалууда|бекитилди|бекитилген|план "
     "боюнча|күтүлүүдө"},
    {Word::held,
     "held|done|completed|conducted|implemented|took place|finished|reported|confirmed|проведено|проведен|проведена|проведены|состоялось|"
     "состоялся|состоялась|выполнено|исполнено|завершено|прошло|прошел|отчет представлен|отчёт "
     "представлен|подтверждено|өткөрүлдү|өткөрүлгөн|өттү|"
     "өткөн|аткарылды|аткарылган|болуп өттү|отчёт берилди|ырасталды|ырасталган|бүттү"},
    {Word::cancelled,
     "cancelled|canceled|not held|отменено|отменен|отменён|отменена|отмена|не состоялось|не проведено|не состоялся|жокко чыгарылды|"
     "жокко чыгарылган|өткөн жок|өткөрүлгөн жок|өтпөй калды|болгон жок|өткөрүлбөдү"},
    {Word::moved,
     "moved|postponed|rescheduled|перенесено|перенесен|перенесён|перенесена|перенос|отложено|которулду|которулган|жылдырылды|кийинкиге "
     "калтырылды"},
    {Word::unfinished, "draft|proposed|предложено|черновик|проект|на согласовании|сунушталды|сунушталган|каралама"}};

}  // namespace

std::optional<Status> status_of(std::string_view text) {
  static auto const words = vocabulary_of(status_words);
  if (auto const whole = look_up(words, text)) return Status{*whole, {}};
  // "перенесено на 20.10.2018", "20.10.2018 которулду": everything but the word for moved is the new date.
  static std::vector<std::string_view> const moved = split(status_words[3].texts, '|');
  for (auto const word : moved) {
    auto const folded_word = fold(word);
    std::string rest;
    bool found = false;
    for (auto const part : split(text, ' ')) {
      auto const folded = fold(part);
      if (!found && folded == folded_word) found = true;
      else if (static auto const on = std::unordered_set<std::string>{fold("на"), fold("to"), fold("күнгө"), fold("күнүнө"), fold("until")};
               !on.contains(folded))
        (rest += rest.empty() ? "" : " ") += part;
    }
    if (found) return Status{Word::moved, rest};
  }
  return std::nullopt;
}

std::optional<std::string> method_of(std::string_view text) {
  static constexpr Words<std::string_view> entries[] = {
      {"sign_in_sheet",
       "sign in sheet|sign-in sheet|sign_in_sheet|registration|registration list|attendance list|list of participants|регистрационный лист|"
       "лист регистрации|регистрация|список|список участников|по списку|явочный лист|катталуу барагы|каттоо барагы|тизме|тизме "
       "боюнча|катышуучулардын тизмеси"},
      {"head_count",
       "head count|headcount|head_count|counting|counted|подсчет присутствующих|подсчёт присутствующих|подсчет|подсчёт|пересчет|посчитали|"
       "катышкандарды саноо|саноо|саналды|эсептелди"},
      {"estimate", "estimate|estimated|estimation|оценка|оценочно|приблизительно|примерно|на глаз|болжолдуу|болжолдуу баа|болжол менен"},
      {"", "method not said|способ не указан|ыкмасы көрсөтүлгөн эмес"},
      {"ticket", "ticket|tickets|билет|билеты|по билетам|билеттер|билет боюнча"}};
  static auto const words = vocabulary_of(entries);
  auto const found = look_up(words, text);
  return found ? std::optional(std::string(*found)) : std::nullopt;
}

std::optional<std::string> entry_of(std::string_view text) {
  static constexpr Words<std::string_view> entries[] = {{"open",
                                                         "open|open to all|free|free entry|public|открыто|открытое|открытый|свободный|вход "
                                                         "свободный|свободный вход|для всех|ачык|баарына ачык|эркин|"
                                                         "кирүү эркин|бардыгына ачык"},
                                                        {"invitation",
                                                         "invitation|by invitation|closed|invited|по приглашению|по "
                                                         "приглашениям|приглашение|приглашенные|закрытое|закрытый|закрыто|по спискам|"
                                                         "чакыруу|чакыруу менен|чакыруу боюнча|чакырылгандар|жабык"}};
  static auto const words = vocabulary_of(entries);
  auto const found = look_up(words, text);
  return found ? std::optional(std::string(*found)) : std::nullopt;
}

std::optional<bool> public_of(std::string_view text) {
  static constexpr Words<bool> entries[] = {
      {true, "public|yes|да|ооба|1|true|публично|публичное|открыто|открыто для всех|для всех|ачык|баарына ачык|everyone|все"},
      {false,
       "coalition|coalition only|no|нет|жок|0|false|только для коалиции|для коалиции|коалиция|коалиция үчүн гана|коалиция үчүн|закрыто|не "
       "публиковать|жабык|"
       "internal|внутреннее|hidden"}};
  static auto const words = vocabulary_of(entries);
  return look_up(words, text);
}

std::optional<activity::Reach> reach_of_words(std::string_view text) {
  using activity::Reach;
  static constexpr Words<Reach> entries[] = {
      {Reach::national,
       "national|nationwide|whole country|the whole country|all regions|all oblasts|countrywide|республика|вся республика|по всей "
       "республике|"
       "по республике|по всей стране|вся страна|все области|все регионы|все области и города|республиканский|республиканское|национальный|"
       "республикалык|республика боюнча|бүт республика|бүткүл республика|бардык облустар|бардык аймактар|бардык облустарда|өлкө боюнча|"
       "бүткүл өлкө|бүт өлкө|жалпы республика|кыргыз республикасы|кыргызстан|кыргызская республика|kyrgyzstan|kyrgyz republic"},
      {Reach::online,
       "online|on-line|онлайн|on line|интернет|internet|zoom|зум|в интернете|дистанционно|аралыктан|facebook|instagram|социальные сети|"
       "социалдык тармактар|social media|virtual"},
      {Reach::several, "in several places|several places|several|несколько мест|в нескольких местах|бир нече жер|бир нече жерде"}};
  static auto const words = vocabulary_of(entries);
  if (auto const whole = look_up(words, text)) return *whole;
  // "Онлайн (Zoom)", "онлайн, Facebook": every part says the same.
  std::optional<Reach> all;
  for (std::size_t from = 0; from <= text.size();) {
    auto const end = std::min(text.find_first_of("(),;/", from), text.size());
    auto const part = clean_line(text.substr(from, end - from));
    from = end + 1;
    if (part.empty()) continue;
    auto const reach = look_up(words, part);
    if (!reach || (all && *all != *reach)) return std::nullopt;
    all = *reach;
  }
  return all;
}

bool names_a_venue(std::string_view text) {
  static auto const words = [] {
    std::set<std::string> set;
    for (auto const* word : {"школа",    "школе",    "школы",      "сш",         "сош",      "мектеп", "мектеби",    "мектебинде",     "лицей",
                             "лицейи",   "гимназия", "гимназиясы", "колледж",    "колледжи", "пту",    "вуз",        "университет",    "университети",
                             "институт", "клуб",     "клубу",      "дк",         "дом",      "үйү",    "библиотека", "китепкана",      "китепканасы",
                             "зал",      "залы",     "площадь",    "аянт",       "аянты",    "парк",   "паркы",      "стадион",        "стадиону",
                             "больница", "оорукана", "рынок",      "базар",      "базары",   "вокзал", "автовокзал", "школа-интернат", "school",
                             "hall",     "square",   "library",    "university", "college",  "club",   "market"})
      set.insert(fold(word));
    return set;
  }();
  auto const folded = fold(text);
  return std::ranges::any_of(split(folded, ' '), [&](std::string_view word) { return words.contains(std::string(word)); });
}

std::optional<std::vector<std::string>> languages_of(std::string_view text) {
  static constexpr Words<std::string_view> entries[] = {
      {"ky", "ky|kg|кыргызча|кырг|кыргыз|кыргызский|кыргызский язык|на кыргызском|кыргыз тили|кыргыз тилинде|kyrgyz|кыргызском"},
      {"ru", "ru|орусча|рус|орус|русский|русский язык|на русском|орус тили|орус тилинде|russian|русском"},
      {"en", "en|англисче|англ|английский|английский язык|на английском|англис тили|english|английском"},
      {"uz", "uz|өзбекче|узб|узбекский|на узбекском|өзбек тили|uzbek|узбекском"},
      {"tg", "tg|тажикче|таджикский|тажик тили|tajik"},
      {"dng", "дунганский|дунганча|dungan"},
      {"sgn", "язык жестов|жестовый|жаңдоо тили|жест тили|sign language"}};
  static auto const words = vocabulary_of(entries);
  std::vector<std::string> codes;
  auto const take = [&](std::string_view part) {
    auto const found = look_up(words, part);
    if (!found) return false;
    if (std::ranges::find(codes, *found) == codes.end()) codes.emplace_back(*found);
    return true;
  };
  if (take(text)) return codes;
  std::string spaced;
  for (char const c : text) spaced += c == ',' || c == ';' || c == '/' || c == '+' || c == '&' || c == '-' ? ' ' : c;
  static auto const joints =
      std::unordered_set<std::string>{fold("и"), fold("жана"), fold("and"), fold("на"), fold("язык"), fold("языках"), fold("тили")};
  for (auto const part : split(spaced, ' '))
    if (auto const folded = fold(part); !folded.empty() && !joints.contains(folded) && !take(part)) return std::nullopt;
  return codes.empty() ? std::nullopt : std::optional(codes);
}

Language language_of_text(std::string_view text, Language otherwise) {
  std::size_t latin = 0, cyrillic = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    auto const pair = text.substr(i, 2);
    if (pair == "ң" || pair == "Ң" || pair == "ө" || pair == "Ө" || pair == "ү" || pair == "Ү") return Language::ky;
    auto const byte = static_cast<unsigned char>(text[i]);
    cyrillic += byte == 0xD0 || byte == 0xD1;
  }
  for (char const c : text) latin += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (cyrillic == 0) return latin > 0 ? Language::en : otherwise;
  static auto const kyrgyz =
      std::unordered_set<std::string>{fold("жана"),     fold("менен"),    fold("каршы"),  fold("боюнча"), fold("адам"), fold("сатууга"),
                                      fold("тууралуу"), fold("арасында"), fold("жаштар"), fold("иш"),     fold("чара"), fold("ата")};
  static auto const russian =
      std::unordered_set<std::string>{fold("в"),  fold("и"),  fold("по"),     fold("с"),     fold("для"),    fold("на"),  fold("о"),       fold("об"),
                                      fold("из"), fold("от"), fold("против"), fold("среди"), fold("людьми"), fold("под"), fold("торговли")};
  int score = 0;
  auto const folded = fold(text);
  for (auto const word : split(folded, ' ')) score += kyrgyz.contains(std::string(word)) ? 1 : russian.contains(std::string(word)) ? -1 : 0;
  if (score != 0) return score > 0 ? Language::ky : Language::ru;
  return otherwise == Language::ky ? Language::ky : Language::ru;
}

bool is_total_label(std::string_view text) {
  auto const folded = fold(text);
  static auto const labels = [] {
    std::vector<std::string> labels;
    for (auto const* label : {"итого", "всего", "жалпы", "баары", "баардыгы", "жыйынтыгы", "total", "grand total", "sum", "сумма", "бардыгы"})
      labels.push_back(fold(label));
    return labels;
  }();
  if (length(folded) > 60) return false;
  return std::ranges::any_of(labels, [&](std::string const& label) {
    return folded == label || folded.starts_with(label + " ") || (folded.size() > label.size() + 1 && folded.ends_with(" " + label));
  });
}

}  // namespace birge::exchange
