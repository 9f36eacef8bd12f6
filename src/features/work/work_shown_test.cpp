#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/work/work_pages.hpp"
#include "features/work/work_testing.hpp"

/// What pages of the workspace show to whom.
namespace birge::work {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::WorkWorld;

class WorkShown : public ::testing::TestWithParam<db::Engine> {
protected:
  WorkWorld world{GetParam()};

  std::string shown(account::Person const& person, Handler handler, std::string const& path, ActivityId id = {}, Language language = Language::en) {
    return world.ask_as(person, world.message_to(http::Method::get, path), handler, {}, {{"id", id_text(id)}}, language).body;
  }
  std::string page(account::Person const& person, ActivityId id) { return shown(person, activity_work, "/work/activities/" + id_text(id), id); }
  /// The button that stands first.
  static std::string main_button(std::string const& html) {
    auto const found = html.find("class=\"button\"");
    return found == std::string::npos ? std::string() : html.substr(found, html.find('<', found) - found);
  }
  ActivityId proposed() {
    auto const id = world.create_draft(world.focal);
    world.step(world.focal, id, Action::propose);
    return id;
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkShown, db::both_engines(), db::engine_name);

TEST_P(WorkShown, WhatIsUnlikelyIsToldWithItsNumbersWhereSomebodyDecides) {
  auto const id = proposed();
  world.step(world.regional, id, Action::approve);
  world.report(world.focal, id, 4000);
  auto const reason = "Far more than expected: 4000 came, 40 were expected.";
  EXPECT_THAT(page(world.second, id), HasSubstr(reason));
  EXPECT_THAT(shown(world.second, step_form, "/work/activities/" + id_text(id) + "/confirm", id), HasSubstr(reason));
  EXPECT_THAT(page(world.focal, id), Not(HasSubstr(reason))) << "whoever reported it decides nothing";
}

TEST_P(WorkShown, WhatNobodyTickedSaysSo) {
  auto const id = proposed();
  EXPECT_THAT(page(world.observer, id), HasSubstr("(not ticked)"));
}

TEST_P(WorkShown, TheMainButtonIsWhatIsMostlyWanted) {
  auto const id = proposed();
  world.step(world.regional, id, Action::give_back, "Сааты кеч");
  EXPECT_THAT(main_button(page(world.focal, id)), HasSubstr("Change"));
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::approve);
  EXPECT_THAT(main_button(page(world.focal, id)), HasSubstr("Report result"));
  world.report(world.focal, id, 37);
  EXPECT_THAT(main_button(page(world.focal, id)), HasSubstr("Change result"));
}

TEST_P(WorkShown, ListsHaveTitlesInTheLanguageOfThePage) {
  auto activity = world.plain("Сабак");
  activity.texts["ru"].title = "Лекция о миграции";
  activity.state = State::approved;
  activity.day = activity.end_day = world.today();
  world.add(activity);
  EXPECT_THAT(shown(world.national, my_page, "/work", {}, Language::ru), HasSubstr("Лекция о миграции"));
  EXPECT_THAT(shown(world.national, my_page, "/work", {}, Language::ky), HasSubstr(">Сабак<"));
  EXPECT_THAT(shown(world.national, my_page, "/work", {}, Language::en), HasSubstr("Сабак")) << "better in another language than not at all";
}

TEST_P(WorkShown, NobodyIsLedToWhatTheyMayNotOpen) {
  auto activity = world.plain("Кечиккен");
  activity.state = State::approved;
  activity.day = activity.end_day = world.today().plus(-40);
  auto const id = world.add(activity);
  auto administrator = world.person("Админ", {{account::Role::administrator, {}, {}, {}}});
  for (auto const& body : {shown(administrator, my_page, "/work"), shown(administrator, weekly_sheet, "/work/sheet")}) {
    EXPECT_THAT(body, Not(HasSubstr(id_text(id))));
    EXPECT_THAT(body, Not(HasSubstr("/work/table")));
  }
  for (auto const* person : {&administrator, &world.observer}) {
    EXPECT_THAT(shown(*person, my_activities, "/work/activities"), Not(HasSubstr("/work/activities/new")));
    EXPECT_THAT(shown(*person, my_page, "/work"), Not(HasSubstr("href=\"/en/work/activities\"")));
  }
  EXPECT_THAT(shown(world.observer, my_page, "/work"), HasSubstr(id_text(id)));
}

TEST_P(WorkShown, MoreThanSixtyThatWaitAreCounted) {
  for (int i = 0; i < 62; ++i) {
    auto activity = world.plain("Сунуш");
    activity.state = State::proposed;
    activity.place.reset();
    activity.reach = activity::Reach::national;
    world.add(activity);
  }
  EXPECT_THAT(shown(world.national, my_page, "/work"), HasSubstr("And 52 more."));
}

TEST_P(WorkShown, TheSheetBeginsTodayAndIsFilled) {
  for (int i = 0; i < 30; ++i) {
    auto activity = world.plain("Күндөгү " + std::to_string(i));
    activity.state = State::approved;
    activity.day = activity.end_day = world.today().plus(1);
    world.add(activity);
  }
  auto past = world.plain("Кечээки");
  past.state = State::held;
  past.day = past.end_day = world.today().plus(-1);
  world.add(past);
  auto const sheet = shown(world.national, weekly_sheet, "/work/sheet");
  auto const week = sheet.substr(sheet.find("id=\"week\""), sheet.find("id=\"late\"") - sheet.find("id=\"week\""));
  EXPECT_THAT(week, Not(HasSubstr("Кечээки")));
  EXPECT_THAT(week, HasSubstr("Күндөгү 15"));
  EXPECT_THAT(week, HasSubstr("more."));
}

TEST_P(WorkShown, ClashesOfOneActivityStandTogether) {
  auto plan = world.draft();
  plan.place = world.place("kochkor");
  auto const id = world.create_draft(world.focal, plan);
  plan.state = State::approved;
  plan.texts["ky"].title = "Башка жолугушуу";
  world.add(plan);
  auto const form = shown(world.focal, step_form, "/work/activities/" + id_text(id) + "/propose", id);
  auto const first = form.find("Башка жолугушуу");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(form.find("Башка жолугушуу", first + 1), std::string::npos);
  EXPECT_THAT(form, HasSubstr("In the same district within three days."));
  EXPECT_THAT(form, HasSubstr("An organisation takes part in both at the same time."));
}

}  // namespace
}  // namespace birge::work
