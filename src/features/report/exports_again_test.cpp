// What Birge hands out is read in again: of the same database nothing changes by it, whatever the form and the language.

#include <gtest/gtest.h>

#include "features/activity/feed/feed.hpp"
#include "features/exchange/exchange.hpp"
#include "features/report/report_book.hpp"
#include "features/report/report_testing.hpp"

namespace birge::report {
namespace {

class ExportsAgain : public testing::TestWithParam<db::Engine> {
protected:
  SampleDatabase database_{GetParam(), 400};
  FixedClock clock_{test_now};

  std::vector<Activity> listed() {
    return database_->read([&](db::Reader& read) {
      auto const facts = campaign::facts(read);
      return activity::Store(read).listed(database_.scope("sample"), *facts, facts->today(test_now), {}, 10'000);
    });
  }
  std::string feed(std::string (*form)(activity::feeds::List const&), Language language, std::vector<Activity> const& activities) {
    auto const facts = database_->read([](db::Reader& read) { return campaign::facts(read); });
    return form({.say = Say::in(language),
                 .facts = *facts,
                 .edition = *facts->edition("sample"),
                 .activities = activities,
                 .title = "Birge",
                 .public_address = "https://birge.example",
                 .page_address = "https://birge.example/activities",
                 .feed_address = {},
                 .next_address = {},
                 .now = test_now});
  }
  exchange::Outcome tried(std::string bytes, Language language) {
    exchange::Options options;
    options.edition = database_.scope("sample").edition;
    options.dry_run = true;
    options.language = language;
    return exchange::import_activities(*sheet::open_bytes(std::move(bytes)), *database_.operator->(), database_.ids(), clock_, options);
  }
  void expect_unchanged(std::string bytes, Language language, std::size_t rows, char const* form) {
    auto const outcome = tried(std::move(bytes), language);
    EXPECT_EQ(static_cast<std::size_t>(outcome.unchanged), rows) << form << ", " << code(language) << "\n"
                                                                 << describe(outcome, Say::in(Language::en), 20);
    EXPECT_EQ(outcome.added + outcome.updated + outcome.blocked, 0) << form << ", " << code(language);
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, ExportsAgain, db::both_engines(), db::engine_name);

TEST_P(ExportsAgain, TheListOfActivitiesChangesNothing) {
  auto const activities = listed();
  ASSERT_GT(activities.size(), 300U);
  for (auto const language : {Language::ky, Language::ru, Language::en}) {
    expect_unchanged(feed(activity::feeds::csv, language, activities), language, activities.size(), "CSV");
    expect_unchanged(feed(activity::feeds::workbook, language, activities), language, activities.size(), "workbook");
  }
}

TEST_P(ExportsAgain, TheThreeWChangesNothing) {
  auto const activities = listed();
  for (auto const language : {Language::ky, Language::ru, Language::en})
    expect_unchanged(feed(activity::feeds::who_what_where, language, activities), language, activities.size(), "3W");
}

TEST_P(ExportsAgain, TheWorkbookOfTheReportChangesNothing) {
  auto const scope = database_.scope("sample");
  for (auto const language : {Language::ky, Language::ru, Language::en}) {
    std::size_t rows = 0;
    auto const bytes = database_->read([&](db::Reader& read) {
      auto const report = gather(read, scope, language, test_now);
      activity::Store(read).each(scope, *report.facts, report.today, [&](Activity const& each) { rows += activity::counted(each.state); });
      return workbook(read, report, Say::in(language), Reader::coordinator, "https://birge.example");
    });
    expect_unchanged(bytes, language, rows, "report");
  }
}

}  // namespace
}  // namespace birge::report
