#include "features/gap/gap_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "features/activity/activity_testing.hpp"
#include "features/activity/tally/tally.hpp"
#include "features/insight/insight.hpp"
#include "features/work/work_testing.hpp"

namespace birge::gap {
namespace {

using activity::Filter;
using activity::State;
using activity::testing::day;
using activity::testing::made_world;
using activity::testing::World;

class GapStore : public ::testing::TestWithParam<db::Engine> {
protected:
  World& world = made_world(GetParam());
  template <class Function>
  auto ask(Function&& function) {
    return world.database().read([&](db::Reader& read) {
      Store store(read);
      return function(store);
    });
  }
  std::int64_t listed(Filter const& filter) {
    return world.ask([&](activity::Store& store) { return store.totals(filter, world.facts(), world.today()).planned; });
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, GapStore, db::both_engines(), db::engine_name);

void expect_tallies_say_what_activities_say(World& world) {
  auto const edition = world.edition().id;
  auto const tallied = world.database().read([&](db::Reader& read) { return Store(read).seen(edition, {}, world.today()); });
  auto counted = world.database().read([&](db::Reader& read) { return Store(read).seen_from_activities(edition, {}, world.today()); });
  // Of an oblast and of what lies in no place the latest day is not asked for.
  auto const list = spots(*world.facts().places);
  for (auto& [key, seen] : counted)
    if (std::ranges::none_of(list, [wanted = key](Spot const& spot) { return spot.key == wanted; })) seen.last.reset(), seen.next.reset();
  EXPECT_EQ(tallied.size(), counted.size());
  for (auto const& [key, seen] : counted) {
    ASSERT_TRUE(tallied.contains(key)) << key;
    EXPECT_EQ(tallied.at(key), seen) << key << ": " << tallied.at(key).planned << "/" << seen.planned;
  }
}

TEST_P(GapStore, TheTalliesSayWhatTheActivitiesSay) { expect_tallies_say_what_activities_say(world); }

TEST_P(GapStore, TheTalliesOfAClosingSayWhatTheActivitiesSaidWhateverIsCorrectedLater) {
  work::testing::WorkWorld closing(GetParam());
  activity::testing::Maker maker(closing, 11);
  auto planned = closing.plain("Сабак");
  planned.place = closing.place("kochkor");
  planned.result = maker.result(planned);
  auto const id = closing.add(planned);
  for (int i = 0; i < 60; ++i) closing.add(maker.make());
  closing.close_edition();
  auto const key = std::to_string(closing.place("kochkor").value);
  auto const held = [&] {
    return closing.database().read([&](db::Reader& read) { return Store(read).seen(closing.edition().id, {}, closing.today()).at(key).held; });
  };
  auto const before = held();
  auto const stored = closing.find(id);
  auto corrected = stored;
  corrected.state = State::reported;
  closing.replace(corrected, stored);
  EXPECT_EQ(held(), before);
  expect_tallies_say_what_activities_say(closing);
}

TEST_P(GapStore, EveryNumberIsThatOfTheListItOpens) {
  for (auto const& narrow :
       {Narrow{}, Narrow{"lecture", "", ""}, Narrow{"", "pupils", ""}, Narrow{"", "", "safe_migration"}, Narrow{"", "pupils", "safe_migration"}}) {
    auto const seen = ask([&](Store& store) { return store.seen(world.edition().id, narrow, world.today()); });
    std::int64_t checked = 0;
    for (auto const& spot : spots(*world.facts().places)) {
      Filter filter;
      filter.edition = world.edition().id;
      filter.place = spot.place;
      filter.kind = narrow.kind;
      filter.audience = narrow.audience;
      filter.topic = narrow.topic;
      auto const found = seen.find(spot.key);
      auto const expected = found == seen.end() ? Seen{} : found->second;
      EXPECT_EQ(listed(filter), expected.planned) << spot.key;
      filter.status = Filter::Status::held;
      EXPECT_EQ(listed(filter), expected.held) << spot.key;
      checked += expected.planned;
    }
    EXPECT_GT(checked, 0);
  }
}

TEST_P(GapStore, TheWeeksAddUpToThePlaces) {
  for (auto const& narrow : {Narrow{}, Narrow{"lecture", "", ""}, Narrow{"", "pupils", "safe_migration"}}) {
    auto const seen = ask([&](Store& store) { return store.seen(world.edition().id, narrow, world.today()); });
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> sums;
    for (auto const& week : ask([&](Store& store) { return store.cells(world.edition().id, {}, narrow, By::week); }))
      sums[week.key].first += week.planned, sums[week.key].second += week.held;
    EXPECT_EQ(sums.size(), seen.size());
    for (auto const& [key, place] : seen) EXPECT_EQ(sums[key], std::pair(place.planned, place.held)) << key;
  }
}

TEST_P(GapStore, EveryCellOfAGridIsThatOfTheListItOpens) {
  for (auto const by : {By::week, By::audience, By::kind, By::topic})
    for (auto const& narrow :
         {Narrow{}, Narrow{"lecture", "", ""}, Narrow{"", "pupils", ""}, Narrow{"", "", "safe_migration"}, Narrow{"", "pupils", "safe_migration"}}) {
      auto const cells = ask([&](Store& store) { return store.cells(world.edition().id, {}, narrow, by); });
      EXPECT_FALSE(cells.empty());
      for (auto const& cell : cells) {
        Filter filter;
        filter.edition = world.edition().id;
        filter.kind = narrow.kind;
        filter.audience = narrow.audience;
        filter.topic = narrow.topic;
        if (by == By::week) filter.week = day(cell.column.c_str());
        if (by == By::audience) filter.audience = cell.column;
        if (by == By::kind) filter.kind = cell.column;
        if (by == By::topic) filter.topic = cell.column;
        if (by == By::audience && !narrow.audience.empty()) { EXPECT_EQ(cell.column, narrow.audience); }
        if (by == By::topic && !narrow.topic.empty()) { EXPECT_EQ(cell.column, narrow.topic); }
        filter = insight::narrowed(filter, "district", cell.key);
        EXPECT_EQ(listed(filter), cell.planned) << cell.key << ' ' << cell.column;
        filter.status = Filter::Status::held;
        EXPECT_EQ(listed(filter), cell.held) << cell.key << ' ' << cell.column;
      }
    }
}

TEST_P(GapStore, TheWeeksOfARegionAreItsOwn) {
  auto const naryn = world.place("naryn");
  auto const weeks = ask([&](Store& store) { return store.cells(world.edition().id, naryn, {}, By::week); });
  std::int64_t sum = 0;
  for (auto const& week : weeks) sum += week.planned;
  Filter filter;
  filter.edition = world.edition().id;
  filter.place = naryn;
  EXPECT_EQ(sum, listed(filter));
}

TEST_P(GapStore, WhoIsActiveSomewhereOpensToTheSameNumber) {
  int checked = 0;
  for (auto const& spot : spots(*world.facts().places)) {
    bool const is_region = spot.place == spot.region;
    for (auto const& active : ask([&](Store& store) { return store.active(world.edition().id, spot.place, is_region, world.today()); })) {
      Filter filter;
      filter.edition = world.edition().id;
      filter.place = spot.place;
      filter.organisation = active.organisation;
      EXPECT_EQ(listed(filter), active.planned);
      filter.status = Filter::Status::held;
      EXPECT_EQ(listed(filter), active.held);
      EXPECT_EQ(active.last.has_value(), active.held > 0) << "a plan ahead is nothing that was held";
      EXPECT_GE(active.next.value_or(world.today()), world.today());
      ++checked;
    }
  }
  EXPECT_GT(checked, 20);
}

TEST_P(GapStore, ADraftIsNoActivityYet) {
  World fresh(GetParam());
  auto draft = fresh.plain();
  draft.state = State::draft;
  draft.place = fresh.place("kochkor");
  fresh.add(draft);
  auto const seen = fresh.database().read([&](db::Reader& read) { return Store(read).seen(fresh.edition().id, {}, fresh.today()); });
  EXPECT_TRUE(seen.empty());
}

TEST_P(GapStore, WhatLastsWasThereUntilItsLastDayOrIsThereToday) {
  World fresh(GetParam());
  auto lasting = fresh.plain("Көргөзмө");
  lasting.state = State::held;
  lasting.place = fresh.place("kochkor");
  lasting.day = day("2018-10-01");
  lasting.end_day = day("2018-10-30");
  fresh.add(lasting);
  auto const key = std::to_string(fresh.place("kochkor").value);
  auto const last = [&](Narrow const& narrow, char const* today) {
    return fresh.database().read([&](db::Reader& read) { return Store(read).seen(fresh.edition().id, narrow, day(today)).at(key).last; });
  };
  for (auto const& narrow : {Narrow{}, Narrow{"lecture", "", ""}}) {
    EXPECT_EQ(last(narrow, "2018-10-29"), day("2018-10-29"));
    EXPECT_EQ(last(narrow, "2018-11-20"), day("2018-10-30"));
  }
  auto const active = fresh.database().read(
      [&](db::Reader& read) { return Store(read).active(fresh.edition().id, fresh.place("kochkor"), false, day("2018-11-20")); });
  ASSERT_EQ(active.size(), 1U);
  EXPECT_EQ(active.front().last, day("2018-10-30"));
}

}  // namespace
}  // namespace birge::gap
