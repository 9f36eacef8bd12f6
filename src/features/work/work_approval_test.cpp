// Approvals: in time, late, on paper, by a deputy; and what was held without one.

#include <gtest/gtest.h>

#include "features/work/work_store.hpp"
#include "features/work/work_testing.hpp"

namespace birge::work {
namespace {

using testing::day;

class WorkApproval : public testing::LifeTest {};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkApproval, db::both_engines(), db::engine_name);

TEST_P(WorkApproval, WhatIsApprovedAfterItsDayWasNotApprovedBeforeIt) {
  auto const unapproved = [&](ActivityId id) { return world.ask_work([&](Store& store) { return store.work(id); }).unapproved; };
  auto const proposed = [&](int days) {
    auto draft = world.draft();
    draft.day = draft.end_day = world.today().plus(days);
    auto const id = world.create_draft(world.focal, draft);
    world.step(world.focal, id, Action::propose);
    return id;
  };
  auto const today = proposed(0), late = proposed(-2), on_paper = proposed(-2), late_on_paper = proposed(-2);
  world.step(world.regional, today, Action::approve);
  EXPECT_FALSE(unapproved(today));
  world.step(world.regional, late, Action::approve);
  EXPECT_TRUE(unapproved(late));
  world.report(world.focal, late, 20);
  EXPECT_TRUE(unapproved(late)) << "the mark stays";
  auto const paper = [&](ActivityId id, int days) {
    Step step;
    step.action = Action::approve_paper;
    step.paper = Paper{"12", world.today().plus(days), "Акимдин орун басары"};
    world.step(world.regional, id, step);
  };
  paper(on_paper, -4);
  EXPECT_FALSE(unapproved(on_paper)) << "the order is older than the activity";
  paper(late_on_paper, -1);
  EXPECT_TRUE(unapproved(late_on_paper));
  Step move;
  move.action = Action::move;
  move.reason = "Сел";
  move.change = [&](Activity& next) { next.day = next.end_day = world.today().plus(3); };
  world.step(world.regional, late_on_paper, move);
  EXPECT_FALSE(unapproved(late_on_paper)) << "it was not held yet";
}

TEST_P(WorkApproval, WhatWasNotHeldOrWaitsForAnAnswerIsNotMarkedAsUnapproved) {
  auto const unapproved = [&](ActivityId id) { return world.ask_work([&](Store& store) { return store.work(id); }).unapproved; };
  auto const approved_late = [&] {
    auto draft = world.draft();
    draft.day = draft.end_day = world.today().plus(-2);
    auto const id = world.create_draft(world.focal, draft);
    world.step(world.focal, id, Action::propose);
    world.step(world.regional, id, Action::approve);
    return id;
  };
  auto const cancelled = approved_late(), changed = approved_late();
  Step cancel;
  cancel.action = Action::cancel;
  cancel.reason = "Өткөн жок";
  world.step(world.regional, cancelled, cancel);
  EXPECT_FALSE(unapproved(cancelled));
  world.step(world.regional, cancelled, Action::undo);
  EXPECT_TRUE(unapproved(cancelled));
  Step edit;
  edit.action = Action::edit;
  edit.change = [](Activity& next) { next.kind = "round_table"; };
  world.step(world.focal, changed, edit);
  ASSERT_EQ(world.find(changed).state, State::proposed);
  EXPECT_FALSE(unapproved(changed));
  world.step(world.regional, changed, Action::approve);
  EXPECT_TRUE(unapproved(changed));
}

TEST_P(WorkApproval, HeldWithoutApprovalIsMarkedSo) {
  auto const id = world.create_draft(world.focal);
  world.report(world.focal, id, 20);
  EXPECT_EQ(state(id), State::reported);
  EXPECT_TRUE(world.ask_work([&](Store& store) { return store.work(id); }).unapproved);
}

TEST_P(WorkApproval, ADeputyConfirmsInThePlaceOfOneWhoIsAway) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  EXPECT_THROW(world.step(world.stranger, id, Action::approve), Problem);
  StandIn deputy;
  deputy.principal = world.regional.id;
  deputy.substitute = world.stranger.id;
  deputy.kind = "deputy";
  deputy.from = world.today();
  deputy.until = world.today().plus(3);
  world.database().write([&](db::Tx& tx) { add_stand_in(tx, world.scene(world.regional), deputy); });
  world.step(world.stranger, id, Action::approve);
  auto const line = world.ask_work([&](Store& store) { return store.timeline(id); }).back();
  EXPECT_EQ(line.person, world.stranger.id);
  EXPECT_EQ(line.acting_for, world.regional.id);
  EXPECT_EQ(line.role, "regional_coordinator");
  world.clock().set(world.clock().now() + std::chrono::hours(24 * 4));
  auto const later = world.create_draft(world.focal);
  world.step(world.focal, later, Action::propose);
  EXPECT_THROW(world.step(world.stranger, later, Action::approve), Problem) << "the absence is over";
}

