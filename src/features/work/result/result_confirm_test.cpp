#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "features/work/work_pages_testing.hpp"
#include "features/work/work_parts.hpp"

namespace birge::work {
namespace {

using ::testing::HasSubstr;

class WorkConfirm : public testing::PagesTest {
protected:
  std::string list(std::string const& query = {}) {
    return ask(world.second, confirm_list, http::Method::get, "/work/confirm" + query, {}, {}, Language::en).body;
  }
  /// What the pages offer one after another, and whether it is ticked beforehand.
  std::vector<std::vector<std::string>> pages() {
    std::vector<std::vector<std::string>> pages;
    std::regex const next("rel=\"next\" href=\"/en/work/confirm(\\?(?:after|unlikely)=[0-9a-z.-]+)\"");
    std::string query;
    do {
      auto const body = list(query);
      pages.push_back(offered(body));
      std::smatch found;
      query = std::regex_search(body, found, next) ? found[1].str() : std::string();
    } while (!query.empty() && pages.size() < 20);
    return pages;
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkConfirm, db::both_engines(), db::engine_name);

TEST_P(WorkConfirm, WhatIsUnlikelyAmongAllThatWaitsComesBeforeTheFirstLikelyResult) {
  std::set<std::string> unlikely, likely;
  for (int i = 0; i < 64; ++i) {
    likely.insert(waiting_result(i, 11 + 2 * i));
    unlikely.insert(waiting_result(i + 70, 500 + 10 * i));
  }
  auto const shown = pages();
  ASSERT_EQ(shown.size(), 3U);
  EXPECT_EQ(shown[0].size(), 60U);
  EXPECT_EQ(shown[1].size(), 64U) << "the rest of the unlikely ones, and as many likely ones as a page has";
  EXPECT_EQ(shown[2].size(), 4U);
  std::vector<std::string> order;
  for (auto const& page : shown) order.insert(order.end(), page.begin(), page.end());
  ASSERT_EQ(order.size(), unlikely.size() + likely.size()) << "each stands on one page";
  EXPECT_EQ(std::set(order.begin(), order.begin() + 64), unlikely);
  EXPECT_EQ(std::set(order.begin() + 64, order.end()), likely);
  EXPECT_THAT(list(), HasSubstr("128 results wait altogether."));
  std::smatch skip;
  auto const first = list();
  ASSERT_TRUE(std::regex_search(first, skip, std::regex("/work/confirm(\\?after=[0-9a-z.-]+)\">Go to the results that look likely")));
  EXPECT_EQ(offered(list(skip[1].str())).front(), order[64]) << "and they can be gone to at once";
  EXPECT_TRUE(offered(ask(world.elsewhere, confirm_list, http::Method::get, "/work/confirm").body).empty());
}

TEST_P(WorkConfirm, HowManyWaitIsCountedToAnEnd) {
  for (int i = 0; i < 240; ++i) waiting_result(i, 11 + 2 * i);
  EXPECT_THAT(list(), HasSubstr("240 results wait altogether."));
  waiting_result(240, 15);
  EXPECT_THAT(list(), HasSubstr("More than 240 results wait altogether."));
}

TEST_P(WorkConfirm, ThoseWithMoreReasonsStandAboveTheOthersOfAPage) {
  auto const round = waiting_result(1, 60), far = waiting_result(2, 400);
  EXPECT_EQ(pages(), (std::vector<std::vector<std::string>>{{far, round}}));
}

TEST_P(WorkConfirm, TheUnlikelyResultsOfAListAreThoseForWhichThereIsAReason) {
  std::mt19937 random(20);
  auto const below = [&](int number) { return static_cast<std::int64_t>(random() % static_cast<unsigned>(number)); };
  std::set<ActivityId> ids;
  std::set<std::string> told;
  for (int i = 0; i < 300; ++i) {
    auto activity = world.plain("Натыйжа " + std::to_string(i));
    activity.state = below(5) == 0 ? State::confirmed : State::reported;
    activity.day = activity.end_day = world.today().plus(static_cast<int>(below(60)) - 70);
    activity.lead = world.organisation(static_cast<std::size_t>(below(4)));
    if (below(3) > 0) activity.expected = activity::Count{below(30), 5 + below(60)};
    activity::Result result;
    result.reported_day = world.today();
    auto const came = below(3) == 0 ? 10 * below(40) : below(240);
    if (below(8) > 0) result.attendance = activity::Count{came, came + (below(4) == 0 ? 10 * below(3) : 0)};
    if (!result.attendance || below(6) == 0) result.audience = activity::Count{50 * below(100), 6000};
    if (result.attendance && below(2) == 0) {
      auto const half = came / 2 / 10 * 10, off = below(4) == 0 ? below(3) : 0;
      result.cells = {{activity::Sex::female, "14_17", {half, half}},
                      {activity::Sex::male, "unknown", {came - half + off, result.attendance->high - half + off}}};
    }
    activity.result = result;
    auto const id = world.add(activity);
    if (activity.state == State::reported) ids.insert(id);
  }
  auto const [found, unlikely] = world.database().read([&](db::Reader& read) {
    Where everywhere;
    everywhere.everywhere = true;
    std::set<ActivityId> found, unlikely;
    for (auto const& place : Store(read).unlikely_results(world.edition().id, everywhere)) found.insert(place.id);
    for (auto const id : ids)
      if (auto const reasons = doubts(read, activity::Store(read).find(id).value()); !reasons.empty()) {
        unlikely.insert(id);
        for (auto const& reason : reasons) told.insert(reason.text);
      }
    return std::pair(found, unlikely);
  });
  EXPECT_EQ(found, unlikely);
  EXPECT_EQ(told.size(), 5U) << "each reason there is";
  EXPECT_GT(ids.size(), unlikely.size() + 60);
}

}  // namespace
}  // namespace birge::work
