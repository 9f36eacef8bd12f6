#include "features/work/work_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/activity/activity_view.hpp"
#include "features/work/home/home_jobs.hpp"
#include "features/work/home/home_reminder.hpp"
#include "features/work/work_seen.hpp"
#include "features/work/work_testing.hpp"

namespace birge::work {
namespace {

using account::Role;
using testing::day;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class WorkStore : public testing::LifeTest {};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkStore, db::both_engines(), db::engine_name);

TEST_P(WorkStore, NobodyPlansForAnotherOrganisation) {
  EXPECT_THROW(world.create_draft(world.stranger), Problem);
  EXPECT_THROW(world.create_draft(world.observer), Problem);
  EXPECT_THROW(world.create_draft(world.elsewhere), Problem) << "another region";
  EXPECT_NO_THROW(world.create_draft(world.regional)) << "a coordinator, in the own region";
}

TEST_P(WorkStore, ADraftIsUnknownToOthersWhateverTheyTry) {
  auto const id = world.create_draft(world.focal);
  for (auto const* person : {&world.stranger, &world.regional, &world.national, &world.observer})
    for (auto const action : all_actions) {
      try {
        world.step(*person, id, action, "reason");
        ADD_FAILURE() << person->name << " " << code(action);
      } catch (Problem const& problem) { EXPECT_EQ(problem.failure, Failure::not_found) << person->name << " " << code(action); }
    }
  EXPECT_EQ(world.find(id).version, 1);
}

TEST_P(WorkStore, AHelperOfOneActivityReportsItAndKnowsNoOther) {
  auto const id = world.create_draft(world.focal), other = world.create_draft(world.focal);
  auto const helper = world.person("Эрмек", {{Role::helper, {}, world.organisation(0), id.value}});
  EXPECT_THROW(world.report(helper, other, 5), Problem);
  EXPECT_THROW(world.step(helper, id, Action::propose), Problem);
  world.report(helper, id, 12);
  EXPECT_EQ(state(id), State::reported);
}

TEST_P(WorkStore, AnActivityIsPlayedFromDraftToConfirmed) {
  auto const id = world.create_draft(world.focal);
  EXPECT_EQ(state(id), State::draft);
  world.step(world.focal, id, Action::propose);
  EXPECT_EQ(state(id), State::proposed);
  world.step(world.regional, id, Action::give_back, "Убакыт туура эмес");
  EXPECT_EQ(state(id), State::returned);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::approve);
  EXPECT_EQ(state(id), State::approved);
  world.step(world.focal, id, Action::hold);
  world.report(world.focal, id, 44);
  EXPECT_EQ(state(id), State::reported);
  world.step(world.regional, id, Action::reject_result, "Кайра сана");
  EXPECT_EQ(state(id), State::held);
  world.report(world.focal, id, 42);
  world.step(world.second, id, Action::confirm);
  EXPECT_EQ(state(id), State::confirmed);
  EXPECT_THAT(life(id), ElementsAre("created", "propose", "return", "propose", "approve", "hold", "report", "return-result", "report", "confirm"));
  EXPECT_THAT(world.wrong_tallies(), IsEmpty());
  auto const lines = world.ask_work([&](Store& store) { return store.timeline(id); });
  EXPECT_EQ(lines[2].reason, "Убакыт туура эмес");
  EXPECT_EQ(lines[2].person, world.regional.id);
  EXPECT_EQ(lines[2].role, "regional_coordinator");
  EXPECT_EQ(lines[2].organisation, world.organisation(2));
  EXPECT_EQ(lines[1].role, "focal_point");
}

TEST_P(WorkStore, TheSameFormSentTwiceIsStoredOnce) {
  auto const first = world.database().write([&](db::Tx& tx) { return create(tx, world.scene(world.focal), world.draft(), "form-1"); });
  auto const again = world.database().write([&](db::Tx& tx) { return create(tx, world.scene(world.focal), world.draft(), "form-1"); });
  EXPECT_EQ(again.outcome, Outcome::repeated);
  EXPECT_EQ(again.id, first.id);
  Step step;
  step.token = "form-2";
  EXPECT_EQ(world.step(world.focal, first.id, step).outcome, Outcome::done);
  EXPECT_EQ(world.step(world.focal, first.id, step).outcome, Outcome::repeated);
  EXPECT_EQ(world.find(first.id).version, 2);
  // Somebody else's form of the same token is another form.
  auto const other = world.database().write([&](db::Tx& tx) { return create(tx, world.scene(world.colleague), world.draft(), "form-1"); });
  EXPECT_EQ(other.outcome, Outcome::done);
}

