#include "features/work/plan/plan_overtaken.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace birge::work {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using List = std::vector<std::pair<std::string, std::string>>;

http::Parameters form(List list) { return http::Parameters::of(std::move(list)); }

List opened() {
  return {{"title", "Сабак"}, {"start", "14:00"},     {"expected", "40"},       {"audience", "pupils"},   {"audience", "parents"},
          {"place", "Нарын"}, {"place_for", "Нарын"}, {"place_choice", "KG04"}, {"summary", "Бир.\nЭки."}};
}

http::Parameters changed(List const& with) {
  auto parameters = form(opened());
  for (auto const& [name, value] : with) parameters.set(name, value);
  return parameters;
}

http::Parameters sent(List with) {
  auto parameters = changed(std::move(with));
  parameters.set(opened_field, opened_with(form(opened())));
  return parameters;
}

std::vector<std::string> fields_of(std::vector<Difference> const& list) {
  std::vector<std::string> fields;
  for (auto const& each : list) fields.push_back(each.field);
  return fields;
}

TEST(WorkOvertaken, WhatNobodyTouchedHereIsTakenFromWhatIsStored) {
  auto const stored = changed({{"title", "Лекция"}, {"expected", "50"}});
  auto const typed = with_untouched_renewed(sent({{"title", "Семинар"}, {"start", "15:00"}}), stored);
  EXPECT_EQ(typed.get("expected"), "50") << "another's change would be undone";
  EXPECT_EQ(typed.get("title"), "Семинар");
  EXPECT_EQ(typed.get("start"), "15:00");
  EXPECT_THAT(fields_of(differences(typed, stored)), ElementsAre("title", "start"));
}

TEST(WorkOvertaken, WhatOthersChangedInFieldsNobodyTouchedHereIsTold) {
  auto const stored = changed({{"title", "Лекция"}, {"expected", "50"}});
  auto const told = taken_over(sent({{"title", "Семинар"}, {"start", "15:00"}}), stored);
  ASSERT_THAT(fields_of(told), ElementsAre("expected"));
  EXPECT_THAT(told[0].typed, ElementsAre("40"));
  EXPECT_THAT(told[0].stored, ElementsAre("50"));
  EXPECT_THAT(taken_over(changed({}), stored), IsEmpty()) << "of a form that does not tell what it was opened with";
}

TEST(WorkOvertaken, AFieldThatWasEmptiedStaysEmpty) {
  auto const typed = with_untouched_renewed(sent({{"expected", ""}}), changed({{"expected", "50"}}));
  EXPECT_EQ(typed.get("expected"), "");
}

TEST(WorkOvertaken, BoxesAndWhatGoesWithAPlaceFollowTogether) {
  auto stored = changed({{"place", "Талас"}, {"place_for", "Талас"}, {"place_choice", "KG06"}});
  stored.set("audience", "students");
  auto const typed = with_untouched_renewed(sent({}), stored);
  EXPECT_EQ(typed.get("place_choice"), "KG06");
  EXPECT_THAT(typed.all("audience"), ElementsAre("students"));
  EXPECT_THAT(differences(typed, stored), IsEmpty());
}

TEST(WorkOvertaken, LineBreaksAndTheOrderOfBoxesTouchNothing) {
  auto mine = form(
      {{"title", "Сабак"}, {"start", "14:00"}, {"expected", "40"}, {"audience", "parents"}, {"audience", "pupils"}, {"summary", "Бир.\r\nЭки."}});
  mine.set(opened_field, opened_with(form(opened())));
  auto const stored = changed({{"summary", "Үч."}});
  EXPECT_EQ(with_untouched_renewed(mine, stored).get("summary"), "Үч.");
}

TEST(WorkOvertaken, AFormThatDoesNotTellWhatItWasOpenedWithKeepsEverything) {
  auto const stored = changed({{"expected", "50"}});
  for (auto const* marks : {"", "abcd", "x"}) {
    auto typed = changed({{"title", "Семинар"}});
    typed.set(opened_field, marks);
    EXPECT_EQ(with_untouched_renewed(typed, stored).get("expected"), "40") << marks;
  }
}

}  // namespace
}  // namespace birge::work
