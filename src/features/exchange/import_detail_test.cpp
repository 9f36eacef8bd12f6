// Files that know less than what is stored: a total where there is age and sex, a district where there is a community, a translation where there
// is an original. They take nothing back.

#include <algorithm>

#include "features/exchange/import_testing.hpp"

namespace birge::exchange {
namespace {

using activity::Activity;
using activity::Count;
using activity::State;
using Codes = std::vector<std::string>;
using Severity = Finding::Severity;

class ImportDetail : public ImportTest {
protected:
  static std::string file(std::string const& columns, std::string const& cells) {
    return csv({"ID;Название;Вид;Дата;Область;Организация;Статус;" + columns, "A-1;Концерт;лекция;12.10.2018;Ошская обл.;UNICEF;проведено;" + cells});
  }
  static std::string by_age() {
    return file("Всего;Мужчины 18-28;Женщины 14-17;Женщины 60+;Метод подсчёта;Что получилось", "35;20;12;3;по списку;Много вопросов");
  }
  Activity only() {
    auto stored = data_.stored();
    EXPECT_EQ(stored.size(), 1u);
    return stored.empty() ? Activity{} : stored.front();
  }
  Activity confirmed() {
    auto const first = data_.import(by_age());
    EXPECT_EQ(first.added, 1) << describe(first, Say::in(Language::en));
    data_.database().write([&](db::Tx& tx) {
      tx.run("update activity set state = 'confirmed' where edition = $1", data_.options().edition);
      campaign::touch_facts(tx);
    });
    auto const activity = only();
    EXPECT_EQ(activity.state, State::confirmed);
    EXPECT_EQ(activity.result->cells.size(), 3u);
    EXPECT_EQ(activity.result->method, "sign_in_sheet");
    return activity;
  }
  void expect_kept(std::string const& bytes, Activity const& before) {
    auto const again = data_.import(bytes);
    EXPECT_EQ(again.unchanged, 1) << describe(again, Say::in(Language::en));
    EXPECT_EQ(codes(again, Severity::warning), Codes{});
    auto const after = only();
    EXPECT_EQ(after.state, State::confirmed);
    EXPECT_EQ(after.version, before.version);
    ASSERT_TRUE(after.result);
    EXPECT_TRUE(activity::same_result(*after.result, *before.result));
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, ImportDetail, db::both_engines(), db::engine_name);

TEST_P(ImportDetail, ATotalAloneKeepsSexAndAgeMethodNarrativeAndConfirmation) {
  auto const before = confirmed();
  expect_kept(file("Всего", "35"), before);
  expect_kept(file("Количество участников", "35"), before);
}

TEST_P(ImportDetail, WomenAndMenThatAddUpKeepTheirAges) {
  auto const before = confirmed();
  expect_kept(file("Мужчины;Женщины", "20;15"), before);
  expect_kept(file("Всего;Мужчины;Женщины", "35;20;15"), before);
}

TEST_P(ImportDetail, EmptyCountsLeaveTheNumbersAndWhatTheyWereConfirmedAs) {
  auto const before = confirmed();
  expect_kept(file("Охват эфира", ""), before);
  expect_kept(file("Всего;Что получилось", ";Много вопросов"), before);
}

TEST_P(ImportDetail, OtherNumbersReplaceTheDetailAndHaveToBeConfirmedAnewWhichIsSaid) {
  confirmed();
  auto const other = data_.import(file("Всего", "40"));
  EXPECT_EQ(other.updated, 1);
  EXPECT_EQ(codes(other, Severity::warning), Codes{"confirmation_falls@H"});
  EXPECT_EQ(only().state, State::reported);
  EXPECT_EQ(only().result->attendance, (Count{40, 40}));
  EXPECT_TRUE(only().result->cells.empty());
}

TEST_P(ImportDetail, AnotherShareOfWomenIsAnotherResult) {
  confirmed();
  auto const other = data_.import(file("Всего;Мужчины;Женщины", "35;15;20"));
  EXPECT_EQ(other.updated, 1);
  EXPECT_EQ(codes(other, Severity::warning), Codes{"confirmation_falls@H"});
  EXPECT_EQ(only().result->cells.size(), 2u);
}

TEST_P(ImportDetail, WhatDoesNotAddUpStaysMarkedWhenItsTotalComesAgain) {
  ASSERT_EQ(data_.import(file("Всего;Мужчины;Женщины", "35;10;15")).added, 1);
  auto const marked = [&] {
    return std::ranges::any_of(only().warnings, [](activity::Warning const& warning) { return warning.field == "counts"; });
  };
  ASSERT_TRUE(marked());
  EXPECT_EQ(data_.import(file("Всего", "35")).unchanged, 1);
  EXPECT_TRUE(marked());
}

TEST_P(ImportDetail, ThePlaceAroundTheStoredOneIsNoOtherPlace) {
  auto const in = [](std::string const& district) {
    return csv({"ID;Название;Вид;Дата;Область;Район;Организация", "A-1;Концерт;лекция;12.10.2018;Ошская обл.;" + district + ";UNICEF"});
  };
  ASSERT_EQ(data_.import(in("Ноокатский район")).added, 1);
  auto const stored = only().place;
  auto const again = data_.import(in(""));
  EXPECT_EQ(again.unchanged, 1) << describe(again, Say::in(Language::en));
  EXPECT_EQ(codes(again, Severity::note), Codes{"exact_before@E"});
  EXPECT_EQ(only().place, stored);
  EXPECT_EQ(data_.import(in("Узгенский район")).updated, 1);
  EXPECT_NE(only().place, stored);
}

TEST_P(ImportDetail, MenAloneSayNothingOfTheWomenThatAreStored) {
  auto const before = confirmed();
  expect_kept(file("Всего;Мужчины", "35;20"), before);
}

TEST_P(ImportDetail, ATitleThatIsStoredAsATranslationReplacesNoOriginal) {
  auto const rows = [](std::string const& titles, std::string const& cells) {
    return csv({"ID;" + titles + ";Вид;Дата;Область;Организация", "A-1;" + cells + ";лекция;12.10.2018;Ошская обл.;UNICEF"});
  };
  ASSERT_EQ(data_.import(rows("Аталышы (кыргызча);Название (рус.)", "Ачык сабак;Открытый урок")).added, 1);
  ASSERT_EQ(only().texts.size(), 2u);
  auto const original = only().original;
  auto const again = data_.import(rows("Название", "Открытый урок"));
  EXPECT_EQ(again.unchanged, 1) << describe(again, Say::in(Language::en));
  EXPECT_EQ(only().texts.at("ky").title, "Ачык сабак");
  EXPECT_EQ(only().original, original);
  EXPECT_EQ(data_.import(rows("Название", "Открытый урок для всех")).updated, 1) << "a title that is not stored replaces the original";
  EXPECT_EQ(only().texts.at(original).title, "Открытый урок для всех");
}

}  // namespace
}  // namespace birge::exchange
