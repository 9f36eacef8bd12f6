#include <gtest/gtest.h>

#include "features/work/work_testing.hpp"

namespace birge::work {
namespace {

using testing::day;
using testing::WorkWorld;

class WorkTimeliness : public ::testing::TestWithParam<db::Engine> {
protected:
  WorkWorld world{GetParam()};

  Timeliness line() {
    auto const lines = world.ask_work([&](Store& store) { return store.timeliness_by_region(world.edition().id, world.today()); });
    return lines.empty() ? Timeliness{} : lines.front();
  }
  ActivityId reported_in_time() {
    auto activity = world.plain();
    activity.day = activity.end_day = day("2018-10-19");
    auto const id = world.add(activity);
    world.report(world.focal, id, 40);
    return id;
  }
  void later(int minutes) { world.clock().set(world.clock().now() + std::chrono::minutes(minutes)); }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkTimeliness, db::both_engines(), db::engine_name);

TEST_P(WorkTimeliness, OfAReportThatWasTakenBackIsThatOfTheNextOne) {
  auto const id = reported_in_time();
  later(1);
  world.step(world.focal, id, Action::undo);
  later(30 * 24 * 60);
  EXPECT_EQ(line().missing, 1) << "it never came in";
  EXPECT_EQ(line().in_time, 0);
  world.report(world.focal, id, 40);
  EXPECT_EQ(line().late, 1) << "though it says the same";
  EXPECT_EQ(line().in_time, 0);
  EXPECT_EQ(line().missing, 0);
}

TEST_P(WorkTimeliness, OfAReportIsKeptWhenACorrectionIsTakenBack) {
  auto const id = reported_in_time();
  later(30 * 24 * 60);
  world.report(world.focal, id, 48);
  later(1);
  world.step(world.focal, id, Action::undo);
  EXPECT_EQ(line().in_time, 1);
  EXPECT_EQ(line().due, 1);
}

TEST_P(WorkTimeliness, OfAConfirmedResultIsKeptWhenACorrectionOfItIsTakenBack) {
  auto const id = reported_in_time();
  auto const came_in = world.find(id).result->reported_day;
  world.step(world.regional, id, Action::confirm);
  for (int const came : {40, 48}) {
    later(30 * 24 * 60);
    Step correction;
    correction.action = Action::correct;
    correction.reason = "Толуктоо";
    correction.words = ResultWords{false, "Жол жабык болчу", "", "Толуктоо", {}};
    correction.change = [&](Activity& changed) {
      changed.result->attendance = activity::Count{came, came};
      changed.result->cells.clear();
      changed.result->reported_day = world.today();
    };
    ASSERT_EQ(world.step(world.focal, id, correction).outcome, Outcome::done);
    later(1);
    world.step(world.focal, id, Action::undo);
    EXPECT_EQ(world.find(id).state, State::confirmed);
    EXPECT_EQ(world.find(id).result->reported_day, came_in) << "as it was before";
    EXPECT_EQ(line().in_time, 1);
    EXPECT_EQ(line().missing, 0);
  }
}

TEST_P(WorkTimeliness, OfAReportThatCameBackIsThatOfTheFirstOne) {
  auto const id = reported_in_time();
  world.step(world.regional, id, Action::reject_result, "Экинчи барак кайда?");
  later(30 * 24 * 60);
  world.report(world.focal, id, 48);
  later(1);
  world.step(world.focal, id, Action::undo);
  EXPECT_EQ(line().in_time, 1);
  world.report(world.focal, id, 50);
  EXPECT_EQ(line().in_time, 1);
  EXPECT_EQ(line().late, 0);
}

}  // namespace
}  // namespace birge::work
