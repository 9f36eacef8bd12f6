#include "features/exchange/import_columns.hpp"

#include <gtest/gtest.h>

namespace birge::exchange {
namespace {

using activity::Sex;

sheet::Row row(int number, std::vector<std::string> const& texts) {
  sheet::Row row;
  row.number = number;
  for (auto const& text : texts) {
    sheet::Cell cell;
    if (!text.empty()) cell.type = sheet::Cell::Type::text, cell.text = text;
    row.cells.push_back(std::move(cell));
  }
  return row;
}

TEST(ImportColumns, WhatIsNoHeaderStaysUnknown) {
  for (auto const* text : {"", "Погода", "Цвет флага", "14.09.2018", "Лекция о миграции", "2017-2018", "9-11 классы", "в т.ч. дети"})
    EXPECT_EQ(heading_of(text).column, Column::unknown) << text;
}

TEST(ImportColumns, HeadersAreKnownInThreeLanguages) {
  struct Case {
    char const* header;
    Column column;
  };
  constexpr Case cases[] = {{"Дата", Column::day},
                            {"ДАТА ПРОВЕДЕНИЯ", Column::day},
                            {"Дата проведения мероприятия", Column::day},
                            {"Датасы", Column::day},
                            {"Иш-чаранын күнү", Column::day},
                            {"Start date", Column::day},
                            {"Сроки проведения", Column::day},
                            {"Название мероприятия", Column::title},
                            {"Иш-чаранын аталышы", Column::title},
                            {"Activity title", Column::title},
                            {"Мероприятие", Column::title},
                            {"Область", Column::region},
                            {"облус", Column::region},
                            {"Region", Column::region},
                            {"Район/город", Column::district},
                            {"Организация", Column::lead},
                            {"Жооптуу уюм", Column::lead},
                            {"Lead organization", Column::lead},
                            {"Ответственные исполнители", Column::lead},
                            {"Партнёры", Column::partners},
                            {"Кол-во участников", Column::total},
                            {"Катышуучулардын саны", Column::total},
                            {"Всего", Column::total},
                            {"Ожидаемое количество участников", Column::expected},
                            {"Вид мероприятия", Column::kind},
                            {"Түрү", Column::kind},
                            {"Статус", Column::status},
                            {"Аудитория эфира", Column::broadcast},
                            {"Способ подсчёта", Column::method},
                            {"Тема 2", Column::topic},
                            {"№ п/п", Column::ignored},
                            {"Дата (ДД.ММ.ГГГГ)", Column::day},
                            {"ID", Column::id},
                            {"Новая дата", Column::moved_to},
                            {"Место проведения", Column::where},
                            {"Село", Column::village},
                            {"Максаттуу топ", Column::audience_group},
                            {"Время", Column::time},
                            {"Примечание", Column::narrative}};
  for (auto const& [header, column] : cases) EXPECT_EQ(static_cast<int>(heading_of(header).column), static_cast<int>(column)) << header;
  EXPECT_EQ(heading_of("Название (ru)").language, "ru");
  EXPECT_EQ(heading_of("Title en").language, "en");
}

TEST(ImportColumns, HeadsAreBySexAndAge) {
  auto const heads = [](char const* header) {
    auto const h = heading_of(header);
    if (h.column != Column::heads) return std::string("no");
    std::string text = h.sex == Sex::female ? "f" : h.sex == Sex::male ? "m" : "?";
    if (!h.any_age) text += " " + std::to_string(h.low_age.value_or(-1)) + ".." + (h.high_age ? std::to_string(*h.high_age) : "");
    return text;
  };
  for (auto const* header : {"Женщины", "Жен.", "Ж", "аялдар", "Women", "F", "Кол-во женщин", "в т.ч. женщин"})
    EXPECT_EQ(heads(header), "f") << header;
  for (auto const* header : {"Мужчины", "муж", "эркектер", "Men", "M"}) EXPECT_EQ(heads(header), "m") << header;
  for (auto const* header : {"Женщины и девочки", "Аялдар жана кыздар"}) EXPECT_EQ(heads(header), "f") << header;
  for (auto const* header : {"Мужчины и мальчики", "Эркектер жана эркек балдар"}) EXPECT_EQ(heads(header), "m") << header;
  EXPECT_EQ(heads("Женщины и дети"), "no");
  for (auto const* header : {"Девочки", "кыздар", "Girls"}) EXPECT_EQ(heads(header), "f 0..17") << header;
  for (auto const* header : {"Мальчики", "эркек балдар", "Boys"}) EXPECT_EQ(heads(header), "m 0..17") << header;
  EXPECT_EQ(heads("Дети"), "? 0..17");
  EXPECT_EQ(heads("Ж 18-28"), "f 18..28");
  EXPECT_EQ(heads("Женщины в возрасте 18–28 лет"), "f 18..28");
  EXPECT_EQ(heads("18-28"), "? 18..28");
  EXPECT_EQ(heads("жаштар 14-28"), "? 14..28");
  EXPECT_EQ(heads("М 60+"), "m 60..");
  EXPECT_EQ(heads("Мужчины старше 60"), "m 60..");
  EXPECT_EQ(heads("60 жаш жана андан жогору"), "? 60..");
  EXPECT_EQ(heads("до 18 лет"), "? 0..17");
  EXPECT_EQ(heads("18ге чейин"), "? 0..17");
  EXPECT_EQ(heads("28"), "no");
  EXPECT_EQ(heads("18 28"), "no");
}

TEST(ImportColumns, HashtagsAreRead) {
  auto const column = [](char const* tag) {
    auto const heading = heading_of_tag(tag);
    return heading ? static_cast<int>(heading->column) : -1;
  };
  EXPECT_EQ(column("activity"), -1);
  EXPECT_EQ(column("# activity!"), -1);
  EXPECT_EQ(column("#1"), -1);
  EXPECT_EQ(column("#activity"), static_cast<int>(Column::title));
  EXPECT_EQ(column("#activity+type"), static_cast<int>(Column::kind));
  EXPECT_EQ(column("#date"), static_cast<int>(Column::day));
  EXPECT_EQ(column("#adm1+code"), static_cast<int>(Column::region));
  EXPECT_EQ(column("#adm2 +name"), static_cast<int>(Column::district));
  EXPECT_EQ(column("#ORG"), static_cast<int>(Column::lead));
  EXPECT_EQ(column("#meta+id"), static_cast<int>(Column::id));
  EXPECT_EQ(column("#reached"), static_cast<int>(Column::total));
  EXPECT_EQ(column("#loc+type"), static_cast<int>(Column::reach));
  EXPECT_EQ(column("#targeted+ind+min"), static_cast<int>(Column::expected));
  EXPECT_EQ(column("#targeted+ind+f"), static_cast<int>(Column::unknown));
  for (auto const* tag : {"#date+original", "#date+end+original", "#adm1+original", "#adm2+code+original", "#loc+original+name"})
    EXPECT_EQ(column(tag), static_cast<int>(Column::unknown)) << tag << ": from where it was moved, not where it is";
  EXPECT_EQ(heading_of_tag("#reached+f+children")->high_age, 17);
  EXPECT_EQ(heading_of_tag("#reached+m+age_18_28")->low_age, 18);
  EXPECT_EQ(heading_of_tag("#reached+f")->sex, Sex::female);
}

TEST(ImportColumns, TwoColumnsOfARangeAreOneCount) {
  auto const layout = find_layout(
      {row(1, {"a", "b", "c", "d", "e", "f"}), row(2, {"#activity", "#date", "#reached+max", "#reached+min", "#reached+f+min", "#reached+m+max"})});
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->columns[2].heading.column, Column::upper_end);
  EXPECT_EQ(layout->columns[3].heading.column, Column::total);
  EXPECT_EQ(layout->columns[3].upper, 2u);
  EXPECT_FALSE(layout->columns[4].upper) << "the upper end of something else";
  EXPECT_EQ(layout->columns[5].heading.column, Column::heads);
}

TEST(ImportColumns, AnOriginalDayIsNotTheDayWhateverItsWordsAre) {
  auto const layout =
      find_layout({row(1, {"Название", "Дата (прежняя)", "Дата", "Область"}), row(2, {"#activity", "#date+original", "#date", "#adm1"})});
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->columns[1].heading.column, Column::unknown);
  EXPECT_EQ(layout->columns[2].heading.column, Column::day);
}

