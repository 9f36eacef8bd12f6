#include "features/activity/tally/tally.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "features/activity/activity_testing.hpp"

namespace birge::activity {
namespace {

using testing::day;
using testing::Maker;
using testing::World;

Result counted_result(Count attendance, std::vector<Cell> cells = {}) {
  return {.version = 1,
          .method = "",
          .attendance = attendance,
          .audience = {},
          .cells = std::move(cells),
          .counted_by = {},
          .reported_day = day("2018-10-01"),
          .narrative = {}};
}

class ActivityTallies : public ::testing::TestWithParam<db::Engine> {};
INSTANTIATE_TEST_SUITE_P(BothEngines, ActivityTallies, db::both_engines(), db::engine_name);

/// One change that somebody may make.
void change(Activity& activity, Maker& maker, int what) {
  switch (what) {
    case 0: activity.state = State::cancelled; break;
    case 1:
      activity.moved_from_day = activity.day;
      activity.day = activity.day.plus(9);
      activity.end_day = activity.end_day.plus(9);
      break;
    case 2:
      activity.state = State::reported;
      activity.result = maker.result(activity);
      break;
    case 3: activity.state = State::confirmed; break;
    case 4: activity.is_public = !activity.is_public; break;
    case 5: activity.state = State::draft; break;
    default: {
      auto const other = maker.make();
      activity.place = other.place;
      activity.reach = other.reach;
      activity.places = other.places;
      activity.kind = other.kind;
      activity.sensitive = other.sensitive;
      activity.topics = other.topics;
      activity.co_hosts = other.co_hosts;
    }
  }
}

TEST_P(ActivityTallies, AgreeWithTheActivitiesAfterEveryChange) {
  World world(GetParam());
  Maker maker(world, 11);
  std::vector<ActivityId> ids;
  for (int i = 0; i < 30; ++i) {
    ids.push_back(world.add(maker.make()));
    auto const stored = world.find(ids[static_cast<std::size_t>(maker.below(static_cast<int>(ids.size())))]);
    auto changed = stored;
    change(changed, maker, static_cast<int>(maker.below(7)));
    world.replace(changed, stored);
    ASSERT_EQ(world.wrong_tallies(), std::vector<std::string>{}) << "after change " << i;
  }
}

TEST_P(ActivityTallies, AreTheSameWhenRebuilt) {
  World world(GetParam());
  Maker maker(world, 13);
  for (int i = 0; i < 20; ++i) world.add(maker.make());
  world.database().write([&](db::Tx& tx) { rebuild_tallies(tx, world.facts()); });
  EXPECT_EQ(world.wrong_tallies(), std::vector<std::string>{});
}

TEST(ActivityTally, AddingAndTakingAwayLeavesNothing) {
  World world(db::Engine::sqlite);
  EXPECT_TRUE(rc::check("what an activity adds is what it takes away", [&] {
    Maker maker(world, *rc::gen::arbitrary<std::uint32_t>());
    std::vector<Activity> activities;
    for (int i = 0; i < 5; ++i) activities.push_back(maker.make());
    Tallies tallies;
    for (auto const& activity : activities) tallies.add(activity, world.facts());
    for (auto const& activity : activities) tallies.add(activity, world.facts(), -1);
    for (auto const& [key, numbers] : tallies.rows()) RC_ASSERT(numbers.zero());
    for (auto const& [key, numbers] : tallies.people()) RC_ASSERT(numbers == PeopleNumbers{});
  }));
}

TEST(ActivityTally, PeopleAlwaysAddUpToTheAttendances) {
  World world(db::Engine::sqlite);
  EXPECT_TRUE(rc::check("cells, withheld, unknown and differing heads together are the attendances", [&] {
    Maker maker(world, *rc::gen::arbitrary<std::uint32_t>());
    Tallies tallies;
    for (int i = 0; i < 8; ++i) tallies.add(maker.make(), world.facts());
    PeopleNumbers sum{};
    for (auto const& [key, numbers] : tallies.people())
      if (std::get<1>(key) == 0)
        for (std::size_t i = 0; i < 4; ++i) sum[i] += numbers[i];
    Numbers total;
    for (auto const& [key, numbers] : tallies.rows())
      if (std::get<1>(key) == 0 && std::get<2>(key) == "total") total.add(numbers);
    RC_ASSERT(sum[0] == total[Measure::reported_low]);
    RC_ASSERT(sum[1] == total[Measure::reported_high]);
    RC_ASSERT(sum[2] == total[Measure::confirmed_low]);
    RC_ASSERT(sum[3] == total[Measure::confirmed_high]);
  }));
}

TEST(ActivityTally, EveryTableByPlaceAddsUpToTheTotal) {
  World world(db::Engine::sqlite);
  EXPECT_TRUE(rc::check("regions and districts have rows for all activities", [&] {
    Maker maker(world, *rc::gen::arbitrary<std::uint32_t>());
    Tallies tallies;
    for (int i = 0; i < 20; ++i) tallies.add(maker.make(), world.facts());
    std::map<std::string, std::int64_t> planned;
    for (auto const& [key, numbers] : tallies.rows())
      if (std::get<1>(key) == 0) planned[std::get<2>(key)] += numbers[Measure::planned];
    for (auto const* dimension : {"region", "district", "week", "kind"}) RC_ASSERT(planned[dimension] == planned["total"]);
  }));
}

TEST(ActivityTally, ADraftCountsNowhere) {
  World world(db::Engine::sqlite);
  Tallies tallies;
  for (auto const state : {State::draft, State::proposed, State::returned}) {
    auto activity = world.plain();
    activity.state = state;
    tallies.add(activity, world.facts());
  }
  EXPECT_TRUE(tallies.rows().empty());
}

TEST(ActivityTally, ACancelledActivityWithCountsAddsNoAttendances) {
  World world(db::Engine::sqlite);
  auto activity = world.plain();
  activity.state = State::cancelled;
  activity.result = counted_result({50, 50});
  Tallies tallies;
  tallies.add(activity, world.facts());
  EXPECT_TRUE(tallies.people().empty());
  EXPECT_EQ(tallies.rows().at({activity.edition.value, 0, "total", ""})[Measure::reported_high], 0);
}

TEST(ActivityTally, ASensitiveKindGivesNoSexOrAge) {
  World world(db::Engine::sqlite);
  auto activity = world.plain();
  activity.kind = "legal_consultation";
  activity.sensitive = true;
  activity.state = State::reported;
  activity.result = counted_result({9, 9}, {{Sex::female, "adult", {9, 9}}});
  Tallies tallies;
  tallies.add(activity, world.facts());
  for (auto const& [key, numbers] : tallies.people()) EXPECT_EQ(std::get<2>(key), "withheld");
}

TEST(ActivityTally, PartsAboveTheTotalStandUnderDiffers) {
  World world(db::Engine::sqlite);
  auto activity = world.plain();
  activity.state = State::reported;
  activity.result = counted_result({10, 10}, {{Sex::female, "adult", {12, 12}}});
  Tallies tallies;
  tallies.add(activity, world.facts());
  EXPECT_EQ(tallies.people().at({activity.edition.value, 0, "differs", "differs"}), (PeopleNumbers{-2, -2, 0, 0}));
}

TEST(ActivityTally, ACoHostedActivityCountsOnceInTheTotalAndOnceForEachHost) {
  World world(db::Engine::sqlite);
  auto activity = world.plain();
  activity.co_hosts = {world.organisation(1), world.organisation(2)};
  Tallies tallies;
  tallies.add(activity, world.facts());
  std::int64_t hosts = 0;
  for (auto const& [key, numbers] : tallies.rows())
    if (std::get<1>(key) == 0 && std::get<2>(key) == "organisation") hosts += numbers[Measure::planned];
  EXPECT_EQ(hosts, 3);
  auto const& total = tallies.rows().at({activity.edition.value, 0, "total", ""});
  EXPECT_EQ(total[Measure::planned], 1);
  EXPECT_EQ(total[Measure::co_hosted], 1);
}

}  // namespace
}  // namespace birge::activity
