#include "platform/base/clock.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <stdexcept>
#include <thread>
#include <vector>

namespace birge {

namespace {
Instant at(std::string_view text) { return *parse_instant(text); }
Day day(std::string_view text) { return *Day::parse(text); }
}  // namespace

TEST(Clock, AnUnknownTimeZoneIsRefused) {
  EXPECT_THROW(FixedClock(at("2018-09-14T00:00:00Z")).today("Asia/Nowhere"), std::runtime_error);
  EXPECT_THROW(local_time(at("2018-09-14T00:00:00Z"), ""), std::runtime_error);
  EXPECT_THROW(instant_of(day("2018-09-14"), 0, "Bishkek"), std::runtime_error);
}

TEST(Clock, TodayIsThatOfThePlace) {
  FixedClock const clock(at("2018-09-14T18:30:00Z"));
  EXPECT_EQ(clock.today("Asia/Bishkek"), day("2018-09-15")) << "it is past midnight in Bishkek";
  EXPECT_EQ(clock.today("Europe/London"), day("2018-09-14"));
}

TEST(Clock, LocalTimeIsBeforeTheEpochToo) {
  auto const local = local_time(at("1969-12-31T18:00:00Z"), "UTC");
  EXPECT_EQ(local.day, day("1969-12-31"));
  EXPECT_EQ(local.minutes, 18 * 60);
}

TEST(Clock, ASkippedTimeIsTheFirstInstantAfterTheGap) {
  EXPECT_EQ(iso(instant_of(day("2024-03-31"), 2 * 60 + 30, "Europe/Berlin")), "2024-03-31T01:00:00Z");
  EXPECT_EQ(iso(instant_of(day("2024-03-31"), 3 * 60, "Europe/Berlin")), "2024-03-31T01:00:00Z");
  EXPECT_EQ(iso(instant_of(day("2024-03-31"), 1 * 60 + 59, "Europe/Berlin")), "2024-03-31T00:59:00Z");
}

TEST(Clock, ATimeThatComesTwiceIsTheEarlierOne) {
  EXPECT_EQ(iso(instant_of(day("2024-10-27"), 2 * 60 + 30, "Europe/Berlin")), "2024-10-27T00:30:00Z");
}

TEST(Clock, AStartedClockGoesOn) {
  auto const clock = clock_starting_at(at("2018-09-14T09:00:00Z"));
  auto const first = clock->now();
  std::this_thread::sleep_for(std::chrono::milliseconds(3));
  EXPECT_GE(first, at("2018-09-14T09:00:00Z"));
  EXPECT_GE(clock->now() - first, std::chrono::milliseconds(2));
  EXPECT_LT(clock->now(), at("2018-09-14T10:00:00Z"));
}

TEST(Clock, ManyThreadsMayAskAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int hour = 0; hour < 2000; ++hour)
        for (auto const* zone : {"Asia/Bishkek", "Europe/Berlin"}) {
          auto const instant = at("2018-01-01T00:00:00Z") + std::chrono::hours(hour);
          auto const local = local_time(instant, zone);
          if (instant_of(local.day, local.minutes, zone) != instant) ++wrong;
        }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

RC_GTEST_PROP(Clock, BishkekTimeComesBack, ()) {
  // Since 12 August 2005 the country has kept UTC+6 without summer time.
  Instant const instant = at("2005-08-13T00:00:00Z") + std::chrono::minutes(*rc::gen::inRange(0, 40'000'000));
  auto const local = local_time(instant, "Asia/Bishkek");
  RC_ASSERT(instant_of(local.day, local.minutes, "Asia/Bishkek") == instant);
}

}  // namespace birge