TEST(ImportColumns, NoHeaderIsFoundInProse) {
  EXPECT_FALSE(find_layout({row(1, {"Справка о ходе кампании"}), row(2, {"Дата", "14.09.2018"}), row(3, {"Иванов", "директор"})}));
  EXPECT_FALSE(find_layout({}));
}

TEST(ImportColumns, TheHeaderStandsBelowTitles) {
  auto const layout =
      find_layout({row(1, {"ПЛАН МЕРОПРИЯТИЙ"}), row(2, {"Утверждаю", "", "Дата: 1.08.2018"}),
                   row(4, {"№", "Название", "Дата", "Область", "Организация", "Погода"}), row(5, {"1", "Лекция", "14.09", "Ошская", "Организация"})});
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->header_row, 4);
  EXPECT_EQ(layout->columns[5].heading.column, Column::unknown);
  EXPECT_EQ(column_name(*layout, 2), "C Дата");
  EXPECT_EQ(column_letter(27), "AB");
}

TEST(ImportColumns, AHeaderMayHaveTwoRows) {
  auto const layout = find_layout({row(1, {"Название", "Дата", "Область", "Количество участников", "", ""}),
                                   row(2, {"", "", "", "муж", "жен", "всего"}), row(3, {"Лекция", "14.09", "Ошская", "1", "2", "3"})});
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->header_row, 2);
  EXPECT_EQ(layout->columns[3].heading.sex, Sex::male);
  EXPECT_EQ(layout->columns[5].heading.column, Column::total);
  EXPECT_EQ(layout->columns[1].heading.column, Column::day);
}

