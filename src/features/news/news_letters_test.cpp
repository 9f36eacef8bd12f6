#include "features/news/news_letters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/news/news_pages.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_testing.hpp"
#include "platform/jobs/jobs.hpp"

namespace birge::news {
namespace {

using namespace std::chrono_literals;
using notice::Rhythm;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using work::Action;
using work::testing::day;
using work::testing::Person;
using work::testing::WorkWorld;

class Letters : public ::testing::TestWithParam<db::Engine> {
protected:
  void SetUp() override {
    for (auto const* person : {&world.focal, &world.regional, &world.second}) {
      auto const login = id_text(person->id) + "@example.org";
      world.database().write(
          [&](db::Tx& tx) { tx.run("insert into account_login (login, account, kind) values ($1, $2, 'email')", login, person->id); });
    }
    at("2018-10-22", 7 * 60);  // a Monday
    run();                     // seen for the first time, a schedule begins at its next moment
  }

  struct Sent {
    std::string recipient, subject, body, headers;
  };
  std::vector<Sent> mails() {
    return world.database().read([&](db::Reader& read) { return read.all<Sent>("select recipient, subject, body, headers from mail order by job"); });
  }
  void forget_mails() {
    world.database().write([&](db::Tx& tx) { tx.run("delete from job where kind = 'mail'"); });
  }
  void at(char const* date, int minutes) { world.clock().set(instant_of(day(date), minutes, world.facts().time_zone)); }
  /// What a server does; each call is a new one, as after a restart.
  void run() {
    jobs::Worker worker(world.database(), world.clock(), world.ids(), {letter(world.services()), digests(world.services())}, {digests_daily()});
    EXPECT_EQ(worker.run_due().failed, 0);
  }
  void choose(Person const& person, Rhythm rhythm) {
    world.database().write([&](db::Tx& tx) { notice::save_setting(tx, person.id, {rhythm, rhythm, rhythm}, world.clock().now()); });
  }
  work::ActivityId propose() {
    auto const id = world.create_draft(world.focal);
    world.step(world.focal, id, Action::propose);
    return id;
  }
  std::vector<std::string> recipients() {
    std::vector<std::string> list;
    for (auto const& mail : mails()) list.push_back(mail.recipient);
    std::ranges::sort(list);
    return list;
  }
  /// So many acts, each at a moment of its own; and the letters in English.
  void tell_many(Person const& person, int count) {
    world.database().write([&](db::Tx& tx) {
      tx.run("update account set language = 'en' where id = $1", person.id);
      notice::News news;
      news.event = notice::Event::role_ended;
      for (int i = 0; i < count; ++i) notice::tell(tx, world.ids(), news, {person.id}, world.clock().now() + std::chrono::milliseconds(i));
    });
  }
  static int lines_of(std::string const& body) {
    int lines = 0;
    for (auto at = body.find("\n- "); at != std::string::npos; at = body.find("\n- ", at + 1)) ++lines;
    return lines;
  }
  std::size_t waiting(Person const& person) {
    return world.database().read([&](db::Reader& read) {
      auto const reader = notice::reader(read, person.id);
      return notice::unsent(read, *reader, Rhythm::daily, 1000).size();
    });
  }
  std::string address(Person const& person) { return id_text(person.id) + "@example.org"; }

