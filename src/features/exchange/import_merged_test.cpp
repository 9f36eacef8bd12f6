// Tables with cells merged over lines of their header or over rows of their data, and what stands in several columns of people.

#include <gmock/gmock.h>

#include <algorithm>

#include "features/exchange/import_columns.hpp"
#include "features/exchange/import_testing.hpp"
#include "platform/sheet/testing.hpp"

namespace birge::exchange {
namespace {

using activity::Count;
using activity::Sex;
using Codes = std::vector<std::string>;
using Severity = Finding::Severity;

class ImportMerged : public ImportTest {
protected:
  /// A workbook with one table; of merged cells only the first holds something.
  static std::string book(std::vector<std::vector<std::string>> const& rows, std::vector<std::string> const& merged) {
    sheet::testing::Workbook book;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto const number = std::to_string(i + 1);
      book.rows += "<row r=\"" + number + "\">";
      for (std::size_t column = 0; column < rows[i].size(); ++column)
        if (!rows[i][column].empty())
          book.rows += "<c r=\"" + column_letter(column) + number + "\" t=\"inlineStr\"><is><t>" + rows[i][column] + "</t></is></c>";
      book.rows += "</row>";
    }
    for (auto const& cells : merged) book.merged += "<mergeCell ref=\"" + cells + "\"/>";
    return book.bytes();
  }
  Count of(activity::Activity const& activity, Sex sex) {
    Count sum;
    if (activity.result)
      for (auto const& cell : activity.result->cells)
        if (cell.sex == sex) sum += cell.count;
    return sum;
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, ImportMerged, db::both_engines(), db::engine_name);

TEST_P(ImportMerged, AHeaderOfTwoLinesIsReadAsAWorkbookAndAsACsv) {
  for (auto const& [group, men, women] : {std::tuple("Участники", "м", "ж"), {"Кол-во участников", "мужчин", "женщин"}}) {
    std::vector<std::vector<std::string>> const rows{
        {"№", "Название", "Вид", "Дата проведения", "", "Область", "Организация", "Статус", group, ""},
        {"", "", "", "начало", "окончание", "", "", "", men, women},
        {"1", std::string("Лекция ") + men, "лекция", "14.09.2018", "15.09.2018", "г. Ош", "UNICEF", "проведено", "20", "30"}};
    std::vector<std::string> lines;
    for (auto const& row : rows) {
      lines.emplace_back();
      for (auto const& cell : row) lines.back() += cell + ";";
    }
    auto const table = csv(lines);
    auto const workbook = book(rows, {"A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2", "G1:G2", "H1:H2", "I1:J1"});
    EXPECT_EQ(data_.import(table).added, 1) << group;
    auto const again = data_.import(workbook);
    EXPECT_EQ(again.unchanged, 1) << describe(again, Say::in(Language::en));
  }
  for (auto const& activity : data_.stored()) {
    ASSERT_TRUE(activity.result);
    EXPECT_EQ(activity.end_day.iso(), "2018-09-15");
    EXPECT_EQ(activity.result->attendance, (Count{50, 50}));
    EXPECT_EQ(of(activity, Sex::male), (Count{20, 20}));
    EXPECT_EQ(of(activity, Sex::female), (Count{30, 30}));
  }
}

TEST_P(ImportMerged, WhatIsMergedOverRowsIsTakenForEachOfThemAndSaid) {
  auto const outcome = data_.import(book({{"Название", "Вид", "Дата", "Область", "Организация"},
                                          {"Лекция 1", "лекция", "14.09.2018", "г. Ош", "UNICEF"},
                                          {"Лекция 2", "лекция", "", "г. Ош", ""},
                                          {"Лекция 3", "лекция", "16.09.2018", "г. Ош", ""}},
                                         {"C2:C3", "E2:E4"}));
  EXPECT_EQ(outcome.added, 3) << describe(outcome, Say::in(Language::en));
  EXPECT_EQ(codes(outcome, Severity::note), Codes{"merged_cells"});
  auto const stored = data_.stored();
  ASSERT_EQ(stored.size(), 3u);
  EXPECT_EQ(std::ranges::count(stored, *Day::parse("2018-09-14"), &activity::Activity::day), 2);
  for (auto const& activity : stored) EXPECT_EQ(activity.lead, stored.front().lead);
}

TEST_P(ImportMerged, OneNumberForSeveralRowsIsAskedAboutInAll) {
  data_.options().partial = true;
  auto const outcome = data_.import(book({{"Название", "Вид", "Дата", "Область", "Организация", "Статус", "Участники"},
                                          {"Лекция 1", "лекция", "14.09.2018", "г. Ош", "UNICEF", "проведено", "60"},
                                          {"Лекция 2", "лекция", "15.09.2018", "г. Ош", "UNICEF", "проведено", ""},
                                          {"Лекция 3", "лекция", "16.09.2018", "г. Ош", "UNICEF", "проведено", ""},
                                          {"Лекция 4", "лекция", "17.09.2018", "г. Ош", "UNICEF", "проведено", "10"}},
                                         {"G2:G4"}));
  EXPECT_EQ(outcome.added, 1);
  EXPECT_EQ(outcome.blocked, 3);
  EXPECT_TRUE(nothing_lost(outcome));
  auto told = codes(outcome);
  EXPECT_EQ(std::ranges::count(told, "shared_count@G"), 2);
  EXPECT_EQ(std::ranges::count(told, "shared_count"), 1);
  ASSERT_EQ(data_.stored().size(), 1u);
  EXPECT_EQ(data_.stored().front().result->attendance, (Count{10, 10}));
}

TEST_P(ImportMerged, ASheetWhoseRowsStandOnAnotherOneIsNotReadTwice) {
  auto const workbook = [](std::string const& title) {
    sheet::BookWriter writer;
    std::vector<sheet::BookWriter::Column> columns;
    for (auto const* header : {"Код", "Название", "Вид", "Дата", "Область", "Организация"}) columns.push_back({header, 12, {}, {}});
    for (auto const* name : {"Все", "Без отчёта"}) {
      writer.sheet(name, columns);
      for (auto const* id : {"A-1", "A-2"}) {
        if (std::string_view(name) != "Все" && std::string_view(id) == "A-1") continue;
        auto const own = std::string_view(name) == "Все" ? std::string("Лекция ") + id : title + id;
        for (auto const& cell : {std::string(id), own, std::string("лекция"), std::string("14.09.2018"), std::string("г. Ош"), std::string("UNICEF")})
          writer.text(cell);
        writer.end_row();
      }
    }
    return std::move(writer).take();
  };
  auto const outcome = data_.import(workbook("Лекция "));
  EXPECT_EQ(outcome.added, 2) << describe(outcome, Say::in(Language::en));
  EXPECT_EQ(codes(outcome, Severity::note), Codes{"sheet_skipped"});
  EXPECT_EQ(codes(data_.import(workbook("Другая лекция "))), Codes{"repeated_id@A"}) << "what says something else is not passed over";
}

TEST_P(ImportMerged, InSeveralPlacesWithoutTheirNamesIsRefusedAndWithThemUnderstood) {
  auto const file = [](std::string const& places) {
    return csv({"Название;Вид;Дата;Область;Места;Организация", "Лекция;лекция;14.09.2018;В нескольких местах;" + places + ";UNICEF"});
  };
  EXPECT_EQ(codes(data_.import(file(""))), Codes{"places_missing@D"});
  ASSERT_EQ(data_.import(file("\"г. Ош; Таласская область\"")).added, 1);
  EXPECT_EQ(data_.stored().front().reach, activity::Reach::several);
  EXPECT_EQ(data_.stored().front().places.size(), 2u);
}

TEST_P(ImportMerged, ADistrictWithoutACodeIsReadByItsName) {
  auto const outcome =
      data_.import(csv({"a;b;c;d;e;f;g;h", "#activity;#activity+type;#date;#adm1+code;#adm1+name;#adm2+code;#adm2+name;#org",
                        "Лекция;лекция;14.09.2018;KG11;г. Бишкек;;Октябрьский район;UNICEF", "Лекция 2;лекция;14.09.2018;;Ошская область;;;UNICEF"}));
  EXPECT_EQ(outcome.added, 2) << describe(outcome, Say::in(Language::en));
  std::vector<place::Level> levels;
  for (auto const& activity : data_.stored()) levels.push_back(data_.facts()->places->find(*activity.place)->level);
  EXPECT_THAT(levels, ::testing::UnorderedElementsAre(place::Level::district, place::Level::region));
}

}  // namespace
}  // namespace birge::exchange
