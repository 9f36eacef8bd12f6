#include "features/activity/tally/tally_scope.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/activity/activity_jobs.hpp"
#include "features/activity/activity_testing.hpp"
#include "platform/db/migrations.hpp"

namespace birge::activity {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using testing::Maker;
using testing::World;

constexpr std::string_view numbers = "\t6 1 0 5 0 0 0 120 150 0 0 0 0 0 0";

std::string line(std::string_view head) { return std::string(head) + std::string(numbers); }

TEST(ScopeLines, AreReadAsTheyAreWritten) {
  ScopeLines const lines(line("district 7 region 12") + "\n" + line("kind 3 a_b") + "\n" + line("topic 2 "));
  ASSERT_EQ(lines.all().size(), 3U);
  ASSERT_EQ(lines.at("district").size(), 1U);
  auto const& district = lines.at("district").front();
  EXPECT_EQ(district.key, "region 12");
  EXPECT_EQ(district.planned(), 7);
  EXPECT_EQ(district.numbers[Measure::held], 6);
  EXPECT_EQ(district.numbers[Measure::reported_high], 150);
  EXPECT_EQ(district.numbers[Measure::audience_confirmed_high], 0);
  EXPECT_EQ(lines.at("topic").front().key, "");
  EXPECT_TRUE(lines.at("week").empty());
  EXPECT_TRUE(ScopeLines("").all().empty());
}

TEST(ScopeLines, InTheOrderOfAnEngineArePutInThatOfTheirBytes) {
  ScopeLines const lines(line("week 3 2018-09-10") + "\n" + line("kind 1 b") + "\n" + line("kind 12 a_b"));
  ASSERT_EQ(lines.at("kind").size(), 2U);
  EXPECT_EQ(lines.at("kind").front().key, "a_b");
  EXPECT_EQ(lines.at("week").front().planned(), 3);
}

TEST(ScopeLines, ThatAreNoneAreRefused) {
  for (auto const* const text : {"kind", "kind 7", "kind 7 lecture", "kind seven lecture\t1", "kind  lecture\t1", " ", "\n"})
    EXPECT_THROW(ScopeLines{std::string(text)}, db::Error) << text;
  for (auto const* const others : {"", "1", "6 1 0 5 0 0 0 120 150 0 0 0 0 0", "6 1 0 5 0 0 0 120 150 0 0 0 0 0 0 ",
                                   "6 1 0 5 0 0 0 120 150 0 0 0 0 0 0 9", "6 1 0 5 0 0 0 120 150 0 0 0 0 0 x", "6,1 0 5 0 0 0 120 150 0 0 0 0 0 0"})
    EXPECT_THROW(ScopeLines("kind 7 lecture\t" + std::string(others)), db::Error) << others;
}

class Scopes : public ::testing::TestWithParam<db::Engine> {};
INSTANTIATE_TEST_SUITE_P(BothEngines, Scopes, db::both_engines(), db::engine_name);

std::optional<std::int64_t> planned_lectures(World& world) {
  auto const lines = world.ask([&](Store& store) { return store.planned_by(world.edition().id, PlaceId{}); });
  for (auto const& line : lines.at("kind"))
    if (line.key == "lecture") return line.planned();
  return std::nullopt;
}

bool fresh(World& world) {
  return world.database().read([&](db::Reader& read) { return fresh_scope(read, world.edition().id.value, 0).has_value(); });
}

jobs::Worker refreshing(World& world) { return {world.database(), world.clock(), world.ids(), {scopes_refreshed()}, {scopes_refreshed_often()}}; }

void report(World& world, ActivityId id, std::int64_t heads) {
  auto const stored = world.find(id);
  auto reported = stored;
  reported.state = State::reported;
  if (!reported.result) reported.result = Result{};
  reported.result->attendance = Count{heads, heads};
  world.replace(reported, stored);
}

TEST_P(Scopes, FollowWhatIsPlannedAtOnceAndResultsWithTheJob) {
  World world(GetParam());
  auto const before = planned_lectures(world).value_or(0);
  auto const id = world.add(world.plain());
  EXPECT_EQ(planned_lectures(world), before + 1);
  EXPECT_TRUE(fresh(world));

  report(world, id, 40);
  EXPECT_FALSE(fresh(world));
  EXPECT_EQ(planned_lectures(world), before + 1);
  EXPECT_EQ(world.wrong_tallies(), std::vector<std::string>{});

  // Something else is planned: its scopes are made anew and know the result as well.
  world.add(world.plain("Дагы бир лекция"));
  EXPECT_TRUE(fresh(world));
  EXPECT_EQ(planned_lectures(world), before + 2);

  report(world, id, 45);
  EXPECT_FALSE(fresh(world));
  world.database().write([](db::Tx& tx) { refresh_scopes(tx); });
  EXPECT_TRUE(fresh(world));
  EXPECT_EQ(world.wrong_tallies(), std::vector<std::string>{});
  world.database().read([&](db::Reader& read) {
    auto const lines = fresh_scope(read, world.edition().id.value, 0).value();
    for (auto const& line : lines.at("total")) EXPECT_GE(line.numbers[Measure::reported_high], 45);
  });
}

TEST_P(Scopes, AreRefreshedEveryFiveMinutesAtMostAndNothingIsWrittenWhereNothingIsStale) {
  World world(GetParam());
  auto const id = world.add(world.plain());
  auto jobs = refreshing(world);
  auto const number = [&] { return world.database().read([](db::Reader& read) { return read.one<std::int64_t>("select number from revision"); }); };
  jobs.run_due();  // seen for the first time
  world.clock().set(world.clock().now() + std::chrono::minutes(6));
  auto const before = number();
  EXPECT_EQ(jobs.run_due(), (jobs::Worker::Done{0, 0}));
  EXPECT_EQ(number(), before);  // pages that somebody keeps stay good
  report(world, id, 40);
  EXPECT_EQ(jobs.run_due(), (jobs::Worker::Done{1, 0}));  // its moment had come
  EXPECT_TRUE(fresh(world));
  report(world, id, 41);
  EXPECT_EQ(jobs.run_due(), (jobs::Worker::Done{0, 0}));
  EXPECT_FALSE(fresh(world));
  world.clock().set(world.clock().now() + std::chrono::minutes(6));
  EXPECT_EQ(jobs.run_due(), (jobs::Worker::Done{1, 0}));
  EXPECT_TRUE(fresh(world));
}

TEST_P(Scopes, AreGoneWithTheirLastActivity) {
  World world(GetParam());
  auto plain = world.plain();
  plain.edition = world.facts().edition("2017")->id;
  auto const rows = [&] {
    return world.database().read(
        [&](db::Reader& read) { return read.one<std::int64_t>("select count(*) from tally_scope where edition = $1", plain.edition); });
  };
  auto const before = rows();
  auto const id = world.add(plain);
  EXPECT_GT(rows(), before);
  auto taken_back = world.find(id);
  taken_back.state = State::draft;
  world.replace(taken_back, world.find(id));
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(world.wrong_tallies(), std::vector<std::string>{});
}

TEST_P(Scopes, AreFilledInWhereThereWereTalliesBefore) {
  World world(GetParam());
  Maker maker(world, 23);
  for (int i = 0; i < 5; ++i) world.add(maker.make());
  auto const migrations = db::embedded_migrations();
  auto const step = std::ranges::find(migrations, 25, &db::Migration::number);
  ASSERT_NE(step, migrations.end());
  world.database().write([&](db::Tx& tx) {
    tx.run("drop table tally_scope");
    tx.connection().script(db::migration_text(step->sql, tx.engine()));
  });
  EXPECT_TRUE(fresh(world));
  EXPECT_EQ(world.wrong_tallies(), std::vector<std::string>{});
}

TEST_P(Scopes, ThatAreWrongAreFoundAndMadeAnew) {
  World world(GetParam());
  Maker maker(world, 17);
  for (int i = 0; i < 5; ++i) world.add(maker.make());
  world.database().write([&](db::Tx& tx) {
    EXPECT_GT(tx.run("update tally_scope set lines = $1 where region = 0", line("kind 70 lecture") + "\n" + line("topic 2 ")), 0);
  });
  EXPECT_THAT(world.wrong_tallies(), Contains(HasSubstr("tally_scope")));
  world.database().write([&](db::Tx& tx) {
    tx.run("update tally_scope set lines = 'damaged'");
    tx.run("update activity set co_hosted = 1 - co_hosted");
  });
  EXPECT_THAT(world.wrong_tallies(), Contains(HasSubstr("cannot be read")));
  EXPECT_THAT(world.wrong_tallies(), Contains(HasSubstr("co_hosted")));
  world.database().write([&](db::Tx& tx) { rebuild_tallies(tx, world.facts()); });
  EXPECT_EQ(world.wrong_tallies(), std::vector<std::string>{});
}

}  // namespace
}  // namespace birge::activity
