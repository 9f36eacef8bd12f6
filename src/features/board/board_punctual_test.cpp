#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "features/board/board_pages.hpp"
#include "features/work/work_pages.hpp"
#include "features/work/work_testing.hpp"

/// How punctually results come in: each number opens the table of what it counts.
namespace birge::board {
namespace {

using account::Person;
using activity::ActivityId;
using activity::State;
using work::Action;
using work::testing::day;
using work::testing::WorkWorld;

class BoardPunctual : public ::testing::TestWithParam<db::Engine> {
protected:
  WorkWorld world{GetParam()};

  std::string get(Person const& person, Handler handler, std::string const& path) {
    return world.ask_as(person, world.message_to(http::Method::get, path), handler, {}, {}, Language::en).body;
  }
  /// Held on a day long past in a place, led by one of the world's organisations; the result came in so many days later, or not at all.
  ActivityId held(char const* place, std::size_t lead, std::optional<int> reported) {
    auto activity = world.plain();
    activity.day = activity.end_day = day("2018-10-01");
    activity.lead = world.organisation(lead);
    if (place) activity.place = world.place(place);
    else activity.place.reset(), activity.reach = activity::Reach::national;
    activity.state = reported ? State::reported : State::held;
    if (reported) {
      activity.result = activity::Result{};
      activity.result->attendance = activity::Count{10, 10};
      activity.result->reported_day = activity.day.plus(*reported);
    }
    return world.add(activity);
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, BoardPunctual, db::both_engines(), db::engine_name);

TEST_P(BoardPunctual, EachNumberOpensATableOfAsMany) {
  for (auto const* place : {"kochkor", "manas", static_cast<char const*>(nullptr)})
    for (std::size_t lead = 0; lead < 2; ++lead) {
      held(place, lead, 1);
      held(place, lead, 9);
      held(place, lead, {});
    }
  held("kochkor", 0, 1);
  // Sent back, it came in all the same; taken back, it never did.
  auto const returned = held("kochkor", 0, {});
  world.report(world.focal, returned, 40);
  world.step(world.regional, returned, Action::reject_result, "Экинчи барак кайда?");
  auto const undone = held("manas", 1, {});
  world.report(world.stranger, undone, 40);
  world.clock().set(world.clock().now() + std::chrono::minutes(1));
  world.step(world.stranger, undone, Action::undo);
  // What an organisation only helps to hold is none of its results.
  auto shared = world.plain();
  shared.state = State::held;
  shared.day = shared.end_day = day("2018-10-01");
  shared.co_hosts = {world.organisation(1)};
  world.add(shared);

  std::regex const link("<a href=\"/en(/work/table[?][^\"]*result=[^\"]*)\">([0-9]+)</a>");
  std::regex const shown("<p class=\"found\"><b>([0-9]+) activit");
  for (auto const* person : {&world.national, &world.regional, &world.focal, &world.observer}) {
    auto const page = get(*person, work::timeliness, "/work/timeliness");
    EXPECT_FALSE(std::regex_search(page, std::regex("<td class=\"n\">[1-9][0-9]*</td>"))) << "a number without a list";
    int links = 0;
    for (auto found = std::sregex_iterator(page.begin(), page.end(), link); found != std::sregex_iterator(); ++found, ++links) {
      auto const address = std::regex_replace((*found)[1].str(), std::regex("&amp;"), "&");
      auto const opened = get(*person, table, address);
      std::smatch number;
      ASSERT_TRUE(std::regex_search(opened, number, shown)) << person->name << ' ' << address;
      EXPECT_EQ(number[1], (*found)[2]) << person->name << ' ' << address;
    }
    EXPECT_GT(links, 12) << person->name;
  }
}

TEST_P(BoardPunctual, TheOwnRegionAndOrganisationStandOnMyPageWithTheNumbersOfTheWholeTable) {
  held("kochkor", 0, 1);
  held("kochkor", 0, 9);
  for (int i = 0; i < 3; ++i) held("kochkor", 1, {});
  held("manas", 0, {});
  std::regex const link("<a href=\"/en(/work/table[?][^\"]*result=([^\"]*))\">([0-9]+)</a>");
  auto const numbers = [&](Person const& person) {
    std::multiset<std::string> found;
    auto const page = get(person, work::my_page, "/work");
    auto const whole = get(person, work::timeliness, "/work/timeliness");
    for (auto at = std::sregex_iterator(page.begin(), page.end(), link); at != std::sregex_iterator(); ++at) {
      found.insert((*at)[2].str() + " " + (*at)[3].str());
      EXPECT_THAT(whole, ::testing::HasSubstr((*at)[0].str())) << person.name;
    }
    return found;
  };
  EXPECT_EQ(numbers(world.regional), (std::multiset<std::string>{"in-time 1", "late 1", "missing 3"})) << "of the region";
  EXPECT_THAT(numbers(world.focal), ::testing::IsSupersetOf({"in-time 1", "late 1", "missing 1"})) << "of the organisation";
  EXPECT_TRUE(numbers(world.national).empty()) << "who has the page of all";
}

TEST_P(BoardPunctual, WhereMoreWasHeldThanAPageOpenedAllDayCountsOnlyTheWayToTheWholeTableStands) {
  for (int i = 0; i < 80; ++i) held("kochkor", 1, {});
  EXPECT_THAT(get(world.regional, work::my_page, "/work"), ::testing::HasSubstr("result=missing\">80</a>"));
  held("kochkor", 1, {});
  auto const page = get(world.regional, work::my_page, "/work");
  EXPECT_THAT(page, ::testing::Not(::testing::HasSubstr("result=missing")));
  EXPECT_THAT(page, ::testing::HasSubstr("/work/timeliness"));
}

TEST_P(BoardPunctual, AnUnknownSelectionIsToldAndWhatIsChosenStaysInTheForm) {
  held("kochkor", 0, {});
  EXPECT_THAT(get(world.national, table, "/work/table?result=never"), ::testing::HasSubstr("“never” is not known here."));
  auto const body = get(world.national, table, "/work/table?result=missing&place=none");
  EXPECT_THAT(body, ::testing::ContainsRegex("<option value=\"missing\" selected>"));
  EXPECT_THAT(body, ::testing::ContainsRegex("<option value=\"none\" selected>"));
}

}  // namespace
}  // namespace birge::board