TEST(ImportColumns, TheSecondRowOfAHeaderIsReadWhateverStandsInTheFirst) {
  auto const two = [](std::vector<std::string> const& above, std::vector<std::string> const& below) {
    std::vector<std::string> first{"Название", "Вид", "Область", "Организация"}, second{"", "", "", ""};
    first.insert(first.end(), above.begin(), above.end());
    second.insert(second.end(), below.begin(), below.end());
    return find_layout({row(1, first), row(2, second), row(3, {"Концерт", "лекция", "Ошская", "UNICEF", "1", "2"})});
  };
  for (auto const& [group, men, women] : {std::tuple("Участники", "м", "ж"),
                                          {"Кол-во участников", "мужчин", "женщин"},
                                          {"Катышуучулар", "эркектер", "аялдар"},
                                          {"Participants", "men", "women"},
                                          {"Охвачено", "муж.", "жен."}}) {
    auto const layout = two({group, ""}, {men, women});
    ASSERT_TRUE(layout) << group;
    EXPECT_EQ(layout->header_row, 2) << group;
    EXPECT_EQ(layout->columns[4].heading.column, Column::heads) << group;
    EXPECT_EQ(layout->columns[4].heading.sex, Sex::male) << group;
    EXPECT_EQ(layout->columns[5].heading.sex, Sex::female) << group;
  }
  for (auto const& [group, first, last] :
       {std::tuple("Дата проведения", "начало", "окончание"), {"Күнү", "башталышы", "аякталышы"}, {"Date", "start", "end"}}) {
    auto const layout = two({group, ""}, {first, last});
    ASSERT_TRUE(layout) << group;
    EXPECT_EQ(layout->header_row, 2) << group;
    EXPECT_EQ(layout->columns[4].heading.column, Column::day) << group;
    EXPECT_EQ(layout->columns[5].heading.column, Column::end_day) << group;
  }
  auto const times = two({"Время", ""}, {"начало", "окончание"});
  ASSERT_TRUE(times);
  EXPECT_EQ(times->columns[4].heading.column, Column::start_time);
}

/// What a column is read as: "m 0..17", "total", "expected", "day", "-" for unknown.
std::string read_as(SheetColumn const& column) {
  auto const& heading = column.heading;
  switch (heading.column) {
    case Column::unknown: return "-";
    case Column::total: return "total";
    case Column::expected: return "expected";
    case Column::broadcast: return "broadcast";
    case Column::upper_end: return "upper";
    case Column::day: return "day";
    case Column::end_day: return "end";
    case Column::start_time: return "start";
    case Column::heads: break;
    default: return "other";
  }
  std::string text = heading.sex == Sex::female ? "f" : heading.sex == Sex::male ? "m" : "?";
  if (!heading.any_age)
    text += " " + std::to_string(heading.low_age.value_or(-1)) + ".." + (heading.high_age ? std::to_string(*heading.high_age) : "");
  return text;
}

