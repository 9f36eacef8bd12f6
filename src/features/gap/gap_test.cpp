#include "features/gap/gap.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "features/activity/activity_testing.hpp"
#include "features/activity/tally/tally.hpp"

namespace birge::gap {
namespace {

using activity::testing::day;
using activity::testing::World;
using ::testing::Contains;
using ::testing::Not;

TEST(Gap, NobodyIsReachedLessThanNotAtAll) {
  EXPECT_EQ(not_reached(1000, 5000, 1), 0);
  EXPECT_EQ(not_reached(1000, 0, 1), 1000);
  EXPECT_EQ(not_reached(1000, 100, 3), 300);
}

TEST(Gap, AWeekBegunCountsAndNoneAfterTheCampaign) {
  Time time{day("2018-09-10"), day("2018-12-10"), day("2018-10-20")};
  EXPECT_EQ(weeks_without({}, time), 6);
  EXPECT_EQ(weeks_without(day("2018-10-20"), time), 1);
  EXPECT_EQ(weeks_without(day("2018-10-13"), time), 2);
  EXPECT_EQ(weeks_without(day("2018-10-25"), time), 1) << "a clock that was set back";
  time.today = day("2019-06-01");
  EXPECT_EQ(weeks_without({}, time), 14);
  time.today = day("2018-08-01");
  EXPECT_EQ(weeks_without({}, time), 1) << "before it began";
}

TEST(Gap, PointsAreThousandsTimesWeeksAndHalfWhereSomethingComesSoon) {
  EXPECT_EQ(points(68'962, 6, false), 414);
  EXPECT_EQ(points(68'962, 6, true), 207);
  EXPECT_EQ(points(0, 14, false), 0);
  EXPECT_EQ(points(400, 1, false), 0);
  EXPECT_EQ(points(500, 1, false), 1);
}

TEST(Gap, DistancesAreThoseOfAGlobe) {
  EXPECT_DOUBLE_EQ(kilometres(42, 74, 42, 74), 0);
  EXPECT_NEAR(kilometres(0, 0, 0, 1), 111.19, 0.01);
  EXPECT_NEAR(kilometres(90, 0, -90, 0), 20015.1, 0.1);
  EXPECT_NEAR(kilometres(42.87, 74.59, 40.53, 72.80), 299, 2) << "Bishkek to Osh";
}

class GapRows : public ::testing::Test {
protected:
  World world{db::Engine::sqlite};
  place::Tree const& tree = *world.facts().places;
  Time time{world.edition().campaign_from, world.edition().campaign_until, world.today()};

  std::string key(char const* code) const { return std::to_string(world.place(code).value); }
  static Row const& row(std::vector<Row> const& rows, PlaceId place) {
    return *std::ranges::find_if(rows, [&](Row const& each) { return each.spot.place == place; });
  }
  std::size_t position(std::vector<Row> const& rows, char const* code) const {
    return static_cast<std::size_t>(&row(rows, world.place(code)) - rows.data());
  }
};

TEST_F(GapRows, EveryDistrictAndOshCityHaveARowAndNoOblastHas) {
  auto const list = spots(tree);
  EXPECT_EQ(list.size(), tree.districts().size() + 1);
  std::vector<PlaceId> places;
  for (auto const& spot : list) places.push_back(spot.place);
  EXPECT_THAT(places, Contains(world.place("osh-city")));
  for (auto const* code : {"naryn", "bishkek"}) EXPECT_THAT(places, Not(Contains(world.place(code)))) << code;
}

TEST_F(GapRows, InvitationsGoBeforePointsAndPointsBeforeTheRest) {
  auto const list = rows(tree, {}, {{world.place("toguz-toro"), 1}, {world.place("manas"), 3}}, time);
  EXPECT_EQ(position(list, "manas"), 0U);
  EXPECT_EQ(position(list, "toguz-toro"), 1U);
  for (std::size_t i = 3; i < list.size(); ++i) EXPECT_GE(list[i - 1].points, list[i].points);
}

TEST_F(GapRows, ALaterActivityAndAPlanForSoonMakeTheNeedSmaller) {
  SeenByKey seen;
  auto const before = row(rows(tree, seen, {}, time), world.place("kochkor")).points;
  seen[key("kochkor")] = {1, 1, 0, {}, day("2018-10-15"), {}};
  auto const after = row(rows(tree, seen, {}, time), world.place("kochkor"));
  EXPECT_LT(after.points, before);
  seen[key("kochkor")].next = day("2018-10-27");
  EXPECT_EQ(row(rows(tree, seen, {}, time), world.place("kochkor")).points, after.points / 2);
  seen[key("kochkor")].next = day("2018-11-27");
  EXPECT_EQ(row(rows(tree, seen, {}, time), world.place("kochkor")).points, after.points) << "not in two weeks";
}

TEST_F(GapRows, PlacesOfOneCensusUnitShareItsPeopleAndItsRate) {
  SeenByKey seen;
  seen[key("naryn-city")] = {1, 1, 0, {1000, 1000}, day("2018-10-15"), {}};
  auto const list = rows(tree, seen, {}, time);
  auto const &city = row(list, world.place("naryn-city")), &rayon = row(list, world.place("naryn-rayon"));
  EXPECT_EQ(city.unit_spots, 2U);
  EXPECT_EQ(city.not_reached, (94'245 - 1000) / 2);
  EXPECT_EQ(rayon.not_reached, city.not_reached);
  EXPECT_DOUBLE_EQ(rayon.rate_low, 1000.0 * 1000 / 94'245);
  EXPECT_GT(rayon.points, city.points) << "the rayon was never reached";
}

TEST_F(GapRows, BishkekWithAlamudunAndOshWithKaraSuuAreOneUnitEach) {
  SeenByKey seen;
  seen[activity::region_only_key(world.place("bishkek"))] = {1, 1, 0, {500, 500}, day("2018-10-15"), {}};
  seen[activity::region_only_key(world.place("osh-city"))] = {1, 1, 0, {300, 400}, day("2018-10-15"), {}};
  auto const list = rows(tree, seen, {}, time);
  EXPECT_EQ(row(list, world.place("alamudun")).unit_spots, 5U);
  EXPECT_EQ(row(list, world.place("alamudun")).unit_attendance, (Count{500, 500})) << "of the city, without a district";
  EXPECT_EQ(row(list, world.place("kara-suu")).unit_spots, 2U);
  EXPECT_EQ(row(list, world.place("kara-suu")).unit_attendance, (Count{300, 400}));
  EXPECT_EQ(row(list, world.place("osh-city")).weeks, 1);
}

TEST_F(GapRows, NobodyIsSentToADistrictThatWasAbolished) {
  world.load(place::with_days(place::kyrgyz_pack(), "naryn-rayon", {}, day("2018-09-30")));
  auto const& places = *world.facts().places;
  SeenByKey seen;
  auto const list = rows(places, seen, {}, time);
  EXPECT_EQ(list.size(), places.districts().size()) << "all but one, and Osh city";
  for (auto const& each : list) EXPECT_NE(each.spot.place, world.place("naryn-rayon"));
  EXPECT_EQ(row(list, world.place("naryn-city")).not_reached, 94'245) << "all people of the unit are there now";
  seen[key("naryn-rayon")] = {1, 1, 0, {1000, 1000}, day("2018-09-20"), {}};
  auto const with_activity = rows(places, seen, {}, time);
  auto const& abolished = row(with_activity, world.place("naryn-rayon"));
  EXPECT_EQ(abolished.seen.held, 1) << "what was held there is not lost";
  EXPECT_EQ(abolished.points, 0);
  EXPECT_EQ(row(with_activity, world.place("naryn-city")).not_reached, 94'245 - 1000);
  auto const before = rows(places, {}, {}, {time.campaign_from, time.campaign_until, day("2018-09-15")});
  EXPECT_GT(row(before, world.place("naryn-rayon")).points, 0) << "while it was one";
}

TEST_F(GapRows, ADistrictThatBeginsLaterInTheCampaignHasARowToPlanForAndNoPeopleYet) {
  world.load(place::with_days(place::kyrgyz_pack(), "naryn-rayon", day("2018-11-14"), {}));
  auto const list = rows(*world.facts().places, {}, {}, time);
  auto const found = std::ranges::find(list, world.place("naryn-rayon"), [](Row const& each) { return each.spot.place; });
  ASSERT_NE(found, list.end());
  EXPECT_FALSE(found->is_place);
  EXPECT_EQ(found->points, 0);
  EXPECT_EQ(row(list, world.place("naryn-city")).not_reached, 94'245);
  world.load(place::with_days(place::kyrgyz_pack(), "naryn-rayon", time.campaign_until.plus(1), {}));
  EXPECT_EQ(rows(*world.facts().places, {}, {}, time).size(), list.size() - 1) << "after the campaign";
}

TEST_F(GapRows, WhatAnOblastDidWithoutADistrictReachesNoneOfThem) {
  SeenByKey seen;
  seen[activity::region_only_key(world.place("naryn"))] = {3, 3, 0, {900, 900}, day("2018-10-15"), {}};
  seen["online"] = {1, 1, 0, {50, 50}, day("2018-10-15"), {}};
  EXPECT_EQ(row(rows(tree, seen, {}, time), world.place("kochkor")).points, row(rows(tree, {}, {}, time), world.place("kochkor")).points);
  EXPECT_FALSE(row(rows(tree, seen, {}, time), world.place("kochkor")).nearest);
}

TEST_F(GapRows, TheNearestActivityIsHereOrWhereOneIsNotCancelled) {
  SeenByKey seen;
  seen[key("jumgal")] = {1, 0, 1, {}, {}, {}};
  EXPECT_FALSE(row(rows(tree, seen, {}, time), world.place("kochkor")).nearest) << "a cancelled one is none";
  seen[key("jumgal")] = {2, 0, 1, {}, {}, {}};
  seen[key("at-bashy")] = {1, 1, 0, {}, {}, {}};
  auto const list = rows(tree, seen, {}, time);
  EXPECT_EQ(row(list, world.place("jumgal")).nearest->kilometres, 0);
  auto const nearest = row(list, world.place("kochkor")).nearest;
  ASSERT_TRUE(nearest);
  EXPECT_EQ(nearest->place, world.place("jumgal"));
  EXPECT_EQ(nearest->kilometres, 88);
}

TEST_F(GapRows, AroundAPlaceAreItselfAndThoseWithinAHundredKilometresOrThree) {
  auto const near_bishkek = around(tree, world.place("alamudun"));
  EXPECT_EQ(near_bishkek.front(), world.place("alamudun"));
  EXPECT_EQ(near_bishkek.size(), 9U);
  auto const far = around(tree, world.place("ak-suu"));
  EXPECT_GE(far.size(), 4U);
  for (std::size_t i = 4; i < far.size(); ++i) EXPECT_LE(*kilometres(tree, far.front(), far[i]), near_kilometres);
}

TEST(Gap, TheWeeksOfACampaignBeginOnMondays) {
  auto const list = weeks(day("2018-09-12"), day("2018-09-24"));
  EXPECT_THAT(list, ::testing::ElementsAre(day("2018-09-10"), day("2018-09-17"), day("2018-09-24")));
}

}  // namespace
}  // namespace birge::gap
