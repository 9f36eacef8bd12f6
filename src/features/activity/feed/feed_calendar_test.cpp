#include <gmock/gmock.h>

#include <regex>

#include "features/activity/feed/feed_testing.hpp"
#include "platform/base/text.hpp"

/// Calendars, read back by another program's library.
namespace birge::activity {
namespace {

using testing::day;
using testing::events;
using ::testing::HasSubstr;
using testing::read_calendar;

std::string property(icalcomponent* of, icalproperty_kind kind) {
  auto* found = icalcomponent_get_first_property(of, kind);
  auto const* text = found ? icalproperty_get_value_as_string(found) : nullptr;
  return text ? text : "";
}

class ActivityCalendars : public testing::FeedsTest {};
INSTANTIATE_TEST_SUITE_P(BothEngines, ActivityCalendars, db::both_engines(), db::engine_name);

TEST_P(ActivityCalendars, ACalendarIsReadBackWhole) {
  auto made = world.plain("Форум-театр; \"Тандоо\", \\ 2-бөлүм");
  made.start_minutes = 14 * 60;
  made.end_minutes = 16 * 60;
  made.texts["ky"].summary = "Биринчи сап\nЭкинчи сап, үтүр менен; жана дагы бир топ сөз, сап бөлүнсүн үчүн узун болушу керек";
  auto const id = world.add(made);
  auto const text = calendar_of(id);
  auto const calendar = read_calendar(text);
  ASSERT_TRUE(calendar);
  ASSERT_EQ(icalcomponent_count_errors(calendar.get()), 0);
  auto const list = events(calendar);
  ASSERT_EQ(list.size(), 1U);
  auto* event = list[0];
  EXPECT_EQ(icalcomponent_get_uid(event), world.find(id).uid);
  EXPECT_STREQ(icalcomponent_get_summary(event), made.texts["ky"].title.c_str());
  EXPECT_THAT(icalcomponent_get_description(event), HasSubstr("Биринчи сап\nЭкинчи сап, үтүр менен; жана"));
  auto const start = icalcomponent_get_dtstart(event);
  EXPECT_EQ(std::tuple(start.year, start.month, start.day, start.hour, start.minute), std::tuple(2018, 10, 25, 14, 0));
  EXPECT_THAT(text, HasSubstr("DTSTART;TZID=Asia/Bishkek:20181025T140000"));
  EXPECT_THAT(text, HasSubstr("DTEND;TZID=Asia/Bishkek:20181025T160000"));
  EXPECT_THAT(property(event, ICAL_URL_PROPERTY), HasSubstr("https://birge.example/en/activities/" + id_text(id)));
  EXPECT_THAT(property(event, ICAL_STATUS_PROPERTY), "CONFIRMED");
  EXPECT_FALSE(property(event, ICAL_LASTMODIFIED_PROPERTY).empty());
  EXPECT_FALSE(property(event, ICAL_GEO_PROPERTY).empty());
}

TEST_P(ActivityCalendars, ACalendarHoldsTheTimeZoneOfTheCountry) {
  world.add(world.plain());
  auto const calendar = read_calendar(feed("agenda-en.ics"));
  auto* zone = icalcomponent_get_first_component(calendar.get(), ICAL_VTIMEZONE_COMPONENT);
  ASSERT_TRUE(zone);
  EXPECT_EQ(property(zone, ICAL_TZID_PROPERTY), "Asia/Bishkek");
  auto* standard = icalcomponent_get_first_component(zone, ICAL_XSTANDARD_COMPONENT);
  ASSERT_TRUE(standard);
  EXPECT_EQ(property(standard, ICAL_TZOFFSETTO_PROPERTY), "+0600");
  EXPECT_FALSE(icalcomponent_get_next_component(zone, ICAL_XSTANDARD_COMPONENT)) << "Bishkek has not changed its clocks since 2005";
}

TEST_P(ActivityCalendars, LinesOfACalendarAreFoldedAndWholeCharactersApart) {
  auto made = world.plain();
  made.texts["ky"].summary = std::string(200, 'x') + " өөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөөө";
  world.add(made);
  auto const text = feed("agenda-en.ics");
  for (auto line : split(text, '\n')) {
    EXPECT_TRUE(line.empty() || line.ends_with('\r'));
    EXPECT_LE(line.size(), 76U) << line;
    EXPECT_TRUE(valid_utf8(line)) << line;
  }
}

TEST_P(ActivityCalendars, AMovedActivityKeepsItsUidAndACancelledOneSaysSo) {
  auto const stored = world.find(world.add(world.plain()));
  auto moved = stored;
  moved.moved_from_day = stored.day;
  moved.day = moved.end_day = day("2018-11-01");
  world.replace(moved, stored, "moved");
  auto first = read_calendar(calendar_of(stored.id));
  auto* event = events(first).at(0);
  EXPECT_EQ(icalcomponent_get_uid(event), stored.uid);
  EXPECT_EQ(property(event, ICAL_SEQUENCE_PROPERTY), "1");
  EXPECT_EQ(property(event, ICAL_DTSTART_PROPERTY), "20181101");
  EXPECT_EQ(property(event, ICAL_DTEND_PROPERTY), "20181102") << "the end of a whole day is the day behind it";

  auto const again = world.find(stored.id);
  auto cancelled = again;
  cancelled.state = State::cancelled;
  world.replace(cancelled, again, "cancelled");
  auto second = read_calendar(calendar_of(stored.id));
  event = events(second).at(0);
  EXPECT_EQ(icalcomponent_get_uid(event), stored.uid);
  EXPECT_EQ(property(event, ICAL_SEQUENCE_PROPERTY), "2");
  EXPECT_EQ(property(event, ICAL_STATUS_PROPERTY), "CANCELLED");
  EXPECT_THAT(icalcomponent_get_summary(event), HasSubstr("Cancelled"));
}

TEST_P(ActivityCalendars, WhatIsDatedByMonthIsLeftOutOfCalendarsAndSaid) {
  world.add(in_october());
  world.add(world.plain());
  auto const text = feed("agenda-en.ics");
  EXPECT_EQ(events(read_calendar(text)).size(), 1U);
  EXPECT_THAT(std::regex_replace(text, std::regex("\r\n "), ""), HasSubstr("1 activity is left out because only its month or year is known"));
}

TEST_P(ActivityCalendars, AZoneWithSummerTimeNamesEachChange) {
  // Directly, as the pack's own country has none: a calendar over a European year changes twice.
  auto facts = world.facts();
  facts.time_zone = "Europe/Kyiv";
  auto made = world.plain();
  made.start_minutes = 600;
  auto const id = world.add(made);
  auto const stored = world.find(id);
  auto summer = stored;
  summer.day = summer.end_day = day("2018-06-01");
  auto const text = birge::activity::testing::calendar_text({summer, stored}, facts);
  auto const calendar = read_calendar(text);
  auto* zone = icalcomponent_get_first_component(calendar.get(), ICAL_VTIMEZONE_COMPONENT);
  int standards = 0, daylights = 0;
  for (auto* part = icalcomponent_get_first_component(zone, ICAL_XSTANDARD_COMPONENT); part;
       part = icalcomponent_get_next_component(zone, ICAL_XSTANDARD_COMPONENT))
    ++standards;
  for (auto* part = icalcomponent_get_first_component(zone, ICAL_XDAYLIGHT_COMPONENT); part;
       part = icalcomponent_get_next_component(zone, ICAL_XDAYLIGHT_COMPONENT))
    ++daylights;
  EXPECT_EQ(standards + daylights, 1) << "from June to 26 October the clocks stay";
  summer.day = summer.end_day = day("2018-02-01");
  EXPECT_THAT(birge::activity::testing::calendar_text({summer, stored}, facts), HasSubstr("DTSTART:20180325T030000"));
}

}  // namespace
}  // namespace birge::activity
