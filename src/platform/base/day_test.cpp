#include "platform/base/day.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "platform/base/typed_day.hpp"

namespace birge {

TEST(Day, ADayThatDoesNotExistIsRefused) {
  EXPECT_FALSE(Day::of(2018, 2, 29));
  EXPECT_FALSE(Day::of(2018, 13, 1));
  EXPECT_FALSE(Day::of(2018, 0, 1));
  EXPECT_FALSE(Day::of(2018, 4, 31));
  EXPECT_FALSE(Day::of(1900, 2, 29)) << "1900 was no leap year";
  EXPECT_FALSE(Day::of(1899, 12, 31));
  EXPECT_FALSE(Day::of(2200, 1, 1));
}

TEST(Day, OnlyTheOneSpellingIsRead) {
  for (std::string_view const text : {"", "2018-9-14", "18-09-14", "2018-09-14 ", "2018/09/14", "2018-09-1x", "+018-09-14", "2018-02-30", "20180914"})
    EXPECT_FALSE(Day::parse(text)) << text;
  EXPECT_EQ(Day::parse("2018-09-14")->iso(), "2018-09-14");
}

TEST(Day, AFormIsReadAsPeopleWriteDaysToo) {
  auto const day = Day::of(2026, 10, 5);
  for (auto const* text : {"2026-10-05", "05.10.2026", "5.10.2026", " 05.10.2026 "}) EXPECT_EQ(typed_day(text), day) << text;
  for (auto const* text : {"", "31.02.2026", "05.10.26", "10/05/2026", "5.10", "05.10.2026.1", "..2026", "-5.10.2026"})
    EXPECT_EQ(typed_day(text), std::nullopt) << text;
}

TEST(Day, WeeksBeginOnMonday) {
  EXPECT_EQ(Day::parse("2018-09-10")->weekday(), 1);
  EXPECT_EQ(Day::parse("2018-09-16")->weekday(), 7);
  EXPECT_EQ(Day::parse("2018-09-16")->week_start(), *Day::parse("2018-09-10"));
  EXPECT_EQ(Day::parse("2018-09-10")->week_start(), *Day::parse("2018-09-10"));
  EXPECT_EQ(Day::parse("1969-12-31")->weekday(), 3) << "before 1970 as well";
}

TEST(Day, TheCampaignOf2017Lasted113Days) { EXPECT_EQ(days_between(*Day::parse("2017-07-31"), *Day::parse("2017-11-20")) + 1, 113); }

RC_GTEST_PROP(Day, EveryDayOfThreeCenturiesComesBack, ()) {
  auto const first = *Day::parse("1900-01-01");
  auto const day = first.plus(*rc::gen::inRange(0, days_between(first, *Day::parse("2199-12-31")) + 1));
  RC_ASSERT(Day::parse(day.iso()) == day);
  RC_ASSERT(Day::of(day.year(), day.month(), day.day_of_month()) == day);
  RC_ASSERT(day.week_start().weekday() == 1);
  RC_ASSERT(day.week_start().plus(day.weekday() - 1) == day);
}

TEST(Instant, WhatIsNoMomentIsRefused) {
  for (std::string_view const text : {"", "2018-09-14", "2018-09-14T09:00", "2018-09-14T24:00:00Z", "2018-09-14T09:60Z", "2018-09-14T09:00:60Z",
                                      "2018-09-14T09:00:00.Z", "2018-09-14T09:00:00+6", "2018-09-14T09:00:00Zx", "2018-02-30T09:00Z"})
    EXPECT_FALSE(parse_instant(text)) << text;
}

TEST(Instant, OffsetsAndFractionsAreRead) {
  EXPECT_EQ(iso(*parse_instant("2018-09-14T09:00:00+06:00")), "2018-09-14T03:00:00Z");
  EXPECT_EQ(iso(*parse_instant("2018-09-14T01:00-0330")), "2018-09-14T04:30:00Z");
  EXPECT_EQ(parse_instant("2018-09-14T09:00:00.25Z")->time_since_epoch().count() % 1000, 250);
  EXPECT_EQ(parse_instant("2018-09-14T09:00:00.123456Z")->time_since_epoch().count() % 1000, 123);
}

RC_GTEST_PROP(Instant, EverySecondComesBack, ()) {
  Instant const instant{std::chrono::seconds{*rc::gen::inRange<std::int64_t>(-2'208'988'800, 7'258'118'400)}};
  RC_ASSERT(parse_instant(iso(instant)) == instant);
}

}  // namespace birge
