#include "features/village/village_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/account/role_holders.hpp"
#include "features/activity/activity_testing.hpp"
#include "features/village/village_desk.hpp"
#include "features/village/village_jobs.hpp"

namespace birge::village {
namespace {

using account::Role;
using activity::testing::World;
using std::chrono::days;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class VillageStore : public ::testing::TestWithParam<db::Engine> {
protected:
  World world{GetParam()};

  account::Person person(account::Grant const& grant, std::string const& email = {}) {
    account::Person made;
    made.id = world.ids().make<account::PersonTag>();
    made.grants = {grant};
    world.database().write([&](db::Tx& tx) {
      auto const now = world.clock().now();
      tx.run("insert into account (id, name, language, state, created, changed, version) values ($1, 'Айгүл', 'ky', 'active', $2, $2, 1)", made.id,
             now);
      if (!email.empty()) tx.run("insert into account_login (login, account, kind) values ($1, $2, 'email')", email, made.id);
      tx.run("insert into account_role (id, account, role, region, organisation, given) values ($1, $2, $3, $4, $5, $6)", world.ids().next(), made.id,
             account::role_code(grant.role), grant.region, grant.organisation, now);
      account::rights_version.touch(tx);
    });
    return made;
  }
  account::Person regional = person({Role::regional_coordinator, world.place("naryn"), {}, {}}, "naryn@example.org");
  account::Person elsewhere = person({Role::regional_coordinator, world.place("talas"), {}, {}}, "talas@example.org");
  account::Person national = person({Role::national_coordinator, {}, {}, {}}, "national@example.org");

  Invitation made(char const* district = "kochkor") const {
    Invitation invitation;
    invitation.edition = world.edition().id;
    invitation.language = "ky";
    invitation.place = world.place(district);
    invitation.region = world.facts().places->region_of(invitation.place)->id;
    invitation.district = invitation.place;
    invitation.village = "Кум-Дөбө";
    invitation.kind = "lecture";
    invitation.wish = "Балдарга айтып бериңиздер";
    invitation.contact_name = "Жамиля";
    invitation.contact = "+996 700 123 456";
    return invitation;
  }
  InvitationId add(Invitation const& invitation, std::string const& once) {
    world.database().write([&](db::Tx& tx) { village::add(tx, world.ids(), invitation, once, world.clock().now()); });
    return world.database().read([&](db::Reader& read) { return read.one<InvitationId>("select id from village_invitation where once = $1", once); });
  }
  Invitation find(InvitationId id) {
    return world.database().read([&](db::Reader& read) { return Store(read).find(id).value(); });
  }
  void step(account::Person const& who, InvitationId id, Step step, std::string_view reason = {}) {
    auto const version = find(id).version;
    world.database().write([&](db::Tx& tx) { make_step(tx, who, id, version, step, reason, world.clock().now()); });
  }
  std::optional<Failure> failure(account::Person const& who, InvitationId id, Step asked, std::string_view reason = {}) {
    try {
      step(who, id, asked, reason);
    } catch (Problem const& problem) { return problem.failure; }
    return std::nullopt;
  }
  std::size_t listed(account::Person const& who, State state) {
    return world.database().read(
        [&](db::Reader& read) { return Store(read).list(world.edition().id, part_of(who), state, std::nullopt, 10).size(); });
  }
  std::int64_t forget_after(days time) {
    world.clock().set(world.clock().now() + time);
    auto const now = world.clock().now();
    return world.database().write([&](db::Tx& tx) { return forget(tx, world.facts().today(now), now); });
  }
  bool holds_nothing(InvitationId id) {
    auto const kept = find(id);
    return kept.forgotten && (kept.village + kept.wish + kept.contact + kept.contact_name + kept.reason).empty();
  }
  jobs::Worker::Done run(jobs::Kind kind) {
    auto const name = kind.name;
    jobs::Worker worker(world.database(), world.clock(), world.ids(), {std::move(kind)}, {});
    world.database().write([&](db::Tx& tx) { jobs::enqueue(tx, world.ids(), name, "", world.clock().now(), world.clock().now()); });
    return worker.run_due();
  }
  struct Sent {
    std::string recipient, text;
  };
  std::vector<Sent> mails() {
    return world.database().read([](db::Reader& read) { return read.all<Sent>("select recipient, subject || body from mail order by recipient"); });
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, VillageStore, db::both_engines(), db::engine_name);

TEST_P(VillageStore, ACoordinatorOfAnotherRegionNeitherSeesNorChangesIt) {
  auto const id = add(made(), "a");
  EXPECT_EQ(listed(elsewhere, State::waiting), 0U);
  for (auto const step : {Step::take, Step::answer, Step::decline, Step::pass_on})
    EXPECT_EQ(failure(elsewhere, id, step, "reason"), Failure::not_found);
  EXPECT_EQ(find(id).state, "waiting");
  EXPECT_EQ(listed(regional, State::waiting), 1U);
  EXPECT_EQ(listed(national, State::waiting), 1U);
}

TEST_P(VillageStore, AStepCountsTheRolesOfItsOwnMoment) {
  auto const id = add(made(), "a");
  world.database().write([&](db::Tx& tx) {
    tx.run("update account_role set ended = 1 where account = $1", regional.id);
    account::rights_version.touch(tx);
  });
  EXPECT_EQ(failure(regional, id, Step::take), Failure::not_found);
}

TEST_P(VillageStore, ADeclinedOneNeedsAReason) {
  auto const id = add(made(), "a");
  EXPECT_EQ(failure(regional, id, Step::decline), Failure::unprocessable);
  step(regional, id, Step::decline, "Жол жабык");
  EXPECT_EQ(find(id).reason, "Жол жабык");
  step(regional, id, Step::reopen);
  EXPECT_EQ(find(id).reason, "");
}

TEST_P(VillageStore, TheSecondOfTwoCoordinatorsIsToldThatItChanged) {
  auto const id = add(made(), "a");
  world.database().write([&](db::Tx& tx) { make_step(tx, regional, id, 1, Step::take, "", world.clock().now()); });
  try {
    world.database().write([&](db::Tx& tx) { make_step(tx, national, id, 1, Step::answer, "", world.clock().now()); });
    ADD_FAILURE();
  } catch (Problem const& problem) { EXPECT_EQ(problem.failure, Failure::conflict); }
  EXPECT_EQ(find(id).taken_by, regional.id);
}

TEST_P(VillageStore, TheSameFormIsStoredOnce) {
  auto const send = [&](std::string const& once) {
    return world.database().write([&](db::Tx& tx) { return village::add(tx, world.ids(), made(), once, world.clock().now()); });
  };
  auto const first = send("a");
  EXPECT_EQ(send("a"), first);
  EXPECT_NE(send("b"), first);
  EXPECT_EQ(listed(national, State::waiting), 2U);
}

TEST_P(VillageStore, NothingThatWasWrittenStandsInTheAuditLog) {
  auto const id = add(made(), "a");
  step(regional, id, Step::decline, "Купуя себеп");
  step(regional, id, Step::reopen);
  step(regional, id, Step::pass_on);
  auto const log = world.database().read(
      [](db::Reader& read) { return read.all<std::string>("select action || ' ' || changes from audit where object = 'village_invitation'"); });
  EXPECT_THAT(log, SizeIs(4));
  for (auto const& line : log)
    for (auto const* word : {"Купуя", "Жамиля", "700", "Балдар", "Кум"}) EXPECT_EQ(line.find(word), std::string::npos) << line;
}

TEST_P(VillageStore, WhatWasPassedOnIsForgottenAfterAWeek) {
  auto const passed = add(made(), "a"), waiting = add(made(), "b");
  step(regional, passed, Step::pass_on);
  EXPECT_EQ(forget_after(days(6)), 0);
  EXPECT_EQ(forget_after(days(2)), 1);
  EXPECT_TRUE(holds_nothing(passed));
  EXPECT_FALSE(holds_nothing(waiting));
  EXPECT_EQ(failure(regional, passed, Step::reopen), Failure::conflict);
}

TEST_P(VillageStore, AContactIsForgottenAMonthAfterTheAnswer) {
  auto const answered = add(made(), "a"), declined = add(made(), "b");
  step(regional, answered, Step::answer);
  step(regional, declined, Step::decline, "Алыс");
  EXPECT_EQ(forget_after(days(29)), 0);
  EXPECT_EQ(forget_after(days(2)), 2);
  EXPECT_TRUE(holds_nothing(answered) && holds_nothing(declined));
}

TEST_P(VillageStore, AfterTheEditionNoContactIsLeft) {
  auto const waiting = add(made(), "a");
  auto const last = world.edition().closing_until;
  EXPECT_EQ(forget_after(days(days_between(world.today(), last))), 0) << "its last day";
  EXPECT_EQ(forget_after(days(1)), 1);
  EXPECT_TRUE(holds_nothing(waiting));
  EXPECT_EQ(forget_after(days(1)), 0) << "once is enough";
}

TEST_P(VillageStore, TheNightlyJobForgets) {
  auto const passed = add(made(), "a");
  step(national, passed, Step::pass_on);
  world.clock().set(world.clock().now() + days(8));
  EXPECT_EQ(run(forgetting(world.services())), (jobs::Worker::Done{1, 0}));
  EXPECT_TRUE(holds_nothing(passed));
}

TEST_P(VillageStore, TheCoordinatorIsRemindedOnceAfterThreeWorkingDaysWithoutAWordOfIt) {
  add(made(), "a");
  world.clock().set(world.clock().now() + days(2));
  run(invitation_reminders(world.services()));
  EXPECT_THAT(mails(), IsEmpty()) << "a weekend is no working time";
  world.clock().set(world.clock().now() + days(2));
  run(invitation_reminders(world.services()));
  run(invitation_reminders(world.services()));
  ASSERT_THAT(mails(), SizeIs(1));
  EXPECT_EQ(mails().front().recipient, "naryn@example.org");
  for (auto const* word : {"Жамиля", "700", "Балдар", "Кум"}) EXPECT_EQ(mails().front().text.find(word), std::string::npos);
}

TEST_P(VillageStore, WhereNobodyOfTheRegionReadsMailTheNationalCoordinatorsDo) {
  add(made("nooken"), "a");
  world.clock().set(world.clock().now() + days(5));
  run(invitation_reminders(world.services()));
  ASSERT_THAT(mails(), SizeIs(1));
  EXPECT_EQ(mails().front().recipient, "national@example.org");
}

TEST_P(VillageStore, AnActivityIsLinkedByThoseAloneWhoMayKnowOfTheInvitation) {
  auto const id = add(made(), "a");
  activity::ActivityId const activity{77};
  auto const link = [&](account::Person const& who) {
    return world.database().write([&](db::Tx& tx) { return link_activity(tx, who, id.value, activity, world.clock().now()); });
  };
  EXPECT_FALSE(link(elsewhere));
  EXPECT_FALSE(find(id).activity);
  EXPECT_TRUE(link(regional));
  EXPECT_EQ(find(id).activity, activity);
  EXPECT_EQ(find(id).state, "answering");
  step(regional, id, Step::answer);
  EXPECT_FALSE(link(regional)) << "it is answered";
}

TEST_P(VillageStore, WhatWaitsIsCountedByDistrict) {
  add(made("kochkor"), "a");
  add(made("kochkor"), "b");
  auto city = made("nooken");
  city.place = city.region = world.place("osh-city");
  city.district.reset();
  add(city, "c");
  auto const taken = add(made("jumgal"), "d");
  step(regional, taken, Step::take);
  auto const counts = world.database().read([&](db::Reader& read) { return waiting_by_place(read, world.edition().id); });
  EXPECT_EQ(counts, (std::map<place::PlaceId, std::int64_t>{{world.place("kochkor"), 2}, {world.place("osh-city"), 1}}));
}

}  // namespace
}  // namespace birge::village