/// Columns behind four of a plan, under a header of these lines.
std::vector<std::string> read_under(std::vector<std::vector<std::string>> const& lines) {
  std::vector<sheet::Row> rows;
  for (auto const& line : lines) {
    std::vector<std::string> cells =
        rows.empty() ? std::vector<std::string>{"Название", "Дата", "Область", "Организация"} : std::vector<std::string>(4);
    cells.insert(cells.end(), line.begin(), line.end());
    rows.push_back(row(static_cast<int>(rows.size()) + 1, cells));
  }
  rows.push_back(row(static_cast<int>(rows.size()) + 1, {"Концерт", "14.09.2018", "Ошская", "UNICEF", "1", "2", "3", "4", "5", "6"}));
  auto const layout = find_layout(rows);
  std::vector<std::string> read;
  if (!layout) return read;
  EXPECT_EQ(layout->header_row, static_cast<int>(lines.size()));
  for (std::size_t i = 4; i < layout->columns.size(); ++i) {
    read.push_back(read_as(layout->columns[i]));
    auto const again = find_layout({row(1, {"Название", "Дата", "Область", "Организация", layout->columns[i].header})});
    bool const alone = read.back() != "upper" && read.back() != "-" && !layout->columns[i].upper;
    if (alone) { EXPECT_EQ(read_as(again->columns[4]), read.back()) << layout->columns[i].header << ": as the file of refused rows calls it"; }
  }
  return read;
}

using Read = std::vector<std::string>;

TEST(ImportColumns, APartOfThoseWhoCameIsNeverTakenForAll) {
  EXPECT_EQ(read_under({{"Участники", ""}, {"студенты", "школьники"}}), (Read{"-", "-"}));
  EXPECT_EQ(read_under({{"Участники", "", ""}, {"м", "ж", "с инвалидностью"}}), (Read{"m", "f", "-"}));
  EXPECT_EQ(read_under({{"Мужчины", "", "", "Женщины", "", ""}, {"до 18", "18+", "всего", "до 18", "18+", "всего"}}),
            (Read{"m 0..17", "m 18..", "m", "f 0..17", "f 18..", "f"}));
  EXPECT_EQ(read_under({{"Мужчины", "", "Женщины", "", ""}, {"до 18", "18+", "до 18", "18+", "всего"}}),
            (Read{"m 0..17", "m 18..", "f 0..17", "f 18..", "total"}));
  EXPECT_EQ(read_under({{"Участники", "", "", ""}, {"взрослые", "", "дети", ""}, {"м", "ж", "м", "ж"}}),
            (Read{"m 18..", "f 18..", "m 0..17", "f 0..17"}));
}

TEST(ImportColumns, WhoWasExpectedUnderAPlanDidNotCome) {
  EXPECT_EQ(read_under({{"План", "", "", "Факт", "", ""}, {"м", "ж", "всего", "м", "ж", "всего"}}), (Read{"-", "-", "expected", "m", "f", "total"}));
  EXPECT_EQ(read_under({{"Количество участников", ""}, {"план", "факт"}}), (Read{"expected", "total"}));
  EXPECT_EQ(read_under({{"Охват эфира", ""}, {"м", "ж"}}), (Read{"-", "-"}));
}

TEST(ImportColumns, TheSameHeadsUnderTwoHeadingsAreNotAddedUp) {
  EXPECT_EQ(read_under({{"Волонтёры", "", "Участники", ""}, {"м", "ж", "м", "ж"}}), (Read{"-", "-", "m", "f"}));
  EXPECT_EQ(read_under({{"Волонтёры", "", "Участники", ""}, {"всего", "м", "всего", "ж"}}), (Read{"-", "m", "total", "f"}));
}

TEST(ImportColumns, EndsOfDaysAndOfRangesStandUnderWhatTheyAreEndsOf) {
  EXPECT_EQ(read_under({{"Участники", ""}, {"от", "до"}}), (Read{"total", "upper"}));
  EXPECT_EQ(find_layout({row(1, {"Название", "Сроки", "", "Область", "Организация"}), row(2, {"", "с", "по"})})->columns[2].heading.column,
            Column::end_day);
}

