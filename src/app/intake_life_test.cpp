#include "app/intake_testing.hpp"
#include "features/account/role_holders.hpp"
#include "features/audit/log.hpp"
#include "features/work/work.hpp"
#include "features/work/work_import.hpp"

/// What a spreadsheet may do to activities that people work on in the workspace.
namespace birge::app::testing {
namespace {

using activity::State;
using work::Action;

class IntakeLife : public Intake {
protected:
  account::Person person(PersonId id) {
    account::Person person;
    person.id = id;
    person.grants = site->database().read([&](db::Reader& read) { return account::grants_of(read, id); });
    return person;
  }
  void step(PersonId by, Activity const& activity, Action action, std::string reason = {}, std::function<void(Activity&)> change = {}) {
    auto const who = person(by);
    site->database().write([&](db::Tx& tx) {
      work::Step made;
      made.action = action;
      made.version = activity.version;
      made.reason = std::move(reason);
      made.change = change;
      work::make_step(tx, {site->ids(), site->facts(), who, site->clock().now()}, activity.id, made);
    });
  }
  /// Pastes rows with a column for the reason.
  std::string paste_with_reason(std::string const& rows) {
    auto const reply =
        me->submit("/en/work/import", {{"edition", "2018"}, {"table", "Название\tВид\tДата\tОбласть\tОрганизация\tСтатус\tПричина\n" + rows}});
    EXPECT_EQ(reply.status, Status::see_other) << reply.body;
    work();
    return location(reply);
  }
  /// What the page says of a row that is not stored.
  void expect_refused(std::string const& page, std::string const& why) {
    EXPECT_THAT(me->get(page).body, HasSubstr(why));
    EXPECT_THAT(me->get(page).body, HasSubstr("People worked on it in Birge. Change it there, or leave this row out."));
    EXPECT_EQ(act(page, "store").status, Status::unprocessable) << why;
  }
  static std::string with(std::string row, std::string const& from, std::string const& to) { return row.replace(row.find(from), from.size(), to); }

