#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/work/plan/plan_clash.hpp"
#include "features/work/work_pages_testing.hpp"

namespace birge::work {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::WorkWorld;

/// Whether what was asked of the store lets a clash be told.
class Clashing : public ::testing::TestWithParam<db::Engine> {
protected:
  WorkWorld world{GetParam()};

  Activity plan() const {
    auto activity = world.draft();
    activity.place = world.place("kochkor");
    activity.day = activity.end_day = world.today().plus(10);
    return activity;
  }
  /// Another's plan, approved.
  Activity other(char const* title) const {
    auto activity = plan();
    activity.state = State::approved;
    activity.lead = world.organisation(4);
    activity.texts["ky"].title = title;
    return activity;
  }
  std::vector<ActivityId> around(Activity const& activity) {
    return world.ask_work([&](Store& store) { return store.around(activity, world.facts()); });
  }
  std::vector<std::string> told(Activity const& activity) {
    std::vector<Activity> others;
    for (auto const id : around(activity)) others.push_back(world.find(id));
    std::vector<std::string> texts;
    for (auto const& clash : clashes(activity, others, {}, world.facts())) texts.push_back(clash.what.text);
    return texts;
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, Clashing, db::both_engines(), db::engine_name);

TEST_P(Clashing, OfTheDayItselfIsFoundAmongManyOthers) {
  for (int i = 0; i < 230; ++i) {
    auto far = other("Башка жерде");
    far.place = world.place("talas");
    far.day = far.end_day = plan().day.plus(-3 + i % 3);
    world.add(far);
  }
  auto const id = world.add(other("Ушул жерде"));
  EXPECT_THAT(around(plan()), Contains(id));
  EXPECT_THAT(told(plan()), Contains("In the same district within three days."));
}

TEST_P(Clashing, OfTheDayItselfIsFoundAmongManyOfItsPlace) {
  for (int i = 0; i < 70; ++i) {
    auto before = other("Эртерээк");
    before.day = before.end_day = plan().day.plus(-3);
    world.add(before);
  }
  auto const id = world.add(other("Ошол күнү"));
  EXPECT_THAT(around(plan()), Contains(id));
}

TEST_P(Clashing, WithWhatBeganLongBeforeAndStillLastsIsFound) {
  auto exhibition = other("Көргөзмө");
  exhibition.texts["ky"].venue = "Маданият үйү";
  exhibition.start_minutes.reset();
  exhibition.day = plan().day.plus(-8);
  exhibition.end_day = exhibition.day.plus(9);
  world.add(exhibition);
  auto mine = plan();
  mine.texts["ky"].venue = "Маданият үйү";
  EXPECT_THAT(told(mine), ElementsAre("In the same venue at the same hour."));
}

TEST_P(Clashing, OfAnOrganisationIsFoundWhereverItIs) {
  auto lasting = other("Алыс жерде");
  lasting.lead = plan().lead;
  lasting.place = world.place("talas");
  lasting.day = plan().day.plus(-1);
  lasting.end_day = plan().day.plus(1);
  world.add(lasting);
  auto same_day = lasting;
  same_day.lead = world.organisation(4);
  same_day.partners = {plan().lead};
  same_day.day = same_day.end_day = plan().day;
  world.add(same_day);
  EXPECT_THAT(told(plan()),
              ElementsAre("An organisation takes part in both at the same time.", "An organisation takes part in both at the same time."));
}

TEST_P(Clashing, OfPlansInSeveralPlacesIsFoundInEachOfThem) {
  auto tour = other("Жүрүш");
  tour.reach = activity::Reach::several;
  tour.place.reset();
  tour.places = {world.place("talas"), world.place("kochkor")};
  tour.start_minutes.reset();
  world.add(tour);
  EXPECT_THAT(told(plan()), Contains("In the same district within three days."));
  auto mine = tour;
  mine.lead = plan().lead;
  auto const there = world.add(other("Кочкордо"));
  EXPECT_THAT(around(mine), Contains(there));
  EXPECT_THAT(told(mine), Contains("In the same district within three days."));
  mine.places = {world.place("talas"), world.place("ak-talaa")};
  EXPECT_THAT(around(mine), Not(Contains(there)));
}

TEST_P(Clashing, OfPlansThatNameOnlyTheirRegionIsFound) {
  auto launch = plan();
  launch.place = world.place("naryn");
  launch.texts["ky"].venue = "Борбордук аянт";
  auto theirs = launch;
  theirs.state = State::approved;
  theirs.lead = world.organisation(4);
  auto const id = world.add(theirs);
  EXPECT_THAT(around(launch), ElementsAre(id));
  EXPECT_THAT(told(launch), ElementsAre("In the same venue at the same hour."));
  auto elsewhere = launch;
  elsewhere.texts["ky"].venue = "Китепкана";
  EXPECT_THAT(told(elsewhere), ElementsAre("In the same region on the same day."));
  elsewhere.day = elsewhere.end_day = launch.day.plus(1);
  EXPECT_THAT(told(elsewhere), IsEmpty());
  elsewhere.day = elsewhere.end_day = launch.day;
  elsewhere.place = world.place("talas");
  EXPECT_THAT(told(elsewhere), IsEmpty());
}

TEST_P(Clashing, InAVenueIsFoundWhereOneOfTheTwoNamesOnlyTheRegion) {
  auto whole = other("Облуста");
  whole.place = world.place("naryn");
  whole.texts["ky"].venue = "Борбордук аянт";
  world.add(whole);
  auto mine = plan();
  EXPECT_THAT(told(mine), IsEmpty()) << "somewhere in the region";
  mine.texts["ky"].venue = "Борбордук аянт";
  EXPECT_THAT(told(mine), ElementsAre("In the same venue at the same hour."));
  auto district = other("Райондо");
  district.place = world.place("ak-talaa");
  district.texts["ky"].venue = "Маданият үйү";
  world.add(district);
  mine.place = world.place("naryn");
  mine.texts["ky"].venue = "Маданият үйү";
  EXPECT_THAT(told(mine), ::testing::UnorderedElementsAre("In the same venue at the same hour.", "In the same region on the same day."));
}

TEST_P(Clashing, IsNoneWithWhatIsElsewhereForOthersOrCalledOff) {
  auto called_off = other("Болбой калды");
  called_off.state = State::cancelled;
  world.add(called_off);
  auto elsewhere = other("Башка жерде");
  elsewhere.place = world.place("talas");
  world.add(elsewhere);
  auto later = other("Кийин");
  later.day = later.end_day = plan().day.plus(4);
  world.add(later);
  EXPECT_THAT(told(plan()), IsEmpty());
}

TEST_P(Clashing, OrNotTheNearestOfTheSameDistrictWithinAWeekAreNamedByDay) {
  auto const add = [&](int days) {
    auto activity = other("Жакында");
    activity.day = activity.end_day = plan().day.plus(days);
    return world.add(activity);
  };
  add(-8);
  auto const before = add(-6), after = add(7);
  add(8);
  auto elsewhere = other("Башка жерде");
  elsewhere.place = world.place("talas");
  world.add(elsewhere);
  auto const nearby = [&](int limit) { return world.ask_work([&](Store& store) { return store.nearby(plan(), world.facts(), limit); }); };
  EXPECT_THAT(nearby(8), ElementsAre(before, after));
  auto const same = add(0);
  EXPECT_THAT(nearby(2), ElementsAre(before, same));
}

TEST_P(Clashing, OrNotThoseOfTheRegionAreNamedWhereNoDistrictIsKnown) {
  auto const id = world.add(other("Кочкордо"));
  auto elsewhere = other("Башка облуста");
  elsewhere.place = world.place("talas");
  world.add(elsewhere);
  auto mine = plan();
  mine.place = world.place("naryn");
  EXPECT_THAT(world.ask_work([&](Store& store) { return store.nearby(mine, world.facts(), 8); }), ElementsAre(id));
}

class AroundPage : public testing::PagesTest {
protected:
  std::string proposal(account::Person const& person, Activity const& draft) {
    return get(person, step_form, world.create_draft(person, draft), Action::propose).body;
  }
  static std::string said(Message const& message) { return Say::in(Language::ky)(message); }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, AroundPage, db::both_engines(), db::engine_name);

TEST_P(AroundPage, SaysWhatWasCheckedWhereNoDistrictIsKnown) {
  auto const clear = said(message("Nothing stands in the way of it: no clash within three days."));
  auto draft = world.draft();
  draft.place = world.place("naryn");
  auto const of_region = proposal(world.focal, draft);
  EXPECT_THAT(of_region,
              HasSubstr(said(message(
                  "No clash was found. It names no district: its region on the same day, its venue and hour, and its organisations were checked."))));
  EXPECT_THAT(of_region, Not(HasSubstr(clear)));
  draft.place.reset();
  draft.reach = activity::Reach::online;
  auto const online = proposal(world.focal, draft);
  EXPECT_THAT(
      online,
      HasSubstr(said(message(
          "No clash was found. It names no place: only whether its organisations take part in something else at the same time was checked."))));
  EXPECT_THAT(online, Not(HasSubstr(clear)));
  draft.reach = activity::Reach::place;
  draft.place = world.place("kochkor");
  EXPECT_THAT(proposal(world.focal, draft), HasSubstr(clear));
}

}  // namespace
}  // namespace birge::work
