#include "features/work/home/home_reminder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/activity/activity_view.hpp"
#include "features/work/home/home_jobs.hpp"
#include "features/work/work_testing.hpp"

namespace birge::work {
namespace {

using testing::day;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using testing::WorkWorld;

class WorkReminders : public ::testing::TestWithParam<db::Engine> {
protected:
  WorkWorld world{GetParam()};

  /// Approved and held some days ago, its result missing.
  ActivityId held(int days_ago, Activity activity) {
    activity.day = activity.end_day = world.today().plus(-days_ago);
    return world.add(activity);
  }
  ActivityId held(int days_ago) { return held(days_ago, world.plain()); }
  void remind() {
    auto const finish = result_reminders(world.services()).handler({});
    world.database().write([&](db::Tx& tx) { finish(tx); });
  }
  std::vector<account::PersonId> told() {
    return world.database().read(
        [](db::Reader& read) { return read.all<account::PersonId>("select person from notice where event = 'missing' order by id"); });
  }
  void a_day_later(int days = 1) { world.clock().set(world.clock().now() + std::chrono::days(days)); }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkReminders, db::both_engines(), db::engine_name);

TEST_P(WorkReminders, ARemindedReporterGetsOneMailTheMorningAfter) {
  auto activity = world.plain("Түнкү сабак");
  activity.day = activity.end_day = world.today().plus(-1);
  world.add(activity);
  world.database().write([&](db::Tx& tx) {
    tx.run("insert into account_login (login, account, kind) values ('focal@example.org', $1, 'email')", world.focal.id);
    tx.run("insert into account_login (login, account, kind) values ('regional@example.org', $1, 'email')", world.regional.id);
  });
  auto const finish = result_reminders(world.services()).handler({});
  world.database().write([&](db::Tx& tx) { finish(tx); });
  auto const mails = world.database().read([&](db::Reader& read) { return read.all<std::string>("select recipient from mail order by job"); });
  EXPECT_THAT(mails, ElementsAre("focal@example.org"));
  auto const text = world.database().read([](db::Reader& read) { return read.one<std::string>("select body from mail"); });
  EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("Түнкү сабак"))) << "e-mails name no title";
  EXPECT_THAT(text, ::testing::HasSubstr(activity::view::plain_line(Say::in(Language::ky), world.facts(), activity)));
  EXPECT_THAT(text, ::testing::HasSubstr("/report"));
}

TEST_P(WorkReminders, OnTheSeventhDayTheCoordinatorsOfItsRegionAreTold) {
  held(7);
  remind();
  EXPECT_THAT(told(), UnorderedElementsAre(world.regional.id, world.second.id));
}

TEST_P(WorkReminders, OfARegionWithoutACoordinatorTheNationalOneIsTold) {
  auto activity = world.plain();
  activity.place = world.place("batken");
  held(7, activity);
  remind();
  EXPECT_THAT(told(), ElementsAre(world.national.id));
}

TEST_P(WorkReminders, WhoStandsInForACoordinatorIsToldToo) {
  StandIn deputy{0, world.regional.id, world.stranger.id, "deputy", world.today(), world.today().plus(3)};
  world.database().write([&](db::Tx& tx) { add_stand_in(tx, world.scene(world.regional), deputy); });
  held(7);
  remind();
  EXPECT_THAT(told(), UnorderedElementsAre(world.regional.id, world.second.id, world.stranger.id));
}

TEST_P(WorkReminders, WhoActsForTheReporterIsToldAndADeputyIsNot) {
  for (auto const& [substitute, kind] : {std::pair(world.colleague.id, "assistant"), {world.stranger.id, "deputy"}})
    world.database().write([&, substitute = substitute, kind = kind](db::Tx& tx) {
      add_stand_in(tx, world.scene(world.focal), {0, world.focal.id, substitute, kind, world.today(), world.today().plus(3)});
    });
  held(1);
  remind();
  EXPECT_THAT(told(), UnorderedElementsAre(world.focal.id, world.colleague.id));
}

TEST_P(WorkReminders, WhoHelpsWithItIsTold) {
  auto const id = held(1);
  auto const helper = world.person("Медер", {{account::Role::helper, {}, world.organisation(0), id.value}});
  world.person("Азамат", {{account::Role::helper, {}, world.organisation(0), id.value + 1}});
  remind();
  EXPECT_THAT(told(), UnorderedElementsAre(world.focal.id, helper.id));
}

