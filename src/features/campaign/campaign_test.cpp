#include "features/campaign/campaign.hpp"

#include <gtest/gtest.h>

namespace birge::campaign {
namespace {

Day day(char const* iso) { return Day::parse(iso).value(); }

Edition edition(int year, char const* preparation, char const* from, char const* until, char const* closing) {
  Edition edition;
  edition.id = {year};
  edition.slug = std::to_string(year);
  edition.year = year;
  edition.preparation_from = day(preparation);
  edition.campaign_from = day(from);
  edition.campaign_until = day(until);
  edition.closing_until = day(closing);
  return edition;
}

Edition first() { return edition(2017, "2017-05-30", "2017-07-31", "2017-11-20", "2018-01-12"); }
Edition second() { return edition(2018, "2018-07-02", "2018-09-10", "2018-12-10", "2019-01-25"); }

std::string current(std::vector<Edition> const& editions, char const* today) {
  Facts facts;
  facts.time_zone = "Etc/UTC";
  facts.editions = editions;
  auto const* found = facts.current(parse_instant(std::string(today) + "T12:00:00Z").value());
  return found ? found->slug : "none";
}

TEST(Edition, StagesChangeAtTheirBoundaries) {
  struct {
    char const* day;
    Stage stage;
  } const cases[] = {{"2017-05-29", Stage::announced}, {"2017-05-30", Stage::preparation}, {"2017-07-30", Stage::preparation},
                     {"2017-07-31", Stage::campaign},  {"2017-11-20", Stage::campaign},    {"2017-11-21", Stage::closing},
                     {"2018-01-12", Stage::closing},   {"2018-01-13", Stage::over}};
  for (auto const& each : cases) EXPECT_EQ(first().stage(day(each.day)), each.stage) << each.day;
}

TEST(Edition, OutsideTheCampaignNoDayHasANumber) {
  EXPECT_FALSE(first().day_number(day("2017-07-30")));
  EXPECT_FALSE(first().day_number(day("2017-11-21")));
}

TEST(Edition, CountsDaysFromOneToTheLast) {
  EXPECT_EQ(first().day_number(day("2017-07-31")), 1);
  EXPECT_EQ(first().day_number(day("2017-11-20")), 113);
  EXPECT_EQ(first().days_in_campaign(), 113);
  EXPECT_EQ(second().days_in_campaign(), 92);
}

TEST(Edition, ShowsAnotherLanguagesNameWhereThereIsNone) {
  auto edition = first();
  edition.names = {{"en", "100 Days"}};
  EXPECT_EQ(edition.name(Language::ky), "100 Days");
  EXPECT_EQ(edition.slogan(Language::ky), "");
}

TEST(DueDay, SaturdayAndSundayDoNotCount) {
  EXPECT_EQ(due_day(day("2018-09-14"), 3, {}), day("2018-09-19"));  // a Friday
  EXPECT_EQ(due_day(day("2018-09-15"), 3, {}), day("2018-09-19"));  // the Saturday after
  EXPECT_EQ(due_day(day("2018-09-10"), 3, {}), day("2018-09-13"));
}

TEST(DueDay, HolidaysDoNotCount) {
  std::vector<std::pair<Day, Day>> const holidays{{day("2018-11-07"), day("2018-11-08")}};
  EXPECT_EQ(due_day(day("2018-11-06"), 1, holidays), day("2018-11-09"));
  EXPECT_EQ(due_day(day("2018-11-06"), 2, holidays), day("2018-11-12"));
}

TEST(DueDay, NoDaysOfGraceMeanTheDayItself) { EXPECT_EQ(due_day(day("2018-09-15"), 0, {}), day("2018-09-15")); }

TEST(CurrentEdition, ThereIsNoneAmongNone) { EXPECT_EQ(current({}, "2018-01-01"), "none"); }

TEST(CurrentEdition, IsTheOneThatIncludesToday) {
  EXPECT_EQ(current({second(), first()}, "2017-06-01"), "2017");
  EXPECT_EQ(current({second(), first()}, "2018-09-10"), "2018");
  EXPECT_EQ(current({second(), first()}, "2019-01-25"), "2018");
}

TEST(CurrentEdition, BetweenEditionsIsTheLatestThatBegan) {
  EXPECT_EQ(current({second(), first()}, "2018-03-01"), "2017");
  EXPECT_EQ(current({second(), first()}, "2026-03-01"), "2018");
}

TEST(CurrentEdition, BeforeAllIsTheFirstToCome) { EXPECT_EQ(current({second(), first()}, "2016-01-01"), "2017"); }

TEST(CurrentEdition, ARunningCampaignGoesBeforeOneThatCloses) {
  auto next = edition(2019, "2018-12-15", "2019-01-10", "2019-04-20", "2019-06-01");
  EXPECT_EQ(current({next, second()}, "2019-01-15"), "2019");
  EXPECT_EQ(current({next, second()}, "2019-01-05"), "2019");  // both: the later campaign
}

TEST(CurrentEdition, TheSampleServesWhenItRunsAndNoRealOneDoes) {
  auto sample = edition(2026, "2026-09-01", "2026-10-12", "2027-01-19", "2027-02-20");
  sample.sample = true;
  EXPECT_EQ(current({sample, second()}, "2026-11-21"), "2026");
  auto real = edition(2027, "2026-09-01", "2026-10-01", "2027-01-09", "2027-02-20");
  EXPECT_EQ(current({sample, real}, "2026-11-21"), "2027");
}

}  // namespace
}  // namespace birge::campaign
