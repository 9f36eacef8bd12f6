// What an import says about cells, each kind of finding once, and what it must not lose without a word.

#include <algorithm>
#include <set>
#include <tuple>

#include "features/coalition/coalition.hpp"
#include "features/exchange/import_testing.hpp"
#include "platform/sheet/testing.hpp"

namespace birge::exchange {
namespace {

using Codes = std::vector<std::string>;
using Severity = Finding::Severity;
using Cells = std::map<std::string, std::string>;

/// Column names with what a good row has in them.
std::vector<std::pair<std::string, std::string>> const columns{{"ID", ""},
                                                               {"Название", "Лекция о миграции"},
                                                               {"Вид", "лекция"},
                                                               {"Дата", "14.09.2018"},
                                                               {"Дата окончания", ""},
                                                               {"Время", ""},
                                                               {"Область", "Ошская обл."},
                                                               {"Район", ""},
                                                               {"Село", ""},
                                                               {"Организация", "Государственная служба миграции"},
                                                               {"Статус", ""},
                                                               {"Публичность", ""},
                                                               {"Вход", ""},
                                                               {"Язык", ""},
                                                               {"Целевая группа", ""},
                                                               {"Тема", ""},
                                                               {"Стоимость", ""},
                                                               {"Контакты", ""},
                                                               {"Ожидаемое количество участников", ""},
                                                               {"Мужчины 18-28", ""},
                                                               {"Женщины 14-17", ""},
                                                               {"Женщины 60+", ""},
                                                               {"Всего", ""},
                                                               {"Способ подсчёта", ""}};

/// A table of one row that is good but for these cells.
std::string table(Cells const& cells) {
  std::string header, row;
  for (auto const& [name, usual] : columns) {
    auto const given = cells.find(name);
    header += name + ";";
    row += (given == cells.end() ? usual : given->second) + ";";
  }
  return csv({header, row});
}

/// "code, column's header" of the findings of one severity.
Codes said(Outcome const& outcome, Severity severity) {
  Codes list;
  for (auto const& finding : outcome.findings)
    if (finding.severity == severity)
      list.push_back(finding.code + ", " + (finding.column.empty() ? "" : finding.column.substr(finding.column.find(' ') + 1)));
  return list;
}

class ImportFindings : public ImportTest {};
INSTANTIATE_TEST_SUITE_P(BothEngines, ImportFindings, db::both_engines(), db::engine_name);

TEST_P(ImportFindings, EachErrorIsToldBesideItsColumn) {
  struct Case {
    Cells cells;
    std::string said;
  };
  for (auto const& [cells, expected] : std::vector<Case>{
           {{{"Дата", ""}}, "date_missing, Дата"},
           {{{"Дата", "15.05"}}, "year_missing, Дата"},
           {{{"Дата", "2018"}}, "day_missing, Дата"},
           {{{"Дата", "скоро"}}, "unreadable_date, Дата"},
           {{{"Дата окончания", "13.09.2018"}}, "end_before_start, Дата окончания"},
           {{{"Время", "10-12"}}, "ambiguous_time, Время"},
           {{{"Время", "после обеда"}}, "unreadable_time, Время"},
           {{{"Вид", ""}}, "kind_missing, Вид"},
           {{{"Организация", ""}}, "organisation_missing, Организация"},
           {{{"Публичность", "может быть"}}, "unknown_visibility, Публичность"},
           {{{"Всего", "12,5"}}, "fraction_count, Всего"},
           {{{"Всего", "200-150"}}, "backwards_count, Всего"},
           {{{"Всего", "1.000"}}, "ambiguous_count, Всего"},
           {{{"Всего", "50+"}}, "open_count, Всего"},
           {{{"Всего", "до 50"}}, "count_without_lower_end, Всего"},
       }) {
    auto const outcome = data_.import(table(cells));
    EXPECT_EQ(said(outcome, Severity::error), Codes{expected});
    EXPECT_EQ(outcome.blocked, 1) << expected;
  }
  EXPECT_TRUE(data_.stored().empty());
}

TEST_P(ImportFindings, EachWarningIsToldBesideItsColumnAndStaysWithTheActivity) {
  struct Case {
    Cells cells;
    std::string said;
  };
  for (auto const& [cells, expected] : std::vector<Case>{
           {{{"Дата", "сентябрь 2018"}, {"Название", "А"}}, "only_month, Дата"},
           {{{"Дата", "01.03.2018"}, {"Название", "Б"}}, "outside_edition, Дата"},
           {{{"Тема", "квантовая физика"}, {"Название", "В"}}, "not_understood, Тема"},
           {{{"Язык", "клингонский"}, {"Название", "Г"}}, "not_understood, Язык"},
           {{{"Вход", "как получится"}, {"Название", "Д"}}, "not_understood, Вход"},
           {{{"Всего", "20"}, {"Способ подсчёта", "по звёздам"}, {"Название", "Е"}}, "not_understood, Способ подсчёта"},
       }) {
    auto const before = data_.stored().size();
    EXPECT_EQ(said(data_.import(table(cells)), Severity::warning), Codes{expected});
    auto const stored = data_.stored();
    ASSERT_EQ(stored.size(), before + 1) << expected;
    auto const made = std::ranges::find_if(
        stored, [&](activity::Activity const& activity) { return activity.texts.begin()->second.title == cells.at("Название"); });
    ASSERT_EQ(made->warnings.size(), 1u);
    EXPECT_EQ(made->warnings.front().code, expected.substr(0, expected.find(',')));
  }
}

TEST_P(ImportFindings, ANumberOfTwoReadingsComesWithBoth) {
  auto const outcome = data_.import(table({{"Всего", "1.000"}}));
  ASSERT_EQ(outcome.findings.size(), 1u);
  EXPECT_EQ(outcome.findings.front().choices, (Codes{"1000", "1"}));
}

TEST_P(ImportFindings, ARowThatFitsTwoStoredActivitiesIsAskedAbout) {
  for (auto const* id : {"A-1", "A-2"}) ASSERT_EQ(data_.import(table({{"ID", id}})).added, 1);
  EXPECT_EQ(said(data_.import(table({})), Severity::error), Codes{"several_matches, Название"});
}

TEST_P(ImportFindings, ANameThatTwoOrganisationsHaveIsAskedAbout) {
  data_.database().write([&](db::Tx& tx) {
    for (int i = 0; i < 2; ++i) {
      coalition::Organisation organisation;
      organisation.kind = "other";
      organisation.original = "ru";
      organisation.names["ru"] = "Клуб двойников";
      coalition::add(tx, data_.ids(), organisation, {}, data_.clock().now());
    }
    campaign::touch_facts(tx);
  });
  EXPECT_EQ(said(data_.import(table({{"Организация", "Клуб двойников"}})), Severity::error), Codes{"ambiguous_organisation, Организация"});
}

TEST_P(ImportFindings, WhatPeopleNeedToComeIsStored) {
  auto const facts = data_.facts();
  auto const& audience = facts->codes.list("audience").front();
  auto const outcome = data_.import(table({{"Язык", "кыргызча, орусча"},
                                           {"Целевая группа", audience.name(Language::ru)},
                                           {"Стоимость", "бесплатно"},
                                           {"Контакты", "0555 12 34 56"},
                                           {"Вход", "по приглашению"}}));
  EXPECT_TRUE(outcome.findings.empty()) << describe(outcome, Say::in(Language::en));
  auto const stored = data_.stored();
  ASSERT_EQ(stored.size(), 1u);
  EXPECT_EQ(stored.front().languages, "ky ru");
  EXPECT_EQ(stored.front().audiences, Codes{audience.code});
  EXPECT_EQ(stored.front().cost, "бесплатно");
  EXPECT_EQ(stored.front().contact, "0555 12 34 56");
  EXPECT_EQ(stored.front().entry, "invitation");
}

TEST_P(ImportFindings, ColumnsOfAgesBecomeBands) {
  ASSERT_TRUE(data_.import(table({{"Мужчины 18-28", "20"}, {"Женщины 14-17", "12"}, {"Женщины 60+", "3"}, {"Всего", "35"}})).findings.empty());
  auto const stored = data_.stored();
  ASSERT_EQ(stored.size(), 1u);
  ASSERT_TRUE(stored.front().result);
  std::map<std::string, std::int64_t> counts;
  for (auto const& cell : stored.front().result->cells) counts[std::string(activity::code(cell.sex)) + " " + cell.band] = cell.count.low;
  EXPECT_EQ(counts, (std::map<std::string, std::int64_t>{{"male 18_28", 20}, {"female 14_17", 12}, {"female 60_over", 3}}));
}

TEST_P(ImportFindings, ANumberWithAboutIsAnEstimateWhateverTheMethodSays) {
  auto const outcome = data_.import(table({{"Всего", "около 150"}, {"Способ подсчёта", "лист регистрации"}}));
  EXPECT_EQ(said(outcome, Severity::warning), Codes{"about_is_estimate, Способ подсчёта"});
  EXPECT_EQ(data_.stored().front().result->method, "estimate");
  ASSERT_TRUE(
      data_
          .import(table(
              {{"Название", "Тренинг"}, {"Ожидаемое количество участников", "около 100"}, {"Всего", "92"}, {"Способ подсчёта", "лист регистрации"}}))
          .findings.empty());
  for (auto const& activity : data_.stored())
    EXPECT_EQ(activity.result->method, activity.expected ? "sign_in_sheet" : "estimate") << "what was expected is another number";
}

TEST_P(ImportFindings, WhoLeadsAnActivityIsWhoCountedAtIt) {
  data_.options().create_organisations = true;
  ASSERT_EQ(data_.import(table({{"Всего", "20"}})).added, 1);
  ASSERT_EQ(data_.import(table({{"Всего", "20"}, {"Название", "Тренинг"}, {"Организация", "Клуб «Кто считал»"}})).added, 1);
  auto const stored = data_.stored();
  ASSERT_EQ(stored.size(), 2u);
  for (auto const& activity : stored) EXPECT_EQ(activity.result->counted_by, activity.lead);
}

TEST_P(ImportFindings, AVillageThatOnlyItsNameTellsIsSaidWithItsPlace) {
  Cells const place{{"Область", "Джалал-Абадская обл."}, {"Село", "Масы"}};
  auto const outcome = data_.import(table(place));
  ASSERT_EQ(said(outcome, Severity::warning), Codes{"village_of_one_name, Село"});
  EXPECT_EQ(outcome.added, 1);
  auto const text = Say::in(Language::ru)(outcome.findings.front().expected);
  EXPECT_NE(text.find("Ноокен"), std::string::npos) << text;
  auto with_district = place;
  with_district["Район"] = "Ноокенский район";
  EXPECT_TRUE(data_.import(table(with_district)).findings.empty());
}

TEST_P(ImportFindings, ACityInTheColumnOfVillagesIsNoQuestion) {
  data_.options().dry_run = true;
  for (auto const* city : {"Бишкек", "г. Ош", "Токмок"}) {
    auto const outcome = data_.import(table({{"Область", ""}, {"Село", city}}));
    EXPECT_EQ(outcome.added, 1) << city;
    EXPECT_TRUE(outcome.findings.empty()) << describe(outcome, Say::in(Language::en));
  }
}

TEST_P(ImportFindings, ACityInTheColumnOfVillagesThatLiesInNoSuchDistrictIsAskedAbout) {
  for (auto const& [region, district, village] : {std::tuple{"Баткенская область", "Лейлекский район", "г. Сулюкта"},
                                                  {"Ошская область", "Кара-Суйский район", "г. Ош"},
                                                  {"Чуйская область", "Сокулукский район", "г. Бишкек"}}) {
    Cells cells{{"Область", region}, {"Район", district}, {"Село", village}};
    auto const refused = data_.import(table(cells));
    ASSERT_EQ(said(refused, Severity::error), (Codes{"place_elsewhere, Село", "place_elsewhere, Район"})) << village;
    auto const& choices = refused.findings.back().choices;
    ASSERT_EQ(choices.size(), 1u) << village;
    cells["Район"] = choices.front();
    data_.options().dry_run = true;
    auto const corrected = data_.import(table(cells));
    data_.options().dry_run = false;
    EXPECT_TRUE(corrected.findings.empty()) << describe(corrected, Say::in(Language::en));
  }
  EXPECT_EQ(said(data_.import(table({{"Область", "Таласская область"}, {"Село", "г. Ош"}})), Severity::error),
            (Codes{"place_elsewhere, Село", "place_elsewhere, Область"}));
  EXPECT_TRUE(data_.stored().empty());
}

TEST_P(ImportFindings, AVillageMayHaveTheNameOfAPlaceElsewhere) {
  data_.options().dry_run = true;
  for (auto const* village : {"Масы", "Ак-Суу", "с. Сулюкта"}) {
    auto const outcome = data_.import(table({{"Область", "Иссык-Кульская область"}, {"Район", "Тюпский район"}, {"Село", village}}));
    EXPECT_EQ(outcome.added, 1) << village << describe(outcome, Say::in(Language::en));
  }
}

TEST_P(ImportFindings, NamesInAListAreReadAsTheirColumnSays) {
  struct Case {
    std::string title, region, district;
    std::set<std::string> places;
  };
  for (auto const& [title, region, district, expected] : std::vector<Case>{
           {"Форум", "Чуй, Талас", "", {"chuy", "talas"}},
           {"Концерт", "\"Нарын; Талас; Баткен\"", "", {"naryn", "talas", "batken"}},
           {"Выставка", "Нарын и Талас", "", {"naryn", "talas"}},
           {"Круглый стол", "Нарынская область", "Ат-Башинский и Кочкорский районы", {"at-bashy", "kochkor"}},
           {"Велопробег", "Нарын и Талас", "Ат-Башинский", {"at-bashy", "talas"}},
       }) {
    auto const outcome = data_.import(table({{"Название", title}, {"Область", region}, {"Район", district}}));
    ASSERT_TRUE(outcome.stored) << title << ": " << describe(outcome, Say::in(Language::en));
    auto const facts = data_.facts();
    std::set<std::string> found;
    for (auto const& activity : data_.stored())
      if (activity.texts.begin()->second.title == title)
        for (auto const id : activity.places) found.insert(facts->places->find(id)->code);
    EXPECT_EQ(found, expected) << title;
  }
}

TEST_P(ImportFindings, TwoOrganisationsJoinedByAWordAreNeverCreatedAsOne) {
  data_.options().create_organisations = true;
  auto const refused = data_.import(table({{"Организация", "UNICEF и Рога"}}));
  ASSERT_EQ(said(refused, Severity::error), Codes{"unknown_organisation, Организация"});
  EXPECT_TRUE(refused.new_organisations.empty());
  auto const how = Say::in(Language::en)(refused.findings.front().suggestion);
  EXPECT_NE(how.find("UNICEF; Рога"), std::string::npos) << how;
  EXPECT_EQ(data_.import(table({{"Организация", "«UNICEF и Рога»"}})).new_organisations.size(), 1u);
  ASSERT_EQ(data_.import(table({{"Название", "Круглый стол"}, {"Организация", "UNICEF и Государственная служба миграции"}})).added, 1);
  for (auto const& activity : data_.stored()) EXPECT_EQ(activity.co_hosts.size(), activity.texts.begin()->second.title == "Круглый стол" ? 1u : 0u);
}

TEST_P(ImportFindings, WhereTheNewDateBelongsIsSaidAsTheFileCallsIt) {
  auto const outcome =
      data_.import(csv({"Название;Вид;Дата;Область;Организация;Статус;Новая дата", "Лекция;лекция;14.09.2018;г. Ош;UNICEF;перенесено;"}));
  ASSERT_EQ(codes(outcome), Codes{"moved_without_day@G"});
  auto const how = Say::in(Language::ru)(outcome.findings.front().suggestion);
  EXPECT_NE(how.find("Новая дата"), std::string::npos) << how;
}

TEST_P(ImportFindings, ARowOfTotalsNeedsNoClearNumber) {
  for (auto const* sum : {"1.000", "62,5"}) {
    auto const outcome =
        data_.import(csv({"Название;Вид;Дата;Область;Организация;Всего", "Лекция;лекция;14.09.2018;г. Ош;UNICEF;20", std::string(";;;;;") + sum}));
    EXPECT_EQ(codes(outcome, Severity::note), Codes{"totals_row"}) << sum;
    EXPECT_EQ(outcome.blocked, 0) << sum;
  }
}

TEST_P(ImportFindings, AMeetingOfAllWithoutADateIsNoRowOfTotals) {
  for (auto const* total : {"", "50"})
    EXPECT_EQ(said(data_.import(table({{"Название", "Жалпы чогулуш"}, {"Дата", ""}, {"Всего", total}})), Severity::error),
              Codes{"date_missing, Дата"});
  EXPECT_EQ(said(data_.import(table({{"Название", "Жалпы чогулуш"}, {"Вид", ""}, {"Дата", ""}})), Severity::error),
            (Codes{"date_missing, Дата", "kind_missing, Вид"}));
  auto const totals = data_.import(table({{"Название", "Итого по лекциям"}, {"Вид", "лекция"}, {"Дата", ""}, {"Организация", ""}, {"Всего", "50"}}));
  EXPECT_EQ(totals.skipped, 1);
  EXPECT_EQ(totals.blocked, 0);
}

TEST_P(ImportFindings, AColumnWithoutAHeaderIsNotLostWithoutAWord) {
  std::string const header = ";Название;Вид;Дата;Область;;Организация";
  auto const outcome =
      data_.import(csv({header, "1;Лекция;лекция;14.09.2018;г. Ош;важно;UNICEF;;120", "2;Тренинг;тренинг;15.09.2018;г. Ош;;UNICEF;;"}));
  EXPECT_EQ(outcome.added, 2);
  EXPECT_EQ(codes(outcome, Severity::warning), (Codes{"column_without_header", "column_without_header"})) << "numbers of rows need no header";
  Codes sentences;
  for (auto const& finding : outcome.findings) sentences.push_back(Say::in(Language::en)(finding.expected));
  EXPECT_EQ(sentences, (Codes{"Column F has no header, so nothing in it was read.", "Column I has no header, so nothing in it was read."}));
}

TEST_P(ImportFindings, NumbersOfRowsNeedNoHeader) {
  data_.options().dry_run = true;
  auto const warned = [&](std::vector<std::string> const& numbers) {
    std::vector<std::string> rows{";Название;Вид;Дата;Область;Организация"};
    for (auto const& number : numbers) rows.push_back(number + ";Лекция " + number + ";лекция;14.09.2018;г. Ош;UNICEF");
    rows.insert(rows.begin() + 2, "2;;;;;");  // left empty for later
    auto const found = codes(data_.import(csv(rows)), Severity::warning);
    return std::ranges::find(found, "column_without_header") != found.end();
  };
  for (auto const& numbers : std::vector<Codes>{{"1", "3", "4"}, {"1.", "3.", "4."}, {"1", "2", "1", "2", "3"}})
    EXPECT_FALSE(warned(numbers)) << numbers[0] << ", " << numbers[1];
  for (auto const& numbers : std::vector<Codes>{{"20", "30"}, {"1", "2", "2"}, {"1", "2", "50"}, {"1", "важно"}, {"1.5", "2"}})
    EXPECT_TRUE(warned(numbers)) << numbers[0] << ", " << numbers[1];
}

TEST_P(ImportFindings, AFormulaWithoutItsValueIsNotTakenForAnEmptyCell) {
  sheet::testing::Workbook book;
  auto const row = [&](std::vector<std::string> const& texts, std::string const& last) {
    book.rows += "<row>";
    for (auto const& text : texts) book.rows += "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    book.rows += last + "</row>";
  };
  row({"Название", "Вид", "Дата", "Область", "Организация", "Всего"}, "");
  row({"Лекция", "лекция", "14.09.2018", "г. Ош", "UNICEF"}, "<c><f>20+30</f><v/></c>");
  row({"Тренинг", "тренинг", "15.09.2018", "г. Ош"}, "<c><f>A1</f></c><c><f>20+30</f><v>50</v></c>");
  auto const outcome = data_.import(book.bytes());
  EXPECT_EQ(codes(outcome), (Codes{"formula_without_value@F", "formula_without_value@E"}));
  EXPECT_EQ(outcome.blocked, 2);
}

}  // namespace
}  // namespace birge::exchange
