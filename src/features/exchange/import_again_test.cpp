// Files that come again: after the day, after a move, with ids, with more known than before. What is stored must not be taken back by them.

#include <algorithm>

#include "features/exchange/import_testing.hpp"

namespace birge::exchange {
namespace {

using activity::Activity;
using activity::State;
using Codes = std::vector<std::string>;
using Severity = Finding::Severity;

std::string const header = "ID;Название;Вид;Дата;Область;Район;Организация;Статус;Количество участников";

class ImportAgain : public ImportTest {
protected:
  static std::string row(std::string const& id, std::string const& day, std::string const& district = {}, std::string const& status = {},
                         std::string const& count = {}) {
    return csv({header, id + ";Концерт;лекция;" + day + ";Ошская обл.;" + district + ";Государственная служба миграции;" + status + ";" + count});
  }
  void today(std::string_view day) { data_.clock().set(*parse_instant(std::string(day) + "T06:00:00Z")); }
  Activity only() {
    auto stored = data_.stored();
    EXPECT_EQ(stored.size(), 1u);
    return stored.empty() ? Activity{} : stored.front();
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, ImportAgain, db::both_engines(), db::engine_name);

TEST_P(ImportAgain, APlanThatComesAgainAfterItsDayIsNoResult) {
  auto const plan = row("", "25.10.2018", "", "", "300");
  ASSERT_EQ(data_.import(plan).added, 1);
  today("2018-10-26");
  auto const again = data_.import(plan);
  EXPECT_EQ(again.unchanged, 1) << describe(again, Say::in(Language::en));
  EXPECT_EQ(codes(again, Severity::warning), Codes{"count_before_held@I"});
  EXPECT_EQ(only().state, State::approved);
  EXPECT_FALSE(only().result);
  EXPECT_EQ(only().expected, (activity::Count{300, 300}));
}

TEST_P(ImportAgain, AsManyAsWereExpectedAreAResultWhereTheyAreToldBySexUnlessThatWasThePlan) {
  std::string const columns = "Название;Вид;Дата;Область;Организация;Ожидаемое количество участников;Мужчины;Женщины";
  auto const concert = [](std::string const& counts) { return "Концерт;лекция;25.10.2018;Ошская обл.;UNICEF;" + counts; };
  auto const counted = csv({columns, concert(";20;30")});
  ASSERT_EQ(data_.import(csv({columns, concert("50;;")})).added, 1);
  today("2018-10-26");
  EXPECT_EQ(data_.import(counted).updated, 1);
  EXPECT_EQ(only().result->attendance, (activity::Count{50, 50}));
  today("2018-10-20");
  auto const other = csv({columns, "Лекция;лекция;25.10.2018;Ошская обл.;UNICEF;;20;30"});
  ASSERT_EQ(data_.import(other).added, 1);
  today("2018-10-26");
  EXPECT_EQ(data_.import(other).unchanged, 1);
}

TEST_P(ImportAgain, AsManyAsWereExpectedAreAResultWhereItIsSaidThatTheyCame) {
  ASSERT_EQ(data_.import(row("", "25.10.2018", "", "", "300")).added, 1);
  today("2018-10-26");
  EXPECT_EQ(data_.import(row("", "25.10.2018", "", "проведено", "300")).updated, 1);
  EXPECT_EQ(only().result->attendance, (activity::Count{300, 300}));
  EXPECT_EQ(data_.import(row("", "25.10.2018", "", "", "300")).unchanged, 1);
}

TEST_P(ImportAgain, AnotherNumberThanTheExpectedIsAResultAndTheOldPlanDoesNotReplaceIt) {
  ASSERT_EQ(data_.import(row("", "25.10.2018", "", "", "300")).added, 1);
  today("2018-10-26");
  EXPECT_EQ(data_.import(row("", "25.10.2018", "", "", "280")).updated, 1);
  EXPECT_EQ(only().state, State::reported);
  EXPECT_EQ(only().result->attendance, (activity::Count{280, 280}));
  data_.import(row("", "25.10.2018", "", "", "300"));
  EXPECT_EQ(only().result->attendance, (activity::Count{280, 280}));
}

TEST_P(ImportAgain, AnOldFileWithIdsDoesNotUndoAMove) {
  auto const old = row("A-1", "20.09.2018", "", "запланировано");
  ASSERT_EQ(data_.import(old).added, 1);
  ASSERT_EQ(data_.import(row("A-1", "25.10.2018", "", "запланировано")).updated, 1);
  auto const sequence = only().sequence;
  auto const again = data_.import(old);
  EXPECT_EQ(again.unchanged, 1) << describe(again, Say::in(Language::en));
  EXPECT_EQ(codes(again, Severity::note), Codes{"moved_before@D"});
  EXPECT_EQ(only().day.iso(), "2018-10-25");
  EXPECT_EQ(only().sequence, sequence);
}

/// A row with its hours and its own place.
std::string placed(std::string const& when, std::string const& place, std::string const& status = {}) {
  return csv({"ID;Название;Вид;Дата;Время;Место;Площадка;Организация;Статус",
              "A-1;Концерт;лекция;" + when + ";" + place + ";Государственная служба миграции;" + status});
}

TEST_P(ImportAgain, AnOldFileWithIdsKeepsTheHoursAndThePlaceOfAMoveToo) {
  auto const old = placed("20.09.2018;10:00", "г. Ош;Театр");
  ASSERT_EQ(data_.import(old).added, 1);
  ASSERT_EQ(data_.import(placed("25.10.2018;14:00", "г. Талас;Музей")).updated, 1);
  auto const moved = only();
  auto const again = data_.import(old);
  EXPECT_EQ(again.unchanged, 1) << describe(again, Say::in(Language::en));
  EXPECT_EQ(codes(again, Severity::note), (Codes{"moved_before@D", "moved_before@F"}));
  EXPECT_EQ(only().start_minutes, 14 * 60);
  EXPECT_EQ(only().place, moved.place);
  EXPECT_EQ(only().moved_from_place, moved.moved_from_place);
  EXPECT_EQ(only().text(Language::ru).venue, "Музей");
}

TEST_P(ImportAgain, AnOldFileWithIdsDoesNotUndoAMoveOfThePlaceUnlessItSaysSo) {
  auto const old = placed("25.10.2018;10:00", "г. Ош;");
  ASSERT_EQ(data_.import(old).added, 1);
  auto const first = only().place;
  ASSERT_EQ(data_.import(placed("25.10.2018;10:00", "г. Талас;")).updated, 1);
  auto const second = only().place;
  auto const again = data_.import(old);
  EXPECT_EQ(again.unchanged, 1);
  EXPECT_EQ(codes(again, Severity::note), Codes{"moved_before@F"});
  EXPECT_EQ(only().place, second);
  EXPECT_EQ(data_.import(placed("25.10.2018;10:00", "г. Ош;", "перенесено на 25.10.2018")).updated, 1);
  EXPECT_EQ(only().place, first);
  EXPECT_EQ(only().moved_from_place, second);
}

TEST_P(ImportAgain, AFileThatStillTellsOfAnEarlierMoveDoesNotUndoALaterOne) {
  auto const old = placed("20.09.2018;10:00", "г. Ош;", "перенесено на 25.10.2018");
  ASSERT_EQ(data_.import(old).added, 1);
  ASSERT_EQ(data_.import(placed("25.10.2018;10:00", "г. Талас;")).updated, 1);
  auto const second = only().place;
  auto const again = data_.import(old);
  EXPECT_EQ(again.unchanged, 1) << describe(again, Say::in(Language::en));
  EXPECT_EQ(codes(again, Severity::note), Codes{"moved_before@F"});
  EXPECT_EQ(only().place, second);
}

TEST_P(ImportAgain, AnExactDayIsNoMoveOutOfItsMonthAndTheMonthDoesNotTakeItBack) {
  auto const month = row("A-1", "октябрь 2018");
  ASSERT_EQ(data_.import(month).added, 1);
  ASSERT_EQ(data_.import(row("A-1", "25.10.2018")).updated, 1);
  EXPECT_EQ(only().day.iso(), "2018-10-25");
  EXPECT_FALSE(only().moved());
  EXPECT_TRUE(only().warnings.empty());
  auto const again = data_.import(month);
  EXPECT_EQ(again.unchanged, 1) << describe(again, Say::in(Language::en));
  EXPECT_EQ(codes(again, Severity::note), Codes{"exact_before@D"});
  EXPECT_EQ(only().precision, activity::Precision::day);
  EXPECT_EQ(data_.import(row("A-1", "05.11.2018")).updated, 1);
  EXPECT_EQ(only().moved_from_day->iso(), "2018-10-25");
}

TEST_P(ImportAgain, ADayOfAnotherMonthIsAMove) {
  ASSERT_EQ(data_.import(row("A-1", "октябрь 2018")).added, 1);
  ASSERT_EQ(data_.import(row("A-1", "05.11.2018")).updated, 1);
  EXPECT_EQ(only().moved_from_day->iso(), "2018-10-01");
}

TEST_P(ImportAgain, WhatIsMovedBackIsMovedWhereTheFileSaysSo) {
  ASSERT_EQ(data_.import(row("A-1", "20.11.2018", "", "запланировано")).added, 1);
  ASSERT_EQ(data_.import(row("A-1", "25.11.2018", "", "запланировано")).updated, 1);
  for (auto const& back : {row("A-1", "25.11.2018", "", "перенесено на 20.11.2018"), row("A-1", "20.11.2018", "", "перенесено на 20.11.2018")}) {
    data_.import(back);
    EXPECT_EQ(only().day.iso(), "2018-11-20");
    EXPECT_EQ(only().moved_from_day->iso(), "2018-11-25");
    data_.import(row("A-1", "20.11.2018", "", "перенесено на 25.11.2018"));
    EXPECT_EQ(only().day.iso(), "2018-11-25");
  }
}

TEST_P(ImportAgain, TheReasonOfAMoveIsNotThatOfTheNextOneNorOfACancellation) {
  ASSERT_EQ(data_.import(row("A-1", "20.11.2018", "", "запланировано")).added, 1);
  auto const told = csv({header + ";Причина", "A-1;Концерт;лекция;25.11.2018;Ошская обл.;;Государственная служба миграции;запланировано;;Снег"});
  ASSERT_EQ(data_.import(told).updated, 1);
  ASSERT_EQ(only().reason, "Снег");
  EXPECT_EQ(data_.import(row("A-1", "25.11.2018", "", "запланировано")).unchanged, 1) << "what stays where it is keeps it";
  EXPECT_EQ(data_.import(row("A-1", "27.11.2018", "", "запланировано")).updated, 1);
  EXPECT_EQ(only().moved_from_day->iso(), "2018-11-25");
  EXPECT_EQ(only().reason, "");
  EXPECT_EQ(data_.import(row("A-1", "27.11.2018", "", "запланировано")).unchanged, 1);
  auto const again = csv({header + ";Причина", "A-1;Концерт;лекция;28.11.2018;Ошская обл.;;Государственная служба миграции;запланировано;;Сель"});
  ASSERT_EQ(data_.import(again).updated, 1);
  EXPECT_EQ(data_.import(row("A-1", "28.11.2018", "", "отменено")).updated, 1);
  EXPECT_EQ(only().state, State::cancelled);
  EXPECT_EQ(only().reason, "");
}

TEST_P(ImportAgain, AMorePrecisePlaceIsNoMoveAndAnotherOneIs) {
  ASSERT_EQ(data_.import(row("A-1", "25.11.2018")).added, 1);
  EXPECT_EQ(data_.import(row("A-1", "25.11.2018", "Кара-Суйский район")).updated, 1);
  EXPECT_EQ(data_.facts()->places->find(*only().place)->level, place::Level::district);
  EXPECT_FALSE(only().moved());
  EXPECT_EQ(data_.import(row("A-1", "25.11.2018")).unchanged, 1) << "less precise is none either";
  EXPECT_EQ(data_.facts()->places->find(*only().place)->level, place::Level::district);
  EXPECT_EQ(data_.import(row("A-1", "25.11.2018", "Ноокатский район")).updated, 1);
  EXPECT_TRUE(only().moved_from_place);
}

/// Two communities are called Достук. Days are set in the table of places, as a newer pack would, and taken back after each test.
class ImportPlacesInTheirTime : public ImportTest {
protected:
  void TearDown() override {
    valid("dostuk-nooken", {}, {});
    valid("dostuk-naryn-rayon", {}, {});
    valid("nooken", {}, {});
  }
  void valid(std::string_view code, std::optional<Day> from, std::optional<Day> until) {
    data_.database().write([&](db::Tx& tx) {
      tx.run("update place set valid_from = $2, valid_until = $3 where code = $1", code, from, until);
      campaign::touch_facts(tx);
    });
  }
  void abolish() { valid("dostuk-nooken", {}, september_); }
  static std::string row(std::string const& id, std::string const& day, std::string const& place, std::string const& title = "Концерт") {
    return csv({"ID;Название;Вид;Дата;Территория;Организация", id + ";" + title + ";лекция;" + day + ";" + place + ";UNICEF"});
  }
  static std::string in_village(std::string const& community) {
    return csv({"Название;Вид;Дата;Район;Село;Организация", "Концерт;лекция;25.10.2018;Ноокенский район;" + community + ";UNICEF"});
  }
  place::PlaceId place(char const* code) { return data_.facts()->places->by_code(code)->id; }
  std::vector<std::optional<place::PlaceId>> places() {
    std::vector<std::optional<place::PlaceId>> list;
    for (auto const& activity : data_.stored()) list.push_back(activity.place);
    return list;
  }
  std::string const old_ = "Достук айыл аймагы, Ноокен району";
  Day const september_ = *Day::of(2018, 9, 30);
};
INSTANTIATE_TEST_SUITE_P(BothEngines, ImportPlacesInTheirTime, db::both_engines(), db::engine_name);

TEST_P(ImportPlacesInTheirTime, ANewActivityInAPlaceThatWasAbolishedIsRefusedAndToldWhatHasItsName) {
  abolish();
  auto const refused = data_.import(row("", "25.10.2018", old_));
  ASSERT_EQ(codes(refused), Codes{"place_out_of_time@E"});
  auto const& tree = *data_.facts()->places;
  EXPECT_EQ(refused.findings.front().expected,
            place::out_of_time(*tree.by_code("dostuk-nooken"), tree.full_name(place("dostuk-nooken"), Language::ru), *Day::of(2018, 10, 25)));
  EXPECT_EQ(refused.findings.front().suggestion, message("Perhaps: {}.", tree.full_name(place("dostuk-naryn-rayon"), Language::ru)));
  EXPECT_EQ(data_.import(row("", "30.09.2018", old_)).added, 1) << "its last day";
}

TEST_P(ImportPlacesInTheirTime, ANameIsThatOfThePlaceOfTheDayAndWhatIsStoredStaysWhereItIs) {
  valid("dostuk-naryn-rayon", september_.plus(60), {});
  auto const file = row("", "25.10.2018", "Достук");
  ASSERT_EQ(data_.import(file).added, 1);
  valid("dostuk-naryn-rayon", {}, {});
  EXPECT_EQ(codes(data_.import(row("", "25.10.2018", "Достук", "Форум"))), Codes{"ambiguous_place@E"}) << "both have it";
  abolish();
  EXPECT_EQ(data_.import(file).unchanged, 1);
  EXPECT_EQ(places(), std::vector{std::optional(place("dostuk-nooken"))});
  EXPECT_EQ(data_.import(row("", "25.10.2018", "Достук", "Форум")).added, 1);
  auto const all = places();
  EXPECT_EQ(all.size(), 2U);
  EXPECT_EQ(std::count(all.begin(), all.end(), std::optional(place("dostuk-naryn-rayon"))), 1);
  EXPECT_TRUE(data_.wrong_tallies().empty());
}

TEST_P(ImportPlacesInTheirTime, WhatIsStoredThereIsUpdatedThereAndNothingElseComesIn) {
  ASSERT_EQ(data_.import(row("A-1", "25.10.2018", old_)).added, 1);
  ASSERT_EQ(data_.import(row("A-2", "26.10.2018", "Талас облусу")).added, 1);
  abolish();
  EXPECT_EQ(data_.import(row("A-1", "25.10.2018", old_)).unchanged, 1);
  EXPECT_EQ(data_.import(row("A-1", "25.10.2018", old_, "Чоң концерт")).updated, 1);
  EXPECT_EQ(codes(data_.import(row("A-2", "26.10.2018", old_))), Codes{"place_out_of_time@E"});
}

TEST_P(ImportPlacesInTheirTime, TheNameOfAnAbolishedCommunityIsThatOfAVillageOfItsDistrict) {
  auto const file = in_village("Достук");
  ASSERT_EQ(data_.import(file).added, 1);
  EXPECT_EQ(places(), std::vector{std::optional(place("dostuk-nooken"))});
  abolish();
  EXPECT_EQ(data_.import(file).unchanged, 1);
  data_.options().edition = ImportDatabase(country(GetParam())).options().edition;  // an empty one
  ASSERT_EQ(data_.import(file).added, 1);
  EXPECT_EQ(places(), std::vector{std::optional(place("nooken"))});
  EXPECT_EQ(data_.stored().front().village, "Достук");
}

TEST_P(ImportPlacesInTheirTime, WhatIsStoredIsFoundThoughTheNamesakeHasOneOfTheSameTitle) {
  valid("dostuk-naryn-rayon", september_.plus(60), {});
  auto const file = row("", "25.10.2018", "Достук");
  ASSERT_EQ(data_.import(file).added, 1);
  valid("dostuk-naryn-rayon", {}, {});
  abolish();
  auto const other = row("", "05.11.2018", "Достук");
  ASSERT_EQ(data_.import(other).added, 1);
  for (auto const& again : {file, other}) {
    auto const outcome = data_.import(again);
    EXPECT_EQ(outcome.unchanged, 1) << describe(outcome, Say::in(Language::en));
  }
}

TEST_P(ImportPlacesInTheirTime, WhatIsStoredThereByItsDistrictAndItsNameHasNoVillageOfThatName) {
  auto const file = [](std::string const& id, std::string const& title) {
    return csv({"ID;Название;Вид;Дата;Район;Территория;Организация", id + ";" + title + ";лекция;25.10.2018;Ноокенский район;Достук;UNICEF"});
  };
  ASSERT_EQ(data_.import(file("", "Концерт")).added, 1);
  ASSERT_EQ(data_.import(file("A-1", "Форум")).added, 1);
  abolish();
  for (auto const& again : {file("", "Концерт"), file("A-1", "Форум")}) {
    auto const outcome = data_.import(again);
    EXPECT_EQ(outcome.unchanged, 1) << describe(outcome, Say::in(Language::en));
  }
  EXPECT_EQ(data_.import(file("A-1", "Чоң форум")).updated, 1);
  for (auto const& activity : data_.stored()) {
    EXPECT_EQ(activity.place, place("dostuk-nooken"));
    EXPECT_EQ(activity.village, "");
  }
}

TEST_P(ImportPlacesInTheirTime, ADistrictThatWasAbolishedLiesInItsRegionAsBefore) {
  auto const file = [](std::string const& title, std::string const& region) {
    return csv({"Название;Вид;Дата;Область;Территория;Организация", title + ";лекция;25.10.2018;" + region + ";Ноокенский район;UNICEF"});
  };
  auto const stored = file("Концерт", "Джалал-Абадская область");
  ASSERT_EQ(data_.import(stored).added, 1);
  valid("nooken", {}, september_);
  auto const again = data_.import(stored);
  EXPECT_EQ(again.unchanged, 1) << describe(again, Say::in(Language::en));
  EXPECT_EQ(places(), std::vector{std::optional(place("nooken"))});
  Codes const elsewhere{"place_elsewhere@E", "place_elsewhere@D"};
  EXPECT_EQ(codes(data_.import(file("Выставка", "Джалал-Абадская область"))), Codes{"place_out_of_time@E"});
  EXPECT_EQ(codes(data_.import(file("Выставка", "Ошская область"))), elsewhere);
  auto const beside = csv({"Название;Вид;Дата;Район;Село;Организация", "Форум;лекция;25.11.2018;Сузакский район;Ноокен;UNICEF"});
  ASSERT_EQ(data_.import(beside).added, 1) << "a village has its name now";
  valid("nooken", {}, {});
  EXPECT_EQ(codes(data_.import(beside)), elsewhere);
}

TEST_P(ImportPlacesInTheirTime, AnAbolishedPlaceInOneOfSeveralDistrictsIsNoRivalOfAValidOneInAnother) {
  auto const file = [](std::string const& communities, std::string const& title) {
    return csv({"Название;Вид;Дата;Район;Айыл аймагы;Организация",
                title + ";лекция;25.10.2018;Ноокенский район, Нарынский район;\"" + communities + "\";UNICEF"});
  };
  auto const both = file("Достук", "Концерт");
  ASSERT_EQ(data_.import(both).added, 1);
  EXPECT_EQ(data_.stored().front().places.size(), 2U);
  EXPECT_EQ(data_.import(file("Достук; Масы", "Форум")).blocked, 1) << "which of the two";
  abolish();
  EXPECT_EQ(data_.import(both).unchanged, 1) << "where each of several is meant, that of one is no rival of that of another";
  auto const outcome = data_.import(file("Достук; Масы", "Форум"));
  ASSERT_EQ(outcome.added, 1) << describe(outcome, Say::in(Language::en));
  std::vector expected{place("dostuk-naryn-rayon"), place("masy")};
  std::ranges::sort(expected);
  auto const all = data_.stored();
  EXPECT_TRUE(std::ranges::any_of(all, [&](Activity const& activity) { return activity.places == expected; }));
}

TEST_P(ImportAgain, SeveralPlacesAreLeftWhereOneOfThemIsAndTheReasonOfTheFirstMoveGoes) {
  auto const file = [](std::string const& day, std::string const& places, std::string const& reason = {}) {
    std::string const columns = "ID;Название;Вид;Дата;Место;Организация";
    std::string const cells = "A-1;Концерт;лекция;" + day + ";" + places + ";UNICEF";
    return reason.empty() ? csv({columns, cells}) : csv({columns + ";Причина", cells + ";" + reason});
  };
  ASSERT_EQ(data_.import(file("20.11.2018", "\"г. Ош; г. Талас\"")).added, 1);
  ASSERT_EQ(only().places.size(), 2U);
  ASSERT_EQ(data_.import(file("25.11.2018", "\"г. Ош; г. Талас\"", "Снег")).updated, 1);
  ASSERT_EQ(only().reason, "Снег");
  EXPECT_FALSE(only().moved_from_place);
  auto const& tree = *data_.facts()->places;
  ASSERT_EQ(data_.import(file("25.11.2018", "\"г. Ош; г. Талас; г. Каракол\"")).updated, 1);
  EXPECT_FALSE(only().moved_from_place) << "one more is no move";
  ASSERT_EQ(data_.import(file("25.11.2018", "\"г. Ош; г. Каракол\"")).updated, 1);
  EXPECT_EQ(only().moved_from_place, tree.by_code("talas-city")->id);
  EXPECT_EQ(only().reason, "");
  ASSERT_EQ(data_.import(file("25.11.2018", "\"г. Ош; г. Каракол\"", "Сель")).updated, 1);
  ASSERT_EQ(only().reason, "Сель");
  ASSERT_EQ(data_.import(file("25.11.2018", "г. Каракол")).updated, 1);
  EXPECT_EQ(only().moved_from_place, tree.by_code("osh-city")->id);
  EXPECT_EQ(only().reason, "");
}

TEST_P(ImportAgain, AnOldFileDoesNotUndoAMoveOutOfOneOfSeveralPlaces) {
  auto const file = [](std::string const& places, std::string const& status = {}) {
    return csv({"ID;Название;Вид;Дата;Место;Организация;Статус", "A-1;Концерт;лекция;25.11.2018;" + places + ";UNICEF;" + status});
  };
  auto const old = file("\"г. Ош; г. Талас; г. Каракол\"");
  ASSERT_EQ(data_.import(old).added, 1);
  ASSERT_EQ(data_.import(file("\"г. Ош; г. Каракол\"")).updated, 1);
  auto const left = data_.facts()->places->by_code("talas-city")->id;
  ASSERT_EQ(only().moved_from_place, left);
  auto const again = data_.import(old);
  EXPECT_EQ(again.unchanged, 1) << describe(again, Say::in(Language::en));
  EXPECT_EQ(codes(again, Severity::note), Codes{"moved_before@E"});
  EXPECT_EQ(only().places.size(), 2U);
  EXPECT_EQ(data_.import(file("\"г. Ош; г. Талас; г. Нарын\"")).updated, 1) << "a place that was never told of makes it another plan";
  EXPECT_EQ(only().places.size(), 3U);
  ASSERT_EQ(data_.import(file("\"г. Ош; г. Нарын\"")).updated, 1);
  ASSERT_EQ(only().moved_from_place, left);
  EXPECT_EQ(data_.import(file("\"г. Ош; г. Талас; г. Нарын\"", "перенесено на 25.11.2018")).updated, 1) << "who says so moves it back";
  EXPECT_EQ(only().places.size(), 3U);
}

/// A host of it reads it in, who cannot approve.
TEST_P(ImportAgain, PeopleByAndByAreCountedFromTheNumberThatWasApproved) {
  auto const file = [](std::string const& expected, std::string const& title = "Концерт") {
    return csv({"ID;Название;Вид;Дата;Область;Организация;Ожидаемое количество участников",
                "A-1;" + title + ";лекция;25.11.2018;Ошская обл.;UNICEF;" + expected});
  };
  ASSERT_EQ(data_.import(file("40")).added, 1);
  int asked = 0;
  data_.options().rights.approves = [](db::Reader&, Activity const&, Activity const*) { return false; };
  data_.options().rights.approved = [&](db::Reader&, Activity const& stored) {
    ++asked;
    auto approved = stored;
    approved.expected = activity::Count{40, 40};
    return approved;
  };
  ASSERT_EQ(data_.import(file("70")).updated, 1);
  EXPECT_EQ(only().state, State::approved);
  EXPECT_EQ(asked, 1);
  ASSERT_EQ(data_.import(file("70", "Большой концерт")).updated, 1);
  EXPECT_EQ(asked, 1) << "a number that stays needs no look at the log";
  ASSERT_EQ(data_.import(file("81", "Большой концерт")).updated, 1);
  EXPECT_TRUE(data_.stored().empty()) << "less than twice 70, but more than twice what was approved: proposed, so on no list";
}

TEST_P(ImportAgain, ANewIdBesideAStoredActivityWithoutOneIsWarnedOf) {
  ASSERT_EQ(data_.import(row("", "25.11.2018")).added, 1);
  auto const stored = only().id;
  auto const other_day = row("A-7", "26.11.2018");
  data_.options().dry_run = true;
  auto const trial = data_.import(other_day);
  EXPECT_EQ(trial.added, 1);
  ASSERT_EQ(codes(trial, Severity::warning), Codes{"near_match@B"});
  EXPECT_EQ(trial.findings.front().near, stored);
  data_.options().dry_run = false;
  data_.options().decisions.near[{"", 2}] = stored;
  EXPECT_EQ(data_.import(other_day).updated, 1) << "the page's answer that it is the same";
  EXPECT_EQ(only().external_id, "A-7");
  data_.options().decisions.near.clear();
  EXPECT_TRUE(data_.import(row("A-8", "27.11.2018")).findings.empty()) << "beside another id there is nothing to ask";
}

}  // namespace
}  // namespace birge::exchange