  WorkWorld world{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, Letters, db::both_engines(), db::engine_name);

TEST_P(Letters, NothingNewIsNoLetter) {
  at("2018-10-22", 8 * 60 + 1);
  run();
  EXPECT_THAT(mails(), IsEmpty());
}

TEST_P(Letters, ADailyLetterComesAtEightAndNeverTwice) {
  propose();
  at("2018-10-22", 7 * 60 + 59);
  run();
  EXPECT_THAT(mails(), IsEmpty()) << "not before eight";
  at("2018-10-22", 8 * 60 + 1);
  run();
  EXPECT_THAT(recipients(), ::testing::UnorderedElementsAre(address(world.regional), address(world.second)));
  run();
  EXPECT_THAT(mails(), SizeIs(2));
  // The schedule lost its place, as after a restored backup: the period was written already.
  world.database().write([&](db::Tx& tx) { tx.run("update job_schedule set due = $1", world.clock().now() - 1h); });
  run();
  EXPECT_THAT(mails(), SizeIs(2));
}

TEST_P(Letters, AClockThatWasSetBackSendsNothingAgain) {
  propose();
  at("2018-10-22", 8 * 60 + 1);
  run();
  forget_mails();
  at("2018-10-19", 9 * 60);
  world.database().write([&](db::Tx& tx) { tx.run("update job_schedule set due = $1", world.clock().now() - 1h); });
  run();
  EXPECT_THAT(mails(), IsEmpty());
}

TEST_P(Letters, AJobThatWasDoneHalfStoresNothing) {
  propose();
  at("2018-10-22", 8 * 60 + 1);
  auto const finish = digests(world.services()).handler({});
  world.database().write([&](db::Tx& tx) { finish(tx); });
  // The program dies after a letter was made and before it was stored; another one makes it anew.
  jobs::Job const job{1, std::string(notice::letter_kind), notice::letter_payload(world.regional.id, Rhythm::daily)};
  auto const first = letter(world.services()).handler(job), again = letter(world.services()).handler(job);
  world.database().write([&](db::Tx& tx) { again(tx); });
  EXPECT_THROW(world.database().write([&](db::Tx& tx) { first(tx); }), std::runtime_error);
  EXPECT_THAT(recipients(), ElementsAre(address(world.regional)));
}

TEST_P(Letters, OnAHolidayAndAtTheWeekendNoneComes) {
  EXPECT_THAT(due_rhythms(day("2018-10-20"), {}), IsEmpty());
  EXPECT_THAT(due_rhythms(day("2018-10-21"), {}), IsEmpty());
  EXPECT_THAT(due_rhythms(day("2018-10-22"), {{day("2018-10-22"), day("2018-10-22")}}), IsEmpty());
  EXPECT_THAT(due_rhythms(day("2018-10-23"), {}),
              ElementsAre(std::pair(Rhythm::daily, day("2018-10-23")), std::pair(Rhythm::weekly, day("2018-10-22"))));
}

TEST_P(Letters, AWeeklyLetterComesOnceAWeek) {
  choose(world.regional, Rhythm::weekly);
  choose(world.second, Rhythm::none);
  propose();
  at("2018-10-22", 8 * 60 + 1);
  run();
  EXPECT_THAT(recipients(), ElementsAre(address(world.regional)));
  propose();
  for (auto const* date : {"2018-10-23", "2018-10-24", "2018-10-26"}) {
    at(date, 8 * 60 + 1);
    run();
  }
  EXPECT_THAT(mails(), SizeIs(1));
  at("2018-10-29", 8 * 60 + 1);
  run();
  EXPECT_THAT(mails(), SizeIs(2));
}

TEST_P(Letters, WhoWantsThemAtOnceGetsOneForWhatHappenedTogether) {
  choose(world.second, Rhythm::now);
  choose(world.regional, Rhythm::none);
  propose();
  propose();
  run();
  ASSERT_THAT(recipients(), ElementsAre(address(world.second)));
  run();
  EXPECT_THAT(mails(), SizeIs(1));
}

TEST_P(Letters, OfMoreThanItListsALetterGivesTheNumber) {
  tell_many(world.second, 45);
  at("2018-10-22", 8 * 60 + 1);
  run();
  ASSERT_THAT(mails(), SizeIs(1));
  auto const mail = mails().front();
  EXPECT_EQ(lines_of(mail.body), 40);
  EXPECT_THAT(mail.body, HasSubstr("And 5 more."));
  EXPECT_THAT(mail.subject, HasSubstr("45"));
  EXPECT_EQ(waiting(world.second), 0U) << "the next letter begins with what is new";
}

TEST_P(Letters, WhatDoesNotFitIntoOneComesInAnotherAtOnce) {
  tell_many(world.second, 403);
  at("2018-10-22", 8 * 60 + 1);
  run();
  ASSERT_THAT(mails(), SizeIs(2));
  std::vector<int> lines;
  for (auto const& mail : mails()) lines.push_back(lines_of(mail.body));
  EXPECT_THAT(lines, ::testing::UnorderedElementsAre(40, 3));
  EXPECT_EQ(waiting(world.second), 0U);
}

TEST_P(Letters, WhatWasReadOrIsOutOfSightIsInNone) {
  propose();
  world.end_roles(world.second);
  world.database().write(
      [&](db::Tx& tx) { notice::mark_all_seen(tx, world.regional.id, notice::list(tx, world.regional.id, 0, 1).front().id, world.clock().now()); });
  at("2018-10-22", 8 * 60 + 1);
  run();
  EXPECT_THAT(mails(), IsEmpty());
}

TEST_P(Letters, NoneHoldsATitleANameOrARemark) {
  auto draft = world.draft();
  draft.texts["ky"].title = "Өзгөчө аталыш";
  auto const id = world.create_draft(world.focal, draft);
  world.step(world.focal, id, Action::propose);
  http::Message message;
  message.path = "/work/activities/" + id_text(id) + "/remarks";
  world.ask_as(world.regional, message, work::add_remark, http::Parameters::of({{"remark", "Купуя сөз, @Айгүл"}}), {{"id", id_text(id)}},
               Language::ky);
  at("2018-10-22", 8 * 60 + 1);
  run();
  ASSERT_FALSE(mails().empty());
  for (auto const& mail : mails()) {
    for (auto const* secret : {"Өзгөчө аталыш", "Купуя", "Айгүл", "Данияр"}) EXPECT_THAT(mail.body + mail.subject, Not(HasSubstr(secret)));
    EXPECT_THAT(mail.headers, HasSubstr("List-Unsubscribe: <https://birge.example/ky/stop-letters/"));
    EXPECT_THAT(mail.headers, HasSubstr("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    EXPECT_THAT(mail.body, HasSubstr("https://birge.example/ky/work/activities/" + id_text(id)));
  }
}

TEST_P(Letters, OneNodeAfterAnotherNeverPutsTheSamePeriodIntoTheQueue) {
  auto const today = day("2018-10-22");
  auto const begin = [&](Day period, Day now) {
    return world.database().write([&](db::Tx& tx) { return notice::begin_period(tx, world.focal.id, Rhythm::daily, period, now.plus(7)); });
  };
  EXPECT_TRUE(begin(today, today));
  EXPECT_FALSE(begin(today, today));
  EXPECT_FALSE(begin(today.plus(-3), today.plus(-3)));
  EXPECT_TRUE(begin(today.plus(1), today.plus(1)));
  EXPECT_TRUE(begin(today.plus(400), today.plus(400)));
  EXPECT_TRUE(begin(today.plus(2), today.plus(2))) << "a clock that was wrong by a year blocks nothing";
}

}  // namespace
}  // namespace birge::news