TEST_P(WorkReminders, WhatAMorningWithoutAServerWouldHaveToldIsToldOnTheNext) {
  auto const id = held(0);
  remind();
  EXPECT_THAT(told(), IsEmpty());
  a_day_later(2);
  remind();
  EXPECT_THAT(told(), ElementsAre(world.focal.id)) << "of the first day";
  remind();
  EXPECT_THAT(told(), ElementsAre(world.focal.id)) << "once";
  world.database().write([&](db::Tx& tx) { tx.run("delete from notice where activity = $1", id); });
  a_day_later();
  remind();
  EXPECT_THAT(told(), ElementsAre(world.focal.id)) << "of the third";
  world.database().write([&](db::Tx& tx) { tx.run("delete from notice where activity = $1", id); });
  a_day_later(6);
  remind();
  EXPECT_THAT(told(), UnorderedElementsAre(world.regional.id, world.second.id)) << "of the seventh, on the ninth";
}

TEST_P(WorkReminders, NobodyIsToldTwiceWhereTwoServersRemindAtOnce) {
  held(1);
  auto const first = result_reminders(world.services()).handler({}), second = result_reminders(world.services()).handler({});
  world.database().write([&](db::Tx& tx) { first(tx); });
  world.database().write([&](db::Tx& tx) { second(tx); });
  EXPECT_EQ(world.database().read([](db::Reader& read) { return read.one<int>("select sum(count) from notice"); }), 1);
}

TEST_P(WorkReminders, NobodyIsRemindedInAClosedEdition) {
  auto activity = world.plain("Түнкү сабак");
  activity.day = activity.end_day = world.today().plus(-1);
  world.add(activity);
  world.database().write(
      [&](db::Tx& tx) { tx.run("insert into account_login (login, account, kind) values ('focal@example.org', $1, 'email')", world.focal.id); });
  world.close_edition();
  auto const finish = result_reminders(world.services()).handler({});
  world.database().write([&](db::Tx& tx) { finish(tx); });
  EXPECT_EQ(world.database().read([](db::Reader& read) { return read.one<int>("select count(*) from mail"); }), 0);
  EXPECT_EQ(world.database().read([](db::Reader& read) { return read.one<int>("select count(*) from notice"); }), 0);
}

TEST_P(WorkReminders, WhoMayDecideInsteadIsToldOnceAfterFiveWorkingDays) {
  auto const escalated = [&] {
    auto const finish = escalations(world.services()).handler({});
    world.database().write([&](db::Tx& tx) { finish(tx); });
    return world.database().read([](db::Reader& read) {
      return read.all<account::PersonId>("select person from notice where event = 'escalated' and seen is null order by person");
    });
  };
  auto far = world.draft();
  far.day = far.end_day = world.today().plus(30);
  auto const id = world.create_draft(world.focal, far);
  world.step(world.focal, id, Action::propose);
  EXPECT_THAT(escalated(), IsEmpty());
  world.clock().set(world.clock().now() + std::chrono::days(10));
  EXPECT_THAT(escalated(), ElementsAre(world.national.id));
  EXPECT_THAT(escalated(), ElementsAre(world.national.id)) << "once";
  world.step(world.national, id, Action::give_back, "Күндү тактаңыз");
  EXPECT_THAT(escalated(), IsEmpty()) << "it waits no more";
  world.step(world.focal, id, Action::propose);
  EXPECT_THAT(escalated(), IsEmpty()) << "its time begins anew";
  world.clock().set(world.clock().now() + std::chrono::days(10));
  EXPECT_THAT(escalated(), ElementsAre(world.national.id));
}

TEST_P(WorkReminders, EachOfSeveralGoesFromTheNewsWhenItIsAnswered) {
  std::vector<ActivityId> list;
  for (int i = 0; i < 2; ++i) {
    auto far = world.draft();
    far.day = far.end_day = world.today().plus(30 + i);
    list.push_back(world.create_draft(world.focal, far));
    world.step(world.focal, list.back(), Action::propose);
  }
  world.clock().set(world.clock().now() + std::chrono::days(10));
  auto const finish = escalations(world.services()).handler({});
  world.database().write([&](db::Tx& tx) { finish(tx); });
  auto const waiting = [&] {
    return world.database().read(
        [](db::Reader& read) { return read.one<int>("select count(*) from notice where event = 'escalated' and seen is null"); });
  };
  EXPECT_EQ(waiting(), 2);
  world.step(world.regional, list.front(), Action::approve);
  EXPECT_EQ(waiting(), 1);
}