TEST_P(WorkStore, AStepOnAnOlderVersionChangesNothing) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  Step edit;
  edit.action = Action::edit;
  edit.change = [](Activity& activity) { activity.expected = activity::Count{90, 90}; };
  world.step(world.focal, id, edit);
  Step approve;
  approve.action = Action::approve;
  approve.version = 2;  // the coordinator saw the proposal before it was changed
  EXPECT_EQ(world.step(world.regional, id, approve).outcome, Outcome::stale);
  EXPECT_EQ(state(id), State::proposed);
}

TEST_P(WorkStore, WhatAPageReadBeforeAnotherChangeIsNotTakenForWhatIsStored) {
  auto const id = world.create_draft(world.focal);
  auto const seen = world.find(id);
  auto const beside = world.database().read([&](db::Reader& read) { return Store(read).beside(id); });
  Step change;
  change.action = Action::edit;
  change.change = [](Activity& activity) { activity.texts["ky"].title = "Башка аталыш"; };
  world.step(world.focal, id, change);
  Step propose;
  propose.action = Action::propose;
  propose.version = seen.version;
  auto const make = [&] {
    return world.database().write([&](db::Tx& tx) { return make_step(tx, world.scene(world.focal), seen, beside, propose); });
  };
  EXPECT_EQ(make().outcome, Outcome::stale);
  propose.version = seen.version + 1;
  EXPECT_EQ(make().outcome, Outcome::done);
  EXPECT_EQ(world.find(id).texts.at("ky").title, "Башка аталыш") << "the step was made on what is stored, not on what was seen";
}

TEST_P(WorkStore, ARoleThatEndedMeanwhileIsNoLongerUsed) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  world.end_roles(world.regional);
  EXPECT_THROW(world.step(world.regional, id, Action::approve), Problem);
  EXPECT_EQ(state(id), State::proposed);
}

TEST_P(WorkStore, ACorrectionKeepsBothValuesAndIsConfirmedAgain) {
  auto const id = world.confirmed(40);
  EXPECT_THROW(world.step(world.focal, id, Action::correct), Problem) << "without a reason";
  world.report(world.focal, id, 48, Action::correct, "Эки барак калып калган");
  EXPECT_EQ(state(id), State::reported);
  EXPECT_THROW(world.step(world.focal, id, Action::confirm), Problem);
  world.step(world.regional, id, Action::confirm);
  auto const results = world.ask_work([&](Store& store) { return store.results(id); });
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0].attendance, (activity::Count{40, 40}));
  EXPECT_EQ(results[0].confirmed_by, world.second.id);
  EXPECT_EQ(results[1].attendance, (activity::Count{48, 48}));
  EXPECT_EQ(results[1].confirmed_by, world.regional.id);
  EXPECT_EQ(results[1].reason, "Эки барак калып калган");
  EXPECT_THAT(world.wrong_tallies(), IsEmpty());
}

TEST_P(WorkStore, UndoPutsBackWhatAStepChanged) {
  auto const id = world.confirmed(40);
  world.report(world.focal, id, 48, Action::correct, "Жаңылыштык");
  world.step(world.focal, id, Action::undo);
  auto const back = world.find(id);
  EXPECT_EQ(back.state, State::confirmed);
  EXPECT_EQ(back.result->attendance, (activity::Count{40, 40}));
  auto const results = world.ask_work([&](Store& store) { return store.results(id); });
  EXPECT_EQ(results.back().confirmed_by, world.second.id) << "what counts again is still confirmed";
  EXPECT_THAT(world.wrong_tallies(), IsEmpty());
  EXPECT_THROW(world.step(world.focal, id, Action::undo), Problem) << "an undo is not undone";
}

TEST_P(WorkStore, AConfirmationThatWasTakenBackNamesNobody) {
  auto const id = world.confirmed(40);
  world.step(world.second, id, Action::undo);
  EXPECT_EQ(state(id), State::reported);
  auto const results = world.ask_work([&](Store& store) { return store.results(id); });
  ASSERT_EQ(results.size(), 1U);
  EXPECT_FALSE(results[0].confirmed_at);
  EXPECT_FALSE(results[0].confirmed_by);
  world.step(world.regional, id, Action::confirm);
  EXPECT_EQ(world.ask_work([&](Store& store) { return store.results(id); }).at(0).confirmed_by, world.regional.id);
}

