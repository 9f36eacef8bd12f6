#include <gtest/gtest.h>

#include "platform/i18n/say.hpp"

namespace birge {
namespace {

Say const& ky() { return Say::in(Language::ky); }
Say const& ru() { return Say::in(Language::ru); }
Say const& en() { return Say::in(Language::en); }

Day day(int year, int month, int day_of_month) { return Day::of(year, month, day_of_month).value(); }

struct Case {
  std::string ky, ru, en;
};

/// What the three languages say.
template <class Ask>
void expect(Ask const& ask, Case const& expected) {
  EXPECT_EQ(ask(ky()), expected.ky);
  EXPECT_EQ(ask(ru()), expected.ru);
  EXPECT_EQ(ask(en()), expected.en);
}

}  // namespace

TEST(Dates, AreWrittenOut) {
  expect([](Say const& say) { return say.date(day(2018, 9, 14)); },
         {"14-\u2060сентябрь 2018-\u2060ж.", "14\u00A0сентября 2018\u00A0г.", "14\u00A0September 2018"});
  expect([](Say const& say) { return say.date(day(2026, 1, 1)); },
         {"1-\u2060январь 2026-\u2060ж.", "1\u00A0января 2026\u00A0г.", "1\u00A0January 2026"});
}

TEST(Dates, OfThisYearNeedNoYear) {
  expect([](Say const& say) { return say.day_and_month(day(2018, 9, 14)); }, {"14-\u2060сентябрь", "14\u00A0сентября", "14\u00A0September"});
  expect([](Say const& say) { return say.weekday_date(day(2018, 9, 14)); },
         {"14-\u2060сентябрь, жума", "пятница, 14\u00A0сентября", "Friday 14\u00A0September"});
}

TEST(Dates, EveryWeekdayHasItsName) {
  std::vector<Case> const names{{"дүйшөмбү", "понедельник", "Monday"}, {"шейшемби", "вторник", "Tuesday"}, {"шаршемби", "среда", "Wednesday"},
                                {"бейшемби", "четверг", "Thursday"},   {"жума", "пятница", "Friday"},      {"ишемби", "суббота", "Saturday"},
                                {"жекшемби", "воскресенье", "Sunday"}};
  for (int i = 0; i < 7; ++i) expect([i](Say const& say) { return say.weekday(day(2018, 9, 10).plus(i)); }, names[static_cast<std::size_t>(i)]);
}

TEST(Dates, EveryMonthHasItsName) {
  std::vector<Case> const names{{"1-\u2060январь", "1\u00A0января", "1\u00A0January"},
                                {"1-\u2060февраль", "1\u00A0февраля", "1\u00A0February"},
                                {"1-\u2060март", "1\u00A0марта", "1\u00A0March"},
                                {"1-\u2060апрель", "1\u00A0апреля", "1\u00A0April"},
                                {"1-\u2060май", "1\u00A0мая", "1\u00A0May"},
                                {"1-\u2060июнь", "1\u00A0июня", "1\u00A0June"},
                                {"1-\u2060июль", "1\u00A0июля", "1\u00A0July"},
                                {"1-\u2060август", "1\u00A0августа", "1\u00A0August"},
                                {"1-\u2060сентябрь", "1\u00A0сентября", "1\u00A0September"},
                                {"1-\u2060октябрь", "1\u00A0октября", "1\u00A0October"},
                                {"1-\u2060ноябрь", "1\u00A0ноября", "1\u00A0November"},
                                {"1-\u2060декабрь", "1\u00A0декабря", "1\u00A0December"}};
  for (int month = 1; month <= 12; ++month)
    expect([month](Say const& say) { return say.day_and_month(day(2018, month, 1)); }, names[static_cast<std::size_t>(month - 1)]);
}

TEST(Dates, ShortOnesAreDigits) {
  expect([](Say const& say) { return say.short_date(day(2018, 9, 4)); }, {"04.09.2018", "04.09.2018", "4 Sep 2018"});
}

TEST(Dates, MonthsStandInTheNominative) {
  expect([](Say const& say) { return say.month(2018, 9); }, {"2018-\u2060ж. сентябрь", "сентябрь 2018\u00A0г.", "September 2018"});
}

TEST(Dates, ARangeOfOneDayIsThatDay) {
  expect([](Say const& say) { return say.date_range(day(2018, 10, 10), day(2018, 10, 10)); },
         {"10-\u2060октябрь 2018-\u2060ж.", "10\u00A0октября 2018\u00A0г.", "10\u00A0October 2018"});
}

TEST(Dates, ARangeTurnedRoundIsPutRight) { EXPECT_EQ(en().date_range(day(2018, 10, 12), day(2018, 10, 10)), "10–12\u00A0October 2018"); }

TEST(Dates, ARangeSaysOnceWhatItsDaysShare) {
  expect([](Say const& say) { return say.date_range(day(2018, 10, 10), day(2018, 10, 12)); },
         {"10–12-\u2060октябрь 2018-\u2060ж.", "10–12\u00A0октября 2018\u00A0г.", "10–12\u00A0October 2018"});
  expect([](Say const& say) { return say.date_range(day(2018, 9, 28), day(2018, 10, 2)); },
         {"28-\u2060сентябрь – 2-\u2060октябрь 2018-\u2060ж.", "28\u00A0сентября – 2\u00A0октября 2018\u00A0г.",
          "28\u00A0September – 2\u00A0October 2018"});
  expect([](Say const& say) { return say.date_range(day(2018, 12, 28), day(2019, 1, 3)); },
         {"28-\u2060декабрь 2018-\u2060ж. – 3-\u2060январь 2019-\u2060ж.", "28\u00A0декабря 2018\u00A0г. – 3\u00A0января 2019\u00A0г.",
          "28\u00A0December 2018 – 3\u00A0January 2019"});
}

TEST(Dates, TimesHaveTwoDigitsEach) {
  EXPECT_EQ(ky().time(0), "00:00");
  EXPECT_EQ(ky().time(9 * 60 + 5), "09:05");
  EXPECT_EQ(ky().time(23 * 60 + 59), "23:59");
}

TEST(Dates, AMomentIsSaidInTheTimeZoneOfThePlace) {
  auto const evening = parse_instant("2018-09-13T20:30:00Z").value();
  expect([&](Say const& say) { return say.moment(evening, "Asia/Bishkek"); },
         {"14-\u2060сентябрь 2018-\u2060ж., 02:30", "14\u00A0сентября 2018\u00A0г., 02:30", "14\u00A0September 2018, 02:30"});
}

TEST(Dates, InThePseudoLanguageAreMarkedAsTranslated) {
  Say const& test = Say::in(Language::test);
  EXPECT_EQ(test.date(day(2018, 9, 14)), "⟦14\u00A0September 2018⟧");
  EXPECT_EQ(test.weekday_date(day(2018, 9, 14)), "⟦Friday 14\u00A0September⟧");
  EXPECT_EQ(test.month(2018, 9), "⟦September 2018⟧");
}

}  // namespace birge