TEST(ImportColumns, ACellMergedOverTheLinesOfAHeaderIsReadOnce) {
  auto second = row(2, {"№", "Название", "Дата", "Область", "м", "ж"});
  for (std::size_t i = 0; i < 4; ++i) second.cells[i].merged_from = 1;
  auto const layout =
      find_layout({row(1, {"№", "Название", "Дата", "Область", "Участники", ""}), second, row(3, {"1", "Концерт", "14.09.2018", "Ош", "1", "2"})});
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->header_row, 2);
  EXPECT_EQ(layout->columns[1].heading.column, Column::title);
  EXPECT_EQ(layout->columns[4].heading.sex, Sex::male);
}

TEST(ImportColumns, ATitleInSeveralLanguagesStandsUnderOneHeader) {
  auto const layout = find_layout({row(1, {"Название", "", "Дата", "Область"}), row(2, {"на русском", "на кыргызском"})});
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->columns[0].heading.language, "ru");
  EXPECT_EQ(layout->columns[1].heading.language, "ky");
}

TEST(ImportColumns, ARowOfDataIsNoSecondHeader) {
  auto const layout = find_layout({row(1, {"Название", "Дата", "Область", "Участники"}), row(2, {"Концерт", "14.09.2018", "Ошская", "40"})});
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->header_row, 1);
  EXPECT_EQ(layout->columns[3].heading.column, Column::total);
}

TEST(ImportColumns, TheEndsOfARangeAreKnownByTheirWords) {
  auto const layout =
      find_layout({row(1, {"Title", "First day", "Last day", "Region", "Attendances from", "Attendances to", "Women from", "Women to"})});
  ASSERT_TRUE(layout);
  EXPECT_EQ(layout->columns[2].heading.column, Column::end_day);
  EXPECT_EQ(layout->columns[4].heading.column, Column::total);
  EXPECT_EQ(layout->columns[4].upper, 5U);
  EXPECT_EQ(layout->columns[6].heading.sex, Sex::female);
  EXPECT_EQ(layout->columns[7].heading.column, Column::upper_end);
}

TEST(ImportColumns, HashtagsNeedNoReadableHeaders) {
  auto const layout = find_layout(
      {row(1, {"a", "b", "c", "d"}), row(2, {"#activity", "#date", "#adm1+code", "#org"}), row(3, {"Лекция", "14.09.2018", "KG03", "X"})});
  ASSERT_TRUE(layout);
  EXPECT_TRUE(layout->tagged);
  EXPECT_EQ(layout->header_row, 2);
  EXPECT_TRUE(layout->has(Column::lead));
}

TEST(ImportColumns, OfTwoPlacesOfTheEventTheSecondIsTheVenue) {
  for (auto const* regions : {"Область", "Погода"}) {
    auto const layout = find_layout({row(1, {"Название", "Дата", regions, "Место", "Место проведения"})});
    EXPECT_EQ(layout->columns[3].heading.column, Column::place) << regions;
    EXPECT_EQ(layout->columns[4].heading.column, Column::venue) << regions;
  }
  EXPECT_EQ(find_layout({row(1, {"Название", "Дата", "Область", "Адрес"})})->columns[3].heading.column, Column::venue);
}

TEST(ImportColumns, WhereACodeIsMissingTheNameTells) {
  auto const tagged = find_layout({row(1, {"a", "b", "c", "d"}), row(2, {"#activity", "#date", "#adm2+name", "#adm2+code"})});
  EXPECT_EQ(tagged->columns[3].heading.column, Column::district);
  EXPECT_EQ(tagged->columns[3].named, 2U);
  auto const worded = find_layout({row(1, {"Название", "Дата", "Код района", "Район"})});
  EXPECT_EQ(worded->columns[2].named, 3U);
}

TEST(ImportColumns, APlaceOfTheEventIsItsVenueWhereThereIsARegion) {
  EXPECT_TRUE(find_layout({row(1, {"Название", "Дата", "Область", "Место проведения"})})->has(Column::venue));
  EXPECT_TRUE(find_layout({row(1, {"Название", "Дата", "Место проведения"})})->has(Column::place));
}

}  // namespace
}  // namespace birge::exchange