TEST_P(WorkStore, UndoEndsAfterTenMinutesAndWhenSomebodyBuiltOnIt) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::approve);
  EXPECT_THROW(world.step(world.focal, id, Action::undo), Problem) << "it was approved";
  world.clock().set(world.clock().now() + std::chrono::minutes(10));
  EXPECT_THROW(world.step(world.regional, id, Action::undo), Problem);
  auto const other = world.create_draft(world.focal);
  world.step(world.focal, other, Action::propose);
  world.step(world.focal, other, Action::undo);
  EXPECT_EQ(state(other), State::draft);
  EXPECT_FALSE(world.ask_work([&](Store& store) { return store.work(other); }).proposed_by);
}

TEST_P(WorkStore, MovingToAnotherRegionAsksItsCoordinator) {
  auto draft = world.draft();
  draft.day = draft.end_day = world.today().plus(5);
  auto const id = world.create_draft(world.focal, draft);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::approve);
  Step move;
  move.action = Action::move;
  move.reason = "Зал бош эмес";
  move.change = [&](Activity& activity) { activity.day = activity.end_day = world.today().plus(6); };
  world.step(world.focal, id, move);
  auto const moved = world.find(id);
  EXPECT_EQ(moved.state, State::approved);
  EXPECT_EQ(moved.moved_from_day, world.today().plus(5));
  move.change = [&](Activity& activity) { activity.place = world.place("talas"); };
  world.step(world.focal, id, move);
  EXPECT_EQ(state(id), State::proposed);
  EXPECT_THROW(world.step(world.regional, id, Action::approve), Problem);
  world.step(world.elsewhere, id, Action::approve);
  EXPECT_EQ(world.find(id).moved_from_place, world.place("naryn"));
  EXPECT_THAT(world.wrong_tallies(), IsEmpty());
}

TEST_P(WorkStore, AfterTheApprovalAnEditCannotMoveIt) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::approve);
  Step edit;
  edit.action = Action::edit;
  edit.change = [&](Activity& activity) {
    activity.day = activity.end_day = world.today().plus(9);
    activity.place = world.place("talas");
    activity.state = State::confirmed;
    activity.expected = activity::Count{60, 60};
  };
  world.step(world.focal, id, edit);
  auto const stored = world.find(id);
  EXPECT_EQ(stored.day, world.today());
  EXPECT_EQ(stored.place, world.place("naryn"));
  EXPECT_EQ(stored.state, State::approved);
  EXPECT_EQ(stored.expected, (activity::Count{60, 60}));
}

TEST_P(WorkStore, AfterTheApprovalAnEditInventsNoExactDays) {
  auto activity = world.plain();
  activity.day = day("2018-12-01");
  activity.end_day = day("2018-12-31");
  activity.precision = activity::Precision::month;
  auto const id = world.add(activity);
  Step edit;
  edit.action = Action::edit;
  edit.change = [](Activity& next) {
    next.texts["ky"].title = "Башка аталыш";
    next.precision = activity::Precision::day;
  };
  world.step(world.focal, id, edit);
  EXPECT_EQ(world.find(id).precision, activity::Precision::month);
}

TEST_P(WorkStore, AnEditDoesNotGiveAnActivityToAnotherOrganisation) {
  auto const id = world.create_draft(world.focal);
  Step edit;
  edit.action = Action::edit;
  edit.change = [&](Activity& activity) { activity.lead = world.organisation(1); };
  EXPECT_THROW(world.step(world.focal, id, edit), Problem);
  EXPECT_EQ(world.find(id).lead, world.organisation(0));
}

TEST_P(WorkStore, WhatWasReadFromASpreadsheetIsConfirmedByAnyCoordinatorOfTheRegion) {
  auto activity = world.plain();
  activity.state = State::reported;
  activity.day = activity.end_day = world.today().plus(-2);
  activity.result = activity::Result{};
  activity.result->attendance = activity::Count{30, 30};
  activity.result->reported_day = world.today();
  auto const id = world.add(activity);
  EXPECT_THROW(world.step(world.elsewhere, id, Action::confirm), Problem);
  world.step(world.regional, id, Action::confirm);
  EXPECT_EQ(state(id), State::confirmed);
}

TEST_P(WorkStore, ListsOfWorkHoldWhatTheyAreAbout) {
  auto const id = world.create_draft(world.focal);
  auto const own = [&] {
    return world.ask_work([&](Store& store) { return store.of_planner(world.colleague.id, {world.organisation(0)}, world.edition().id, 10).size(); });
  };
  EXPECT_EQ(own(), 1U);
  Where naryn, talas;
  naryn.regions = {world.place("naryn")};
  talas.regions = {world.place("talas")};
  auto const proposals = [&](Where const& where) {
    return world.ask_work([&](Store& store) { return store.in_states(world.edition().id, where, {State::proposed}, {10, 10}).number; });
  };
  EXPECT_EQ(proposals(naryn), 0U);
  world.step(world.focal, id, Action::propose);
  EXPECT_EQ(proposals(naryn), 1U);
  EXPECT_EQ(proposals(talas), 0U);
  world.step(world.focal, id, Action::withdraw);
  world.step(world.focal, id, Action::discard);
  EXPECT_EQ(own(), 0U) << "put away";
}

