#include "features/intake/intake.hpp"

#include <gtest/gtest.h>

#include "features/work/work_testing.hpp"

namespace birge::intake {
namespace {

using work::Action;
using work::testing::WorkWorld;

class IntakeRights : public ::testing::TestWithParam<db::Engine> {
protected:
  WorkWorld world{GetParam()};

  void expect(Person const& person, activity::ActivityId id, std::int64_t number) {
    work::Step step;
    step.action = Action::edit;
    step.change = [number](Activity& activity) { activity.expected = activity::Count{number, number}; };
    world.step(person, id, step);
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, IntakeRights, db::both_engines(), db::engine_name);

TEST_P(IntakeRights, WhatWasApprovedIsNotWhatTheHostRaisedItToSince) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::approve);
  expect(world.focal, id, 70);
  auto const stored = world.find(id);
  ASSERT_EQ(stored.state, activity::State::approved);
  ASSERT_EQ(stored.expected, (activity::Count{70, 70}));
  auto const rights = rights_of(world.regional, world.facts(), world.clock().now());
  ASSERT_TRUE(rights.approved);
  world.database().read([&](db::Reader& read) { EXPECT_EQ(rights.approved(read, stored).expected, (activity::Count{40, 40})); });
}

}  // namespace
}  // namespace birge::intake