TEST_P(WorkReminders, NobodyIsToldAgainWhatWasTheirsFromTheStart) {
  auto online = world.draft();
  online.reach = activity::Reach::online;
  online.place = {};
  online.day = online.end_day = world.today().plus(30);
  world.step(world.focal, world.create_draft(world.focal, online), Action::propose);
  world.clock().set(world.clock().now() + std::chrono::days(10));
  auto const finish = escalations(world.services()).handler({});
  world.database().write([&](db::Tx& tx) { finish(tx); });
  EXPECT_EQ(world.database().read([](db::Reader& read) { return read.one<int>("select count(*) from notice where event = 'escalated'"); }), 0);
}

TEST_P(WorkReminders, ACoordinatorIsAskedToCallTheOrganisation) {
  held(7);
  world.database().write([&](db::Tx& tx) {
    tx.run("insert into account_login (login, account, kind) values ('regional@example.org', $1, 'email')", world.regional.id);
  });
  remind();
  auto const text = world.database().read([](db::Reader& read) { return read.one<std::string>("select body from mail"); });
  auto const activity =
      world.find(world.database().read([](db::Reader& read) { return read.one<ActivityId>("select activity from notice limit 1"); }));
  auto const& say = Say::in(Language::ky);
  auto const address = world.services().config.text("public_address") + std::string(say.path("/work/activities/{}/report", activity.id).text());
  EXPECT_THAT(text, ::testing::StartsWith(coordinator_letter(say, activity::view::plain_line(say, world.facts(), activity), address)));
}

TEST(WorkReminder, SaysWhetherTheResultIsStillDueOrLate) {
  auto const& say = Say::in(Language::en);
  auto const held = day("2018-10-10"), due = day("2018-10-15");
  auto const on = [&](Day today) { return reminder_text(say, "Лекция", held, due, today, "https://birge.example/report"); };
  EXPECT_EQ(on(due.plus(-1)), say("“{}” took place on {}. Its result is due on {}. Please report it here, it takes two minutes: {}", "Лекция", held,
                                  due, "https://birge.example/report"));
  EXPECT_THAT(on(due), ::testing::HasSubstr("Its result is due today."));
  for (int late : {1, 2, 30}) {
    EXPECT_THAT(on(due.plus(late)), ::testing::HasSubstr("Its result was due on " + say.date(due) + " and is still missing."));
    EXPECT_THAT(on(due.plus(late)), ::testing::HasSubstr("https://birge.example/report"));
  }
  auto const letter = [&](Day today) { return reminder_letter(say, "Lecture", due, today, "https://birge.example/report"); };
  EXPECT_THAT(letter(due.plus(-1)), ::testing::HasSubstr("Its result is due on " + say.date(due)));
  EXPECT_THAT(letter(due), ::testing::HasSubstr("Its result is due today."));
  EXPECT_THAT(letter(due.plus(1)), ::testing::HasSubstr("Its result was due on " + say.date(due)));
}

TEST(WorkReminder, AsksACoordinatorToCallTheOrganisationFromTheSeventhDayOn) {
  auto const held = day("2018-10-10");
  EXPECT_FALSE(calls_coordinator(held, held.plus(6)));
  EXPECT_TRUE(calls_coordinator(held, held.plus(7)));
  EXPECT_TRUE(calls_coordinator(held, held.plus(40)));
  auto const text = coordinator_text(Say::in(Language::en), "Лекция", held, "Мээрим фонду", "https://birge.example/report");
  EXPECT_THAT(text, ::testing::HasSubstr("Please call the organisation (Мээрим фонду) and ask for it."));
  EXPECT_THAT(text, ::testing::HasSubstr("https://birge.example/report"));
}

TEST(WorkReminder, CallsTheReporterOnDaysOneAndThreeAndTheCoordinatorOnDaySeven) {
  auto const held = day("2018-10-10");
  for (int after = 0; after < 12; ++after) {
    auto const today = held.plus(after);
    Remind const expected{after == 1 || after == 3, after == 7};
    EXPECT_EQ(remind(State::approved, held, today.plus(-1), today), expected) << after;
    EXPECT_EQ(remind(State::reported, held, today.plus(-1), today), Remind{});
    EXPECT_EQ(remind(State::approved, held, today, today), Remind{}) << "nobody twice on one day";
  }
  EXPECT_EQ(remind(State::held, held, held.plus(1), held.plus(5)), (Remind{true, false})) << "of a day on which no server ran";
  EXPECT_EQ(remind(State::held, held, held, held.plus(9)), (Remind{true, true}));
}

}  // namespace
}  // namespace birge::work