TEST_P(WorkStore, AWeekStandsInTheOrderOfDaysAndHours) {
  auto const add = [&](char const* title, int days, std::optional<int> start) {
    auto activity = world.plain(title);
    activity.state = State::approved;
    activity.day = activity.end_day = world.today().plus(days);
    activity.start_minutes = start;
    world.add(activity);
  };
  add("tomorrow", 1, 9 * 60);
  add("afternoon", 0, 14 * 60);
  add("no hour", 0, std::nullopt);
  add("morning", 0, 9 * 60);
  Where everywhere;
  everywhere.everywhere = true;
  auto const week = world.ask_work([&](Store& store) {
    return store.between(world.edition().id, everywhere, world.today(), world.today().plus(1), {20, 20}).rows;
  });
  std::vector<std::string> titles;
  for (auto const& brief : week) titles.push_back(brief.title);
  EXPECT_THAT(titles, ElementsAre("morning", "afternoon", "no hour", "tomorrow"));
}

TEST_P(WorkStore, TimelinessCountsWhatCameInTimeLateOrNotAtAll) {
  auto const add = [&](char const* until, std::optional<char const*> reported) {
    auto activity = world.plain();
    activity.day = activity.end_day = day(until);
    activity.state = reported ? State::reported : State::approved;
    if (reported) {
      activity.result = activity::Result{};
      activity.result->attendance = activity::Count{10, 10};
      activity.result->reported_day = day(*reported);
    }
    world.add(activity);
  };
  add("2018-10-01", "2018-10-04");  // the last day in time
  add("2018-10-01", "2018-10-05");
  add("2018-10-01", {});
  add("2018-10-18", {});  // not due yet on the 20th
  auto const lines = world.ask_work([&](Store& store) { return store.timeliness_by_region(world.edition().id, world.today()); });
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].id, world.place("naryn").value);
  EXPECT_EQ(lines[0].due, 3);
  EXPECT_EQ(lines[0].in_time, 1);
  EXPECT_EQ(lines[0].late, 1);
  EXPECT_EQ(lines[0].missing, 1);
  Where elsewhere;
  elsewhere.regions = {world.place("talas")};
  EXPECT_TRUE(world.ask_work([&](Store& store) { return store.timeliness_by_organisation(world.edition().id, elsewhere, world.today()); }).empty());
}

TEST_P(WorkStore, LateAreThoseWhoseResultIsOverdueInTheirPartOfTheCountry) {
  auto activity = world.plain();
  activity.day = activity.end_day = day("2018-10-01");
  world.add(activity);
  activity.day = activity.end_day = day("2018-10-18");
  world.add(activity);
  Where naryn;
  naryn.regions = {world.place("naryn")};
  auto const late = world.ask_work([&](Store& store) { return store.late(world.edition().id, naryn, world.today(), {10, 10}).rows; });
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].day, day("2018-10-01"));
}

TEST_P(WorkStore, EveryStepIsInTheAuditLogWithoutAnythingSomebodyWrote) {
  auto draft = world.draft();
  draft.texts["ky"].title = "Жашыруун аталыш";
  auto const id = world.create_draft(world.focal, draft);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::give_back, "Купуя себеп");
  struct Row {
    std::int64_t person;
    std::string action, object, changes;
  };
  auto const rows = world.database().read([&](db::Reader& read) {
    return read.all<Row>("select person, action, object, changes from audit where object = 'activity' and object_id = $1 order by sequence", id);
  });
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].action, "created");
  EXPECT_EQ(rows[1].action, "proposed");
  EXPECT_EQ(rows[1].person, world.focal.id.value);
  EXPECT_EQ(rows[2].action, "returned");
  EXPECT_EQ(rows[2].person, world.regional.id.value);
  EXPECT_THAT(rows[2].changes, ::testing::HasSubstr("returned"));
  EXPECT_THAT(rows[2].changes, ::testing::HasSubstr("reason"));
  for (auto const& row : rows)
    for (auto const* text : {"Жашыруун", "Купуя", "Айгүл"}) EXPECT_THAT(row.changes, ::testing::Not(::testing::HasSubstr(text)));
}

}  // namespace
}  // namespace birge::work