TEST_P(WorkApproval, TheSameDeputyNamedTwiceIsOneAndAnotherTimeIsAnother) {
  auto const name = [&](std::string const& kind, std::optional<Day> until) {
    world.database().write([&](db::Tx& tx) {
      add_stand_in(tx, world.scene(world.regional), {0, world.regional.id, world.second.id, kind, world.today(), until});
    });
  };
  auto const named = [&] { return world.ask_work([&](Store& store) { return store.stand_ins_of(world.regional.id).size(); }); };
  name("deputy", world.today().plus(3));
  name("deputy", world.today().plus(3));
  EXPECT_EQ(named(), 1U);
  name("assistant", std::nullopt);
  name("assistant", std::nullopt);
  EXPECT_EQ(named(), 2U);
  name("deputy", world.today().plus(5));
  EXPECT_EQ(named(), 3U);
}

TEST_P(WorkApproval, ADeputyWhoseTimeIsOverIsNotEndedAnew) {
  auto const today = world.today();
  world.database().write([&](db::Tx& tx) {
    add_stand_in(tx, world.scene(world.regional), {0, world.regional.id, world.second.id, "deputy", today.plus(-9), today.plus(-5)});
    add_stand_in(tx, world.scene(world.regional), {0, world.regional.id, world.focal.id, "assistant", today.plus(-9), std::nullopt});
  });
  struct Row {
    std::int64_t id;
    std::optional<Day> until;
  };
  auto const all = [&] {
    return world.database().read([](db::Reader& read) { return read.all<Row>("select id, day_until from stand_in order by id"); });
  };
  auto const end = [&](std::int64_t id) {
    world.database().write([&](db::Tx& tx) { end_stand_in(tx, world.scene(world.regional), world.regional.id, id, today.plus(-1)); });
  };
  auto const over = all().at(0).id, running = all().at(1).id;
  try {
    end(over);
    ADD_FAILURE() << "it was ended anew";
  } catch (Problem const& problem) { EXPECT_EQ(problem.failure, Failure::conflict); }
  EXPECT_EQ(all().at(0).until, today.plus(-5)) << "what the deputy did after that day was not done as one";
  end(running);
  EXPECT_EQ(all().at(1).until, today.plus(-1));
  EXPECT_THROW(end(running), Problem);
  EXPECT_THROW(end(1), Problem);
}

TEST_P(WorkApproval, AnApprovalOnPaperKeepsItsOrder) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  Step paper;
  paper.action = Action::approve_paper;
  paper.paper = Paper{"№ 17-б", world.today().plus(-1), "Облус акиминин орун басары"};
  world.step(world.regional, id, paper);
  EXPECT_EQ(state(id), State::approved);
  EXPECT_EQ(world.ask_work([&](Store& store) { return store.paper(id); })->order_number, "№ 17-б");
}

}  // namespace
}  // namespace birge::work
