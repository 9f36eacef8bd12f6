#include "features/exchange/import_columns.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "features/exchange/import_ages.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

namespace {

struct Synonyms {
  Column column;
  std::string_view words;  ///< headers with | between them
};

constexpr Synonyms synonyms[] = {
    {Column::ignored,
     "№|№ п/п|п/п|no|nr|#|номер|катар номери|катар саны|т/н|№ р/с|reasons|reason for refusal|причины отказа|причины|себептери|кабыл "
     "алынбаган себеби|неделя|апта|week"},
    {Column::id,
     "id|код|идентификатор|id мероприятия|код мероприятия|номер мероприятия|иш-чаранын коду|коду|activity id|external id|uid|иш-чаранын "
     "номери"},
    {Column::title,
     "название|наименование|название мероприятия|мероприятие|мероприятия|тема мероприятия и название|аталышы|иш-чаранын "
     "аталышы|иш-чара|иш-чаралар|иш-чаранын аты|title|name|activity|event|activity title|activity name|event name|наименование "
     "мероприятий|планируемое мероприятие|запланированное мероприятие"},
    {Column::summary,
     "описание|краткое описание|содержание|сүрөттөмө|сыпаттама|кыскача мазмуну|мазмуну|description|summary|details|описание "
     "мероприятия|иш-чаранын мазмуну|about"},
    {Column::kind,
     "вид|тип|вид мероприятия|вид/форма|тип/формат|тип мероприятия|формат|форма проведения|форма|түрү|иш-чаранын түрү|формасы|kind|type|activity type|type of "
     "activity|kind of activity|format|event type|вид деятельности"},
    {Column::topic, "тема|темы|тематика|темасы|темалары|topic|topics|theme|themes|тема мероприятия"},
    {Column::audience_group,
     "целевая группа|категория участников|катышуучулардын категориясы|целевая аудитория|для кого|максаттуу топ|максаттуу топтор|ким үчүн|audience group|target group|target "
     "audience|audience|целевые группы|beneficiary type|аудитория (группа)"},
    {Column::day,
     "дата|дата проведения|дата начала|срок исполнения|сроки исполнения|дата и время проведения|период|период проведения|аткаруу мөөнөтү|өткөрүлгөн күнү|өтө турган күнү|өткөрүү күнү|начало (дата)|сроки|срок|сроки проведения|день|когда|дата и время|датасы|күнү|өткөрүлүүчү "
     "күнү|өткөрүү мөөнөтү|мөөнөтү|качан|башталган күнү|башталышы (күнү)|date|dates|day|start date|date start|date from|from|when|date of "
     "event|first day|первый день|биринчи күнү|date and time|датасы жана убактысы|күнү жана убактысы|дата мероприятия"},
    {Column::end_day,
     "дата окончания|дата завершения|окончание (дата)|по (дата)|аяктаган күнү|аякталышы (күнү)|бүткөн күнү|end date|date end|date "
     "to|until|last day|последний день|акыркы күнү"},
    {Column::time, "время|время проведения|часы|убактысы|убакыт|сааты|time|hours"},
    {Column::start_time, "начало|время начала|башталышы|башталган убактысы|башталуу убактысы|start|start time|begins"},
    {Column::end_time, "окончание|конец|время окончания|аякталышы|аяктаган убактысы|аягы|бүтүшү|end|end time|ends"},
    {Column::moved_to,
     "новая дата|перенесено на|перенесено (новая дата)|перенос|дата переноса|жаңы күнү|которулган күнү|жаңы датасы|new date|moved to|moved "
     "to date|postponed to|rescheduled to"},
    {Column::reason,
     "причина|причина отмены|причина переноса|себеби|жокко чыгаруунун себеби|которуунун себеби|reason|причина отмены или переноса|reason "
     "for change"},
    {Column::where,
     "место|место проведения|адрес|адрес проведения|дареги|где|жери|өткөрүлүүчү жери|өтө турган жери|өткөрүү орду|өтүүчү жер|кайда|place of event|where|location"},
    {Column::place,
     "территория|географический охват|область, район|регион, район|облус, район|места|места проведения|жерлери|жерлер|places|населенный пункт (область, район, село)|аймагы жана "
     "району|place|area|geographic area|область, район, село|область/район/село|облус, район, айыл|регион/район|облус/район|жер"},
    {Column::region,
     "область|регион|область/город|область, город|регионы|область "
     "(город)|облус|облусу|аймак|аймагы|облус/шаар|region|oblast|province|admin1|adm1|region code|код области|облустун коду"},
    {Column::district,
     "район|город/район|район/город|район или город|район (город)|району|районы|район же "
     "шаар|район/шаар|district|rayon|raion|admin2|adm2|district or city|district/city|код района"},
    {Column::community,
     "айылный аймак|айыл аймагы|айыл өкмөтү|а/о|а/а|аа|сельская управа|сельский округ|аильный округ|айылный округ|айыл "
     "өкмөт|community|municipality|ayil aimak|admin3|adm3|муниципалитет"},
    {Column::village,
     "село|населенный пункт|айыл|айылы|калктуу пункт|калктуу конуш|village|settlement|town or village|село/город|город/село|admin4|adm4"},
    {Column::venue,
     "площадка|зал|здание|учреждение|адрес площадки|помещение|өтүүчү жай|өтүүчү жайы|имарат|мекеме "
     "(жай)|дарек|venue|hall|school|building|site|место проведения (зал, школа)|место проведения (здание)"},
    {Column::lead,
     "организация|ведущая организация|организатор|организаторы|ответственный|ответственная "
     "организация|исполнитель|исполнители|ответственные исполнители|ответственный исполнитель|кто проводит|ответственные|ответственные организации|ответственные лица|кто отвечает|наименование "
     "организации|название организации|уюм|уюмдун аталышы|уюмдун аты|жетектөөчү уюм|уюштуруучу|уюштуруучулар|жооптуу|жооптуулар|жооптуу уюмдар|ким өткөрөт|жооптуу "
     "уюм|аткаруучу|аткаруучулар|organisation|organization|lead|lead organisation|lead "
     "organization|organiser|organizer|organisers|organizers|implementer|responsible|responsible organisation|implementing "
     "organisation|организация-исполнитель|organisation name"},
    {Column::co_hosts,
     "соорганизатор|соорганизаторы|со-организатор|со-организаторы|совместно с|тең уюштуруучу|тең уюштуруучулар|бирге "
     "уюштуруучулар|co-host|co-hosts|cohost|cohosts|co-organiser|co-organizer|co-organisers|co-organizers|together with|jointly with"},
    {Column::partners,
     "партнер|партнеры|партнёр|партнёры|организации-партнеры|өнөктөш|өнөктөштөр|өнөктөш уюмдар|өнөктөштөрү|partner|partners|partner "
     "organisations|partner organizations|with support of|при поддержке"},
    {Column::languages,
     "язык|языки|язык проведения|язык мероприятия|тили|иш-чаранын тили|өткөрүү тили|language|languages|language of event|language of the "
     "event"},
    {Column::entry,
     "вход|доступ|участие|кирүү|катышуу тартиби|entry|admission|access|open or by invitation|открытое/закрытое|открыто или по "
     "приглашениям|ким катыша алат|attendance type"},
    {Column::cost, "стоимость|стоимость участия|цена|плата|баасы|акысы|cost|price|fee|стоимость входа"},
    {Column::contact,
     "контакт|контакты|контактные данные|контактное лицо|публичный контакт|телефон|байланыш|байланыш маалыматы|contact|contacts|public "
     "contact|phone|контакты для участников|ачык байланыш|публичные контакты"},
    {Column::visibility,
     "публичность|видимость|показывать|публиковать|кому видно|ачыктыгы|көрүнүшү|кимге көрүнөт|visibility|public|publish|public or "
     "coalition|публично"},
    {Column::status,
     "статус|состояние|отметка о выполнении|отметка об исполнении|исполнение|выполнение|статусу|абалы|аткарылышы|state|status|progress"},
    {Column::expected,
     "ожидаемое количество участников|ожидаемое число участников|план участников|планируемое количество участников|планируемое число "
     "участников|количество участников (план)|участники (план)|ожидается участников|ожидаемое количество|күтүлгөн катышуучулар|күтүлгөн "
     "катышуучулардын саны|катышуучулар (план)|пландалган катышуучулар|expected|expected participants|expected attendance|planned "
     "participants|targeted|target number|planned number of participants"},
    {Column::total,
     "всего|итого|всего участников|участников всего|итого участников|количество участников|кол-во участников|число "
     "участников|участники|участники (факт)|количество участников (факт)|количество участников, всего|количество участников "
     "всего|участников|фактическое количество участников|количество|количество человек|кол-во человек|охвачено|охвачено человек|количество охваченных|число охваченных|количество присутствовавших|присутствовало|камтылгандар|камтылган адамдардын саны|катышкан адамдардын саны|жалпы|жалпы саны|баары|баардыгы|катышуучулар|катышуучулардын саны|катышкандар|катышкандардын саны|катышуучулардын жалпы "
     "саны|жалпы катышуучулар|посещения|посещений|катышуулар|total|total participants|participants|number of participants|participants total|attendance|attendances|total "
     "attendance|reached|people reached|actual participants|attended"},
    {Column::broadcast,
     "аудитория|аудитория эфира|охват аудитории|охват эфира|зрители|слушатели|слушатели/зрители|просмотры|количество "
     "просмотров|подписчики|эфир аудиториясы|аудиториясы|көрүүчүлөр|угуучулар|көрүүлөр саны|broadcast "
     "audience|viewers|listeners|views|followers|media audience|audience reached|audience size|viewers or listeners"},
    {Column::method,
     "способ подсчета|способ подсчёта|метод подсчета|метод учета|как считали|кантип эсептелди|how it was counted|эсептөө ыкмасы|эсептөө жолу|method|method of "
     "counting|counting method|how counted"},
    {Column::narrative,
     "результат|результаты|итоги|отчет|отчёт|краткий "
     "отчет|комментарий|комментарии|примечание|примечания|натыйжа|натыйжасы|натыйжалары|жыйынтыгы|эскертүү|комментарий (для "
     "коалиции)|narrative|result|results|report|comment|comments|notes|remarks|outcome"},
    {Column::reach, "охват территории|уровень|уровень проведения|деңгээли|reach|level|scope|масштаб"},
};

/// Words that say nothing about which column it is.
std::set<std::string> const& fillers() {
  static auto const set = [] {
    std::set<std::string> words;
    for (auto const* word : {"мероприятия", "мероприятий", "мероприятие", "активности", "проведения", "иш", "чаранын", "чара", "чаралардын",
                             "activity", "activities", "event", "events", "of", "the", "поле", "укажите", "фактически", "факт"})
      words.insert(fold(word));
    return words;
  }();
  return set;
}

std::string without_fillers(std::string const& folded) {
  std::string kept;
  for (auto const word : split(folded, ' ')) {
    if (fillers().contains(std::string(word))) continue;
    if (!kept.empty()) kept += ' ';
    kept += word;
  }
  return kept;
}

std::unordered_map<std::string, Column> const& dictionary() {
  static auto const map = [] {
    std::unordered_map<std::string, Column> map;
    for (auto const& [column, words] : synonyms)
      for (auto const word : split(words, '|')) map.emplace(fold(word), column);
    // Shortened forms come after all full ones, so that none of them takes the place of what somebody listed.
    for (auto const& [column, words] : synonyms)
      for (auto const word : split(words, '|'))
        if (auto const kept = without_fillers(fold(word)); !kept.empty()) map.emplace(kept, column);
    return map;
  }();
  return map;
}

Column look_up(std::string const& folded) {
  if (folded.empty()) return Column::unknown;
  if (auto const found = dictionary().find(folded); found != dictionary().end()) return found->second;
  auto const kept = without_fillers(folded);
  if (kept.empty()) return Column::unknown;  // "факт" is no "#", which folds to nothing
  if (auto const found = dictionary().find(kept); found != dictionary().end()) return found->second;
  return Column::unknown;
}

/// The header without what stands in brackets.
std::string without_brackets(std::string_view header) {
  std::string kept;
  int depth = 0;
  for (char const c : header) {
    if (c == '(' || c == '[') ++depth;
    else if (c == ')' || c == ']') depth -= depth > 0;
    else if (depth == 0) kept += c;
  }
  return kept;
}

/// The last word where it names a language, "название (ru)" or "title en".
std::string language_at_end(std::string& folded) {
  static auto const names = [] {
    std::unordered_map<std::string, std::string> names;
    constexpr std::pair<char const*, char const*> pairs[] = {
        {"ky", "ky"},      {"kg", "ky"},   {"кырг", "ky"},     {"кыргызча", "ky"},   {"кыргызский", "ky"}, {"kyrgyz", "ky"},
        {"кырг яз", "ky"}, {"ru", "ru"},   {"рус", "ru"},      {"орусча", "ru"},     {"русский", "ru"},    {"russian", "ru"},
        {"en", "en"},      {"англ", "en"}, {"англисче", "en"}, {"английский", "en"}, {"english", "en"}};
    for (auto const& [word, code] : pairs) names.emplace(fold(word), code);
    return names;
  }();
  auto const space = folded.rfind(' ');
  if (space == std::string::npos) return {};
  auto const found = names.find(folded.substr(space + 1));
  if (found == names.end()) return {};
  folded.resize(space);
  return found->second;
}

bool has_texts(Column column) { return column == Column::title || column == Column::summary || column == Column::venue; }

}  // namespace

