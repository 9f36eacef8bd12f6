#include "features/sample/sample_words.hpp"

namespace birge::sample {

namespace {

constexpr auto all_subjects = std::to_array<Subject>({
    {"trafficking", {"Адам сатууну кантип таанууга болот", "Как распознать торговлю людьми", "How to recognise trafficking"}},
    {"trafficking", {"Бирге каршы туралы", "Противостоим вместе", "Standing together"}},
    {"trafficking", {"Менин укугум — менин эркиндигим", "Моё право — моя свобода", "My right, my freedom"}},
    {"trafficking", {"Жардам кайда: 1899", "Где помощь: 1899", "Where to find help: 1899"}},
    {"smuggling", {"Чек арадан мыйзамсыз өтүүнүн баасы", "Цена незаконного перехода границы", "The price of being smuggled"}},
    {"smuggling", {"Ортомчуга ишенүүдөн мурда", "Прежде чем довериться посреднику", "Before you trust a middleman"}},
    {"safe_migration", {"Жолго чыгаардан мурда", "Перед дорогой", "Before you leave"}},
    {"safe_migration", {"Эмгек келишимин окуйбуз", "Читаем трудовой договор", "Reading a work contract"}},
    {"safe_migration", {"Чоочун шаардагы биринчи жума", "Первая неделя в чужом городе", "First week in a strange city"}},
    {"safe_migration", {"Документтериң өзүңдө болсун", "Документы держи при себе", "Keep your papers with you"}},
    {"forced_labour", {"Айлык төлөнбөсө эмне кылуу керек", "Что делать, если не платят", "When wages are not paid"}},
    {"forced_labour", {"Мажбурлап иштетүүгө жол жок", "Нет принудительному труду", "No to forced labour"}},
    {"child_labour", {"Балалык мектепте өтсүн", "Детство — в школе", "Childhood belongs in school"}},
    {"child_labour", {"Балдар эмгеги: эмнеге болот, эмнеге болбойт", "Детский труд: что можно и чего нельзя", "Child work: what the law allows"}},
    {"sexual_exploitation", {"Интернеттеги коопсуздук", "Безопасность в интернете", "Safe online"}},
    {"sexual_exploitation", {"«Модель болосуң» деген жарнамалар", "Объявления «станешь моделью»", "“Become a model” offers"}},
    {"child_marriage", {"Эрте турмушка чыкпайбыз", "Ранним бракам — нет", "Too young to marry"}},
    {"forced_marriage", {"Тандоо — өзүмдө", "Выбор за мной", "The choice is mine"}},
    {"bride_kidnapping", {"Ала качуу — кылмыш", "Похищение невесты — преступление", "Bride kidnapping is a crime"}},
    {"bride_kidnapping", {"Атам, апам жана менин тандоом", "Мои родители и мой выбор", "My parents and my choice"}},
});

constexpr auto all_organisations = std::to_array<Invented>({
    {"sample-coordination",
     "state_body",
     "",
     {"Улуттук координация борбору (үлгү)", "Национальный координационный центр (пример)", "National coordination centre (sample)"}},
    {"sample-kerme-toolor",
     "civil_society",
     "",
     {"«Керме тоолор» коомдук фонду (үлгү)", "Общественный фонд «Керме тоолор» (пример)", "Kerme Toolor foundation (sample)"}},
    {"sample-ak-bulut", "youth", "", {"«Ак-Булут» жаштар тармагы (үлгү)", "Молодёжная сеть «Ак-Булут» (пример)", "Ak-Bulut youth network (sample)"}},
    {"sample-open-sky-radio", "media", "", {"«Ачык асман» радиосу (үлгү)", "Радио «Ачык асман» (пример)", "Open Sky radio (sample)"}},
    {"sample-kanat-tv", "media", "", {"«Канат» телеканалы (үлгү)", "Телеканал «Канат» (пример)", "Kanat television (sample)"}},
    {"sample-partnership",
     "international",
     "",
     {"Эл аралык өнөктөштүк (үлгү)", "Международное партнёрство (пример)", "International partnership (sample)"}},
    {"sample-bishkek-hall",
     "local_authority",
     "bishkek",
     {"Бишкектин шаардык штабы (үлгү)", "Городской штаб Бишкека (пример)", "Bishkek city team (sample)"}},
    {"sample-tunduk-teatr",
     "youth",
     "bishkek",
     {"«Түндүк театр» студиясы (үлгү)", "Студия «Тундук театр» (пример)", "Tunduk Theatre studio (sample)"}},
    {"sample-velo", "youth", "bishkek", {"«Дөңгөлөк» велоклубу (үлгү)", "Велоклуб «Дөңгөлөк» (пример)", "Dongolok cycling club (sample)"}},
    {"sample-osh-city-hall", "local_authority", "osh-city", {"Ош шаарынын штабы (үлгү)", "Городской штаб Оша (пример)", "Osh city team (sample)"}},
    {"sample-alma-terek",
     "civil_society",
     "osh-city",
     {"«Алма-Терек» бирикмеси (үлгү)", "Объединение «Алма-Терек» (пример)", "Alma-Terek association (sample)"}},
    {"sample-chuy-hall", "local_authority", "chuy", {"Чүй облустук штабы (үлгү)", "Чуйский областной штаб (пример)", "Chuy oblast team (sample)"}},
    {"sample-kirpich", "civil_society", "chuy", {"«Жылуу үй» фонду (үлгү)", "Фонд «Жылуу үй» (пример)", "Warm House foundation (sample)"}},
    {"sample-issyk-kul-hall",
     "local_authority",
     "issyk-kul",
     {"Ысык-Көл облустук штабы (үлгү)", "Иссык-Кульский областной штаб (пример)", "Issyk-Kul oblast team (sample)"}},
    {"sample-kok-jee",
     "youth",
     "issyk-kul",
     {"«Көк-Жээк» жаштар уюму (үлгү)", "Молодёжная организация «Көк-Жээк» (пример)", "Kok-Jeek youth organisation (sample)"}},
    {"sample-naryn-hall",
     "local_authority",
     "naryn",
     {"Нарын облустук штабы (үлгү)", "Нарынский областной штаб (пример)", "Naryn oblast team (sample)"}},
    {"sample-son-kol", "youth", "naryn", {"«Соң-Көл толкуну» тобу (үлгү)", "Группа «Сон-Куль толкуну» (пример)", "Son-Kul Wave group (sample)"}},
    {"sample-talas-hall",
     "local_authority",
     "talas",
     {"Талас облустук штабы (үлгү)", "Таласский областной штаб (пример)", "Talas oblast team (sample)"}},
    {"sample-urker",
     "civil_society",
     "talas",
     {"«Үркөр» аялдар бирикмеси (үлгү)", "Женское объединение «Уркер» (пример)", "Urker women's association (sample)"}},
    {"sample-jalal-abad-hall",
     "local_authority",
     "jalal-abad",
     {"Жалал-Абад облустук штабы (үлгү)", "Джалал-Абадский областной штаб (пример)", "Jalal-Abad oblast team (sample)"}},
    {"sample-arslanbob",
     "youth",
     "jalal-abad",
     {"«Жаңгак токой» жаштары (үлгү)", "Молодёжь «Жангак токой» (пример)", "Walnut Forest youth (sample)"}},
    {"sample-ak-kalpak",
     "civil_society",
     "jalal-abad",
     {"«Таза булак» фонду (үлгү)", "Фонд «Таза булак» (пример)", "Clear Spring foundation (sample)"}},
    {"sample-osh-hall", "local_authority", "osh", {"Ош облустук штабы (үлгү)", "Ошский областной штаб (пример)", "Osh oblast team (sample)"}},
    {"sample-pamir-jol",
     "civil_society",
     "osh",
     {"«Памир жолу» бирикмеси (үлгү)", "Объединение «Памир жолу» (пример)", "Pamir Road association (sample)"}},
    {"sample-sary-tash",
     "youth",
     "osh",
     {"«Сары гүл» жаштар тобу (үлгү)", "Молодёжная группа «Сары гүл» (пример)", "Yellow Flower youth group (sample)"}},
    {"sample-batken-hall",
     "local_authority",
     "batken",
     {"Баткен облустук штабы (үлгү)", "Баткенский областной штаб (пример)", "Batken oblast team (sample)"}},
    {"sample-aygul", "youth", "batken", {"«Айгүл тоо» жаштары (үлгү)", "Молодёжь «Айгүл тоо» (пример)", "Aigul Mountain youth (sample)"}},
    {"sample-orok", "civil_society", "batken", {"«Өрүк багы» фонду (үлгү)", "Фонд «Өрүк багы» (пример)", "Apricot Garden foundation (sample)"}},
});

constexpr auto all_venues = std::to_array<Words>({
    {"Орто мектептин жыйындар залы", "Актовый зал средней школы", "School assembly hall"},
    {"Айылдык клуб", "Сельский клуб", "Village club"},
    {"Райондук китепкана", "Районная библиотека", "District library"},
    {"Маданият үйү", "Дом культуры", "House of culture"},
    {"Борбордук аянт", "Центральная площадь", "Central square"},
    {"Айыл өкмөтүнүн имараты", "Здание айыл өкмөтү", "Local administration building"},
    {"Университеттин окуу залы", "Читальный зал университета", "University reading room"},
    {"Спорт комплекси", "Спортивный комплекс", "Sports centre"},
    {"Жаштар борбору", "Молодёжный центр", "Youth centre"},
    {"Базардын алдындагы аянтча", "Площадка перед рынком", "Square in front of the market"},
});

}  // namespace

std::span<Subject const> subjects() { return all_subjects; }
Subject const& launch_subject() {
  static constexpr Subject subject{"trafficking",
                                   {"Өнөктүк биздин аймакта башталат", "Кампания начинается в нашем регионе", "The campaign begins in our region"}};
  return subject;
}
Subject const& closing_subject() {
  static constexpr Subject subject{"trafficking", {"Жүз күндүн жыйынтыгы", "Итоги ста дней", "What a hundred days achieved"}};
  return subject;
}
std::span<Invented const> organisations() { return all_organisations; }
std::span<Words const> venues() { return all_venues; }

}  // namespace birge::sample
