// Where a row takes place: what stands in which column, and what is asked about.

#include <gmock/gmock.h>

#include "features/exchange/import_testing.hpp"

namespace birge::exchange {
namespace {

using activity::Activity;
using activity::Reach;
using Codes = std::vector<std::string>;

class ImportPlaces : public ImportTest {
protected:
  static std::string with(std::string const& columns, std::string const& cells) {
    return csv({"Название;Вид;Дата;Организация;" + columns, "Концерт;лекция;25.11.2018;UNICEF;" + cells});
  }
  Activity only() {
    auto stored = data_.stored();
    EXPECT_EQ(stored.size(), 1u);
    return stored.empty() ? Activity{} : stored.front();
  }
  std::string place() {
    auto const activity = only();
    return activity.place ? data_.facts()->places->full_name(*activity.place, Language::ru) : std::string();
  }
  static Finding const* finding(Outcome const& outcome, std::string_view code) {
    for (auto const& each : outcome.findings)
      if (each.code == code) return &each;
    return nullptr;
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, ImportPlaces, db::both_engines(), db::engine_name);

TEST_P(ImportPlaces, WhereTheRegionIsEmptyThePlaceOfTheEventTellsIt) {
  auto const outcome = data_.import(with("Область;Место проведения", ";Нарынская область, Кочкорский район"));
  ASSERT_EQ(outcome.added, 1) << describe(outcome, Say::in(Language::en));
  EXPECT_THAT(place(), ::testing::HasSubstr("Кочкор"));
  EXPECT_EQ(only().text(Language::ru).venue, "");
}

TEST_P(ImportPlaces, BesideARegionThePlaceOfTheEventIsTheVenue) {
  ASSERT_EQ(data_.import(with("Область;Место проведения", "Ошская обл.;Дом культуры")).added, 1);
  EXPECT_EQ(only().text(Language::ru).venue, "Дом культуры");
  auto const missing = data_.import(with("Область;Место проведения", ";Дом культуры"));
  EXPECT_EQ(codes(missing).size(), 1U);
  EXPECT_TRUE(finding(missing, "place_missing"));
}

TEST_P(ImportPlaces, AHouseBehindAPlaceIsAVenueAndNoVillage) {
  ASSERT_EQ(data_.import(with("Место", "\"Кара-Сууйский район, СОШ №3\"")).added, 1);
  EXPECT_EQ(only().village, "");
  EXPECT_EQ(only().text(Language::ru).venue, "СОШ №3");
  EXPECT_THAT(place(), ::testing::HasSubstr("Кара-Су"));
}

TEST_P(ImportPlaces, OnlineIsKnownWhateverIsNamedWithIt) {
  int number = 0;
  for (auto const* text : {"Онлайн (Zoom)", "онлайн, Facebook", "Zoom / онлайн", "online (zoom)"}) {
    auto const id = "A-" + std::to_string(++number);
    auto const outcome =
        data_.import(csv({"ID;Название;Вид;Дата;Организация;Место", id + ";Концерт " + id + ";лекция;25.11.2018;UNICEF;\"" + text + "\""}));
    EXPECT_EQ(outcome.added, 1) << text << describe(outcome, Say::in(Language::en));
  }
  for (auto const& activity : data_.stored()) EXPECT_EQ(activity.reach, Reach::online);
}

TEST_P(ImportPlaces, AListWithANameOfManyIsAskedAboutWhole) {
  auto const outcome = data_.import(with("Место", "\"Бишкек, Ош\""));
  auto const* found = finding(outcome, "ambiguous_place");
  ASSERT_TRUE(found) << describe(outcome, Say::in(Language::en));
  ASSERT_EQ(found->choices.size(), 2U);
  int number = 0;
  for (auto const& choice : found->choices) {
    EXPECT_THAT(choice, ::testing::AllOf(::testing::HasSubstr("Бишкек"), ::testing::HasSubstr("Ош")));
    auto const id = "A-" + std::to_string(++number);
    auto const taken =
        data_.import(csv({"ID;Название;Вид;Дата;Организация;Место", id + ";Концерт " + id + ";лекция;25.11.2018;UNICEF;\"" + choice + "\""}));
    ASSERT_EQ(taken.added, 1) << choice << describe(taken, Say::in(Language::en));
  }
  for (auto const& activity : data_.stored()) EXPECT_EQ(activity.places.size(), 2U);
}

TEST_P(ImportPlaces, WhereMoreThanFiveAreMeantItIsSaidHowMany) {
  auto const outcome = data_.import(with("Место", "Кара-Суу"));
  auto const* found = finding(outcome, "ambiguous_place");
  ASSERT_TRUE(found) << describe(outcome, Say::in(Language::en));
  EXPECT_EQ(found->choices.size(), 5U);
  EXPECT_THAT(std::string(Say::in(Language::en)(found->suggestion)), ::testing::HasSubstr(" more."));
}

}  // namespace
}  // namespace birge::exchange