bool repeatable(Column column) {
  constexpr std::array columns{Column::unknown,  Column::ignored,   Column::topic, Column::audience_group, Column::co_hosts,
                               Column::partners, Column::languages, Column::heads, Column::upper_end};
  return std::ranges::find(columns, column) != columns.end();
}

Heading heading_of(std::string_view header) {
  Heading heading;
  auto folded = fold(header);
  heading.column = look_up(folded);
  if (heading.column != Column::unknown) return heading;
  if (auto heads = heads_of(header)) return *heads;
  if (auto const language = language_at_end(folded); !language.empty()) {
    heading.column = look_up(folded);
    if (has_texts(heading.column)) heading.language = language;
    if (heading.column != Column::unknown) return heading;
  }
  if (auto const bare = without_brackets(header); bare.size() != header.size()) heading.column = look_up(fold(bare));
  if (heading.column != Column::unknown) return heading;
  while (!folded.empty() && (folded.back() == ' ' || (folded.back() >= '0' && folded.back() <= '9'))) folded.pop_back();  // "Тема 2"
  if (auto const numbered = look_up(folded); repeatable(numbered) && numbered != Column::unknown) heading.column = numbered;
  return heading;
}

std::string cell_text(sheet::Cell const& cell) {
  if (cell.type == sheet::Cell::Type::empty) return {};
  std::string_view text = cell.text;
  if (text.size() > 1 && text[0] == '\'' && std::string_view("=+-@\t\r").find(text[1]) != std::string_view::npos) text.remove_prefix(1);
  return clean_line(text);
}

std::string column_letter(std::size_t column) {
  std::string letters;
  for (std::size_t n = column + 1; n > 0; n = (n - 1) / 26) letters.insert(letters.begin(), static_cast<char>('A' + (n - 1) % 26));
  return letters;
}

}  // namespace birge::exchange