  std::string const over_ = "Встреча в школе\tлекция\t14.09.2018\tНарынская обл.\tМээрим жаштар уюму\tзапланировано\t\n";
};
INSTANTIATE_TEST_SUITE_P(BothEngines, IntakeLife, db::both_engines(), db::engine_name);

TEST_P(IntakeLife, WhatWasCancelledInTheWorkspaceNoSpreadsheetBringsBack) {
  act(paste(good), "store");
  step(regional, titled("Лекция о миграции").value(), Action::cancel, "Жол жабык");
  auto const again = with(good, "запланировано\t\n", "запланировано\t35\n");
  expect_refused(paste(again), "It was cancelled.");
  EXPECT_EQ(titled("Лекция о миграции")->state, State::cancelled);
}

TEST_P(IntakeLife, WhatWasHeldIsNeitherCancelledNorPlannedAnew) {
  act(paste(over_), "store");
  step(regional, titled("Встреча в школе").value(), Action::hold);
  expect_refused(paste(with(over_, "запланировано", "отменено")), "It took place already.");
  expect_refused(paste(with(over_, "\tлекция", "\tтренинг")), "It took place already: what was planned stays as it is.");
  EXPECT_EQ(titled("Встреча в школе")->state, State::held);
  EXPECT_EQ(titled("Встреча в школе")->kind, "lecture");
  act(paste(held), "store");
  EXPECT_EQ(titled("Встреча в школе")->state, State::reported) << "its result may come in a spreadsheet";
}

TEST_P(IntakeLife, WhatWasConfirmedInTheWorkspaceIsCorrectedThere) {
  act(paste(held), "store");
  step(national, titled("Встреча в школе").value(), Action::confirm);
  expect_refused(paste(with(held, "40\n", "55\n")), "Its result was confirmed in Birge: correct it there, with a reason.");
  EXPECT_EQ(titled("Встреча в школе")->state, State::confirmed);
  EXPECT_EQ(titled("Встреча в школе")->result->attendance, (activity::Count{40, 40}));
}

TEST_P(IntakeLife, NobodyApprovesTheOwnProposalByASpreadsheet) {
  act(paste(good), "store");
  auto plan = titled("Лекция о миграции").value();
  site->database().write([&](db::Tx& tx) {
    tx.run("update activity set state = 'draft' where id = $1", plan.id);
    work::Standing standing;
    standing.created_by = regional;
    work::put_standing(tx, plan.id, standing);
  });
  step(regional, titled("Лекция о миграции").value_or(plan), Action::propose);
  auto const more = with(good, "запланировано\t\n", "запланировано\t35\n");
  act(paste(more), "store");
  EXPECT_EQ(titled("Лекция о миграции")->state, State::proposed);
  Browser country(*site, site->session(national));
  act(country, paste(country, with(good, "запланировано\t\n", "запланировано\t36\n")), "store");
  EXPECT_EQ(titled("Лекция о миграции")->state, State::approved)
      << "of what a regional coordinator proposed the national one's reading is the answer";
  act(paste(with(with(good, "запланировано\t\n", "запланировано\t36\n"), "\tлекция", "\tтренинг")), "store");
  EXPECT_EQ(titled("Лекция о миграции")->state, State::proposed) << "nor a change of it, once it is approved";
}

TEST_P(IntakeLife, ChangesOfOthersAreCountedFromTheNumberThatAnApproverReadIn) {
  auto const focal = site->person("Айгүл", "focal@example.org", {Role::focal_point, {}, ours, {}});
  auto const planned_for = [](std::string const& number) { return with(good, "запланировано\t\n", "запланировано\t" + number + "\n"); };
  auto const expect = [&](std::int64_t number) {
    step(focal, titled("Лекция о миграции").value(), Action::edit, {}, [&](Activity& activity) {
      activity.expected = activity::Count{number, number};
    });
    return titled("Лекция о миграции")->state;
  };
  act(paste(planned_for("40")), "store");
  site->wait(std::chrono::seconds(1));
  act(paste(planned_for("70")), "store");
  ASSERT_EQ(titled("Лекция о миграции")->expected, (activity::Count{70, 70}));
  EXPECT_EQ(expect(140), State::approved) << "twice of 70, not of 40";
  EXPECT_EQ(expect(141), State::proposed);
}

TEST_P(IntakeLife, WhoReadsInANumberOfTheOwnOrganisationDoesNotApproveIt) {
  auto const focal = site->person("Айгүл", "focal@example.org", {Role::focal_point, {}, ours, {}});
  auto const planned_for = [](std::string const& number) { return with(good, "запланировано\t\n", "запланировано\t" + number + "\n"); };
  act(paste(planned_for("40")), "store");
  site->wait(std::chrono::seconds(1));
  auto const home = site->person("Эсен", "home@example.org", {Role::regional_coordinator, naryn, ours, {}});
  Browser of_home(*site, site->session(home));
  act(of_home, paste(of_home, planned_for("70")), "store");
  ASSERT_EQ(titled("Лекция о миграции")->expected, (activity::Count{70, 70}));
  EXPECT_EQ(titled("Лекция о миграции")->state, State::approved);
  step(focal, titled("Лекция о миграции").value(), Action::edit, {}, [](Activity& activity) { activity.expected = activity::Count{90, 90}; });
  EXPECT_EQ(titled("Лекция о миграции")->state, State::proposed) << "more than twice of 40";
}

TEST_P(IntakeLife, WhatWasReturnedIsApprovedByReadingItInAgainUnlessOnesOwn) {
  auto const focal = site->person("Айгүл", "focal@example.org", {Role::focal_point, {}, ours, {}});
  act(paste(good), "store");
  auto const plan = titled("Лекция о миграции").value();
  site->database().write([&](db::Tx& tx) { tx.run("update activity set state = 'draft' where id = $1", plan.id); });
  step(focal, titled("Лекция о миграции").value(), Action::propose);
  step(regional, titled("Лекция о миграции").value(), Action::give_back, "Башка күн керек");
  auto const again = paste(with(good, "запланировано\t\n", "запланировано\t35\n"));
  act(again, "store");
  EXPECT_EQ(titled("Лекция о миграции")->state, State::approved) << "it was proposed by its organisation, and this is the answer";
}

TEST_P(IntakeLife, CancellingOrMovingWhatPeopleWorkOnNeedsAReasonAndTheyAreToldOfIt) {
  auto const focal = site->person("Айгүл", "focal@example.org", {Role::focal_point, {}, ours, {}});
  act(paste(good), "store");
  step(focal, titled("Лекция о миграции").value(), Action::edit, {}, [](Activity& activity) { activity.village = "Ат-Башы"; });
  auto const row = [](std::string const& status, std::string const& reason) {
    return "Лекция о миграции\tлекция\t25.10.2018\tНарынская обл.\tМээрим жаштар уюму\t" + status + "\t" + reason + "\n";
  };
  expect_refused(paste(with(good, "запланировано", "отменено")), "What is cancelled or moved needs a reason: write it in the row.");
  act(paste_with_reason(row("отменено", "дорога закрыта")), "store");
  EXPECT_EQ(titled("Лекция о миграции")->state, State::cancelled);
  auto const told =
      site->database().read([&](db::Reader& read) { return read.all<std::string>("select event from notice where person = $1 order by id", focal); });
  EXPECT_THAT(told, ::testing::Contains("cancelled"));
}

TEST_P(IntakeLife, ASecondMoveOrACancellationNeedsAReasonOfItsOwnAndTheTimelineKeepsEach) {
  act(paste(good), "store");
  step(regional, titled("Лекция о миграции").value(), Action::move, "Жол жабык",
       [](Activity& activity) { activity.day = activity.end_day = Day::parse("2018-10-26").value(); });
  auto const row = [](std::string const& day, std::string const& status, std::string const& last) {
    return "Лекция о миграции\tлекция\t" + day + "\tНарынская обл.\tМээрим жаштар уюму\t" + status + "\t" + last + "\n";
  };
  auto const moves = "перенесено на 27.10.2018";
  auto const why = "What is cancelled or moved needs a reason: write it in the row.";
  expect_refused(paste(row("26.10.2018", moves, "")), why);
  expect_refused(paste_with_reason(row("26.10.2018", moves, "")), why);
  expect_refused(paste(row("26.10.2018", "отменено", "")), why);
  EXPECT_EQ(titled("Лекция о миграции")->day.iso(), "2018-10-26");
  act(paste_with_reason(row("26.10.2018", moves, "зал закрыт")), "store");
  EXPECT_EQ(titled("Лекция о миграции")->day.iso(), "2018-10-27");
  EXPECT_EQ(titled("Лекция о миграции")->reason, "зал закрыт");
  act(paste(row("27.10.2018", "запланировано", "35")), "store");
  ASSERT_EQ(titled("Лекция о миграции")->expected, (activity::Count{35, 35}));
  EXPECT_EQ(titled("Лекция о миграции")->reason, "зал закрыт") << "a change that moves nothing leaves it";
  auto const life = me->get("/en/work/activities/" + id_text(titled("Лекция о миграции")->id)).body;
  std::vector<std::string> reasons;
  for (auto at = life.find("Reason: "); at != std::string::npos; at = life.find("Reason: ", at + 1))
    reasons.push_back(life.substr(at + 8, life.find('<', at) - at - 8));
  EXPECT_THAT(reasons, ::testing::ElementsAre("Жол жабык", "зал закрыт"));
}

TEST_P(IntakeLife, AMoveThatKeepsTheOldDayOfTheOneBeforeIsAMoveToo) {
  act(paste(with(good, "запланировано", "перенесено на 27.10.2018")), "store");
  ASSERT_EQ(titled("Лекция о миграции")->moved_from_day->iso(), "2018-10-25");
  step(regional, titled("Лекция о миграции").value(), Action::move, "Жол жабык",
       [](Activity& activity) { activity.day = activity.end_day = Day::parse("2018-10-28").value(); });
  auto const stored = titled("Лекция о миграции").value();
  auto next = stored;
  next.day = next.end_day = stored.day.plus(1);
  next.reason.clear();
  auto const refusal = site->database().read(
      [&](db::Reader& read) { return work::against_import(read, person(regional), site->facts(), next, stored, site->clock().now()); });
  EXPECT_EQ(refusal, message("What is cancelled or moved needs a reason: write it in the row."));
}

TEST_P(IntakeLife, ASpreadsheetCorrectsWhatOnlySpreadsheetsSaid) {
  act(paste(good), "store");
  act(paste(with(good, "запланировано", "отменено")), "store");
  EXPECT_EQ(titled("Лекция о миграции")->state, State::cancelled);
  act(paste(good), "store");
  EXPECT_EQ(titled("Лекция о миграции")->state, State::approved);
}

TEST_P(IntakeLife, TheLogTellsWhatAnImportChangedInEachActivity) {
  act(paste(held + good), "store");
  act(paste(with(held, "40\n", "55\n") + good), "store");
  auto const entries = site->database().read([&](db::Reader& read) {
    audit::LogFilter filter;
    filter.object = "activity";
    return audit::entries(read, filter, std::numeric_limits<std::int64_t>::max(), 100);
  });
  ASSERT_EQ(entries.size(), 1U) << "what is new or the same has no entry of its own";
  EXPECT_EQ(entries.front().object_id, titled("Встреча в школе")->id.value);
  std::vector<std::string> told;
  for (auto const& change : audit::changes_of(entries.front())) told.push_back(change.field + " " + change.before + " " + change.after);
  EXPECT_THAT(told, ::testing::Contains("attendance =40 =55"));
  EXPECT_TRUE(wrong_tallies().empty());
}

}  // namespace
}  // namespace birge::app::testing
