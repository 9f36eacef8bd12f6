#include "platform/base/id.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <set>
#include <thread>
#include <vector>

namespace birge {

TEST(Id, WhatIsNoIdIsRefused) {
  for (std::string_view const text : {"", "i", "l", "o", "u", "-1", " 1", "1 ", "01", "zzzzzzzzzzzzz", "8000000000000", "10000000000000", "ү"})
    EXPECT_FALSE(parse_id(text)) << text;
}

TEST(Id, TheLargestIdFits) {
  auto const largest = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(id_text(largest), "7zzzzzzzzzzzz");
  EXPECT_EQ(parse_id("7zzzzzzzzzzzz"), largest);
}

TEST(Id, CapitalsAreForgiven) { EXPECT_EQ(parse_id("ABC"), parse_id("abc")); }

RC_GTEST_PROP(Id, EveryIdComesBackFromItsText, ()) {
  auto const value = *rc::gen::suchThat(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t v) { return v >= 0; });
  RC_ASSERT(parse_id(id_text(value)) == value);
  auto const later = value >> *rc::gen::inRange(0, 63);
  RC_ASSERT(parse_id(id_text(later)) == later);
}

TEST(IdMaker, IdsGrowWhenTheClockStepsBack) {
  FixedClock clock(*parse_instant("2026-01-01T00:00:00Z"));
  IdMaker maker(clock, 3);
  auto const before = maker.next();
  clock.set(*parse_instant("2025-01-01T00:00:00Z"));
  EXPECT_GT(maker.next(), before);
}

TEST(IdMaker, IdsGrowWhenAMillisecondIsFull) {
  FixedClock const clock(*parse_instant("2026-01-01T00:00:00Z"));
  IdMaker maker(clock, 255);
  std::int64_t before = 0;
  for (int i = 0; i < 40'000; ++i) {
    auto const id = maker.next();
    ASSERT_GT(id, before);
    ASSERT_EQ(id >> 14 & 0xff, 255) << "the node stays what it is";
    before = id;
  }
}

TEST(IdMaker, AClockBefore2020MakesIdsToo) {
  FixedClock const clock(*parse_instant("2018-09-14T00:00:00Z"));
  EXPECT_GT(IdMaker(clock, 0).next(), 0);
}

TEST(IdMaker, ThreadsAndNodesNeverShareAnId) {
  FixedClock const clock(*parse_instant("2026-01-01T00:00:00Z"));
  IdMaker one(clock, 1);
  IdMaker two(clock, 2);
  std::vector<std::vector<std::int64_t>> made(4);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < made.size(); ++i)
    threads.emplace_back([&, i] {
      for (int n = 0; n < 5000; ++n) made[i].push_back((i % 2 == 0 ? one : two).next());
    });
  for (auto& thread : threads) thread.join();
  std::set<std::int64_t> all;
  for (auto const& ids : made) all.insert(ids.begin(), ids.end());
  EXPECT_EQ(all.size(), 20'000u);
}

}  // namespace birge
