#include <atomic>
#include <latch>
#include <set>
#include <thread>

#include "app/intake_testing.hpp"

namespace birge::app::testing {
namespace {

INSTANTIATE_TEST_SUITE_P(BothEngines, Intake, db::both_engines(), db::engine_name);

TEST_P(Intake, ForANoiseOrAnEmptyFormSaysWhatIsWrongAndKeepsWhatWasTyped) {
  auto const nothing = me->submit("/en/work/import", {{"edition", "2018"}});
  EXPECT_EQ(nothing.status, Status::unprocessable);
  EXPECT_THAT(nothing.body, HasSubstr("Choose a file, or paste a table."));
  auto const unknown = me->submit("/en/work/import", {{"edition", "1999"}, {"table", "a\tb"}});
  EXPECT_EQ(unknown.status, Status::unprocessable);
  EXPECT_THAT(unknown.body, HasSubstr("a\tb</textarea>"));
  auto const page = location(me->submit("/en/work/import", {{"edition", "2018"}, {"table", "Погода\tЦвет\nдождь\tсиний\n"}}));
  work();
  EXPECT_THAT(me->get(page).body, HasSubstr("There is no table of activities in this file"));
}

TEST_P(Intake, OfAnotherIsNotFoundByItsAddress) {
  auto const page = paste(good);
  for (auto const person : {elsewhere, national}) {
    Browser other(*site, site->session(person));
    for (auto const* end : {"", "/refused", "/undo"}) EXPECT_EQ(other.get(page + end).status, Status::not_found) << end;
    auto const token = Browser::token(other.get("/en/account").body, "/en/account");
    for (auto const* end : {"", "/undo"})
      EXPECT_EQ(other.post(page + end, {{"form_token", token}, {"do", "store"}, {"step", "2"}}).status, Status::not_found) << end;
  }
  EXPECT_FALSE(titled("Лекция о миграции"));
}

TEST_P(Intake, RowsOutsideTheOwnRegionAreErrorsAndNeverStored) {
  auto const page = paste(good + far);
  EXPECT_THAT(me->get(page).body, HasSubstr("It is in another region than yours"));
  EXPECT_EQ(act(page, "store").status, Status::unprocessable);
  act(page, "partial");
  EXPECT_TRUE(titled("Лекция о миграции"));
  EXPECT_FALSE(titled("Лекция в Таласе"));
  Browser country(*site, site->session(national));
  auto const all = paste(country, far);
  act(country, all, "store");
  EXPECT_TRUE(titled("Лекция в Таласе"));
}

TEST_P(Intake, OneErrorKeepsEverythingOutUntilItIsCorrectedInPlace) {
  auto const page = paste(good + wrong);
  auto const shown = me->get(page).body;
  EXPECT_THAT(shown, HasSubstr("A kind of activity from the list."));
  EXPECT_THAT(shown, HasSubstr("name=\"fix.0.3.1\" value=\"парад планет\""));
  EXPECT_EQ(act(page, "store").status, Status::unprocessable);
  EXPECT_FALSE(titled("Лекция о миграции"));
  act(page, "next", {{"fix.0.3.1", "почти лекция"}});  // kept, not yet looked at
  EXPECT_THAT(me->get(page).body, HasSubstr("value=\"почти лекция\""));
  act(page, "check", {{"fix.0.3.1", "лекция"}});
  EXPECT_THAT(me->get(page).body, HasSubstr("Store 2 rows"));
  act(page, "store");
  EXPECT_TRUE(titled("Лекция о миграции"));
  EXPECT_EQ(titled("Парад")->kind, "lecture");
  EXPECT_TRUE(wrong_tallies().empty());
}

TEST_P(Intake, GivesTheRowsBackThatAPartialOneRefused) {
  auto const page = paste(good + wrong);
  act(page, "partial");
  EXPECT_TRUE(titled("Лекция о миграции"));
  auto const file = me->get(page + "/refused");
  EXPECT_EQ(file.status, Status::ok);
  EXPECT_THAT(file.body, HasSubstr("парад планет"));
  EXPECT_THAT(file.body, HasSubstr("A kind of activity from the list."));
  EXPECT_THAT(file.body, Not(HasSubstr("Лекция о миграции")));
}

TEST_P(Intake, ApprovesPlansOfOthersAndProposesThoseOfTheOwnOrganisation) {
  std::string const own = "Совещание\tлекция\t25.10.2018\tНарынская обл.\tНарын облустук администрациясы\tзапланировано\t\n";
  auto const page = paste(good + own + held);
  // Two organisations fit the name, so the page asks which one is meant.
  auto const asked = me->get(page).body;
  auto const first = asked.find("value=\"c0\" >It is Нарын облустук администрациясы") != std::string::npos;
  act(page, "check", {{"organisation.0", first ? "c0" : "c1"}});
  ASSERT_THAT(me->get(page).body, HasSubstr("Store 3 rows"));
  act(page, "store");
  for (auto const* title : {"Лекция о миграции", "Совещание", "Встреча в школе"}) ASSERT_TRUE(titled(title)) << me->get(page).body;
  EXPECT_EQ(titled("Лекция о миграции")->state, activity::State::approved);
  EXPECT_EQ(titled("Совещание")->state, activity::State::proposed);
  EXPECT_EQ(titled("Встреча в школе")->state, activity::State::reported);
  auto const mine = site->database().read([&](db::Reader& read) { return work::standings(read, site->facts().edition("2018")->id); });
  EXPECT_EQ(mine.at(titled("Совещание")->id).proposed_by, regional);
  EXPECT_EQ(mine.at(titled("Встреча в школе")->id).reported_by, regional) << "who read the result in does not confirm it";

  site->database().write([&](db::Tx& tx) { tx.run("update activity set state = 'approved' where id = $1", titled("Совещание")->id); });
  auto another = own;
  another.replace(another.find("лекция"), std::string("лекция").size(), "тренинг");
  auto const second = paste(another);
  act(second, "check", {{"organisation.0", first ? "c0" : "c1"}});
  act(second, "store");
  EXPECT_EQ(titled("Совещание")->kind, "training");
  EXPECT_EQ(titled("Совещание")->state, activity::State::proposed) << "another plan of the own organisation is approved anew";
}

TEST_P(Intake, WhatARegionalAdministrationPlansIsApprovedByTheNationalCoordinatorOnly) {
  std::string const of_the_office = "Совещание\tлекция\t25.10.2018\tНарынская обл.\tНарын облустук администрациясы\tзапланировано\t\n";
  auto const colleague = site->person("Гүлнара", "gulnara@example.org", {Role::regional_coordinator, naryn, {}, {}});
  auto const read_in = [&](PersonId person) {
    Browser browser(*site, site->session(person));
    auto const page = paste(browser, good + of_the_office);
    bool const first = browser.get(page).body.find("value=\"c0\" >It is Нарын облустук администрациясы") != std::string::npos;
    act(browser, page, "check", {{"organisation.0", first ? "c0" : "c1"}});
    act(browser, page, "store");
  };
  read_in(colleague);
  ASSERT_TRUE(titled("Лекция о миграции") && titled("Совещание"));
  EXPECT_EQ(titled("Лекция о миграции")->state, activity::State::approved);
  EXPECT_EQ(titled("Совещание")->state, activity::State::proposed) << "a colleague of the office would approve its plan";
  read_in(national);
  EXPECT_EQ(titled("Совещание")->state, activity::State::approved);
}

TEST_P(Intake, IntoAClosedEditionIsWarnedOfBeforeAnythingIsStored) {
  act(paste(held), "store");
  close_edition();
  auto other_kind = held;
  other_kind.replace(other_kind.find("\tлекция"), std::string("\tлекция").size(), "\tтренинг");
  auto const page = paste(good + other_kind);
  auto const shown = me->get(page).body;
  EXPECT_THAT(shown, HasSubstr("The edition is closed: its figures stand still."));
  EXPECT_THAT(shown, HasSubstr("of this activity only the result can still be corrected"));
  EXPECT_THAT(shown, HasSubstr("No row can be stored yet."));
  EXPECT_EQ(act(page, "partial").status, Status::unprocessable);
  EXPECT_EQ(titled("Встреча в школе")->kind, "lecture");
  EXPECT_TRUE(wrong_closings().empty());
}

TEST_P(Intake, OfTheSameFileTwiceChangesNothing) {
  auto const own = "Совещание\tлекция\t25.10.2018\tНарынская обл.\tТоо жаңырыгы\tзапланировано\t\n" + good + held;
  site->organisation("Тоо жаңырыгы", naryn);
  act(paste(own), "store");
  auto const before = everything();
  auto const again = paste(own);
  EXPECT_THAT(me->get(again).body, HasSubstr("Everything in the file is stored already."));
  EXPECT_EQ(act(again, "store").status, Status::unprocessable);
  EXPECT_EQ(everything(), before);
}

TEST_P(Intake, ShowsFormulasAndMarkupAsTheyAreTyped) {
  auto const page = paste("=HYPERLINK(1)<script>alert(1)</script>\tпарад <b>\t25.10.2018\tНарынская обл.\tМээрим жаштар уюму\t\t\n");
  auto const shown = me->get(page).body;
  EXPECT_THAT(shown, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(shown, HasSubstr("=HYPERLINK(1)&lt;script&gt;"));
  EXPECT_THAT(shown, HasSubstr("value=\"парад &lt;b&gt;\""));
}

TEST_P(Intake, CreatesOrganisationsOnlyWhereSomebodySaysSo) {
  std::string const row = "Дебаты\tлекция\t25.10.2018\tНарынская обл.\tЖаңы күн\tзапланировано\t\n";
  auto const page = paste(row);
  EXPECT_THAT(me->get(page).body, HasSubstr("Organisations nobody knows by this name"));
  act(page, "check", {{"organisation.0", "new"}});
  EXPECT_THAT(me->get(page).body, HasSubstr("New organisations: Жаңы күн."));
  act(page, "store");
  EXPECT_TRUE(titled("Дебаты"));
}

TEST_P(Intake, AsksWhetherANearlyEqualRowIsTheSame) {
  act(paste(good), "store");
  auto const id = id_text(titled("Лекция о миграции")->id);
  std::string const other = "Лекция о миграции\tлекция\t27.10.2018\tНарынская обл.\tМээрим жаштар уюму\tзапланировано\t\n";
  auto const page = paste(other);
  EXPECT_THAT(me->get(page).body, HasSubstr("Is it the same activity?"));
  act(page, "check", {{"near.0/2", "other"}});
  EXPECT_THAT(me->get(page).body, HasSubstr("<b>1</b><span>new row</span>"));
  act(page, "reset");
  act(page, "check", {{"near.0/2", id}});
  EXPECT_THAT(me->get(page).body, HasSubstr("<b>1</b><span>changed</span>"));
  act(page, "store");
  EXPECT_EQ(titled("Лекция о миграции")->day.iso(), "2018-10-27");
}

TEST_P(Intake, WantsALookAtDataOfPeopleBeforeItStoresThem) {
  auto const page = paste("Лекция 0555123456\tлекция\t25.10.2018\tНарынская обл.\tМээрим жаштар уюму\tзапланировано\t\n");
  EXPECT_THAT(me->get(page).body, HasSubstr("seems to hold a telephone number"));
  EXPECT_EQ(act(page, "store").status, Status::unprocessable);
  act(page, "store", {{"seen_private", "1"}});
  EXPECT_TRUE(titled("Лекция 0555123456"));
}

TEST_P(Intake, ReadsACorrectionBeforeItIsStored) {
  auto const page = paste(good + wrong);
  // Sent together with the wish to store: the rows were counted before this was typed.
  auto const reply = act(page, "partial", {{"fix.0.2.0", "Айгүл 0700 123 456, 12345678901234"}});
  ASSERT_EQ(reply.status, Status::see_other);
  EXPECT_TRUE(stored().empty());
  auto const shown = me->get(location(reply)).body;
  EXPECT_THAT(shown, HasSubstr("nothing is stored yet"));
  EXPECT_THAT(shown, HasSubstr("seems to hold a telephone number"));
  EXPECT_EQ(act(page, "partial").status, Status::unprocessable);
  EXPECT_TRUE(stored().empty());
  act(page, "check", {{"fix.0.2.0", "Лекция о миграции"}});
  act(page, "partial");
  EXPECT_TRUE(titled("Лекция о миграции"));
}

TEST_P(Intake, ReadsACorrectionThatWasKeptOnTheWayBeforeItIsStored) {
  auto const page = paste(good);
  act(page, "next", {{"fix.0.2.0", "Айгүл 0700 123 456"}});
  act(page, "store");
  EXPECT_TRUE(stored().empty());
  EXPECT_THAT(me->get(page).body, HasSubstr("seems to hold a telephone number"));
  act(page, "store", {{"seen_private", "1"}});
  EXPECT_TRUE(titled("Айгүл 0700 123 456"));
}

TEST_P(Intake, OfOnePersonNoMoreThanTenWaitAlsoWhenTheyComeAtOnce) {
  constexpr int sent = 24;
  auto const token = Browser::token(me->get("/en/work/import").body, "/en/work/import");
  std::atomic<int> taken = 0, refused = 0;
  {
    std::latch start(sent);
    std::vector<std::jthread> many;
    for (int i = 0; i < sent; ++i)
      many.emplace_back([&, browser = *me]() mutable {
        start.arrive_and_wait();
        auto const status = browser.post("/en/work/import", {{"form_token", token}, {"edition", "2018"}, {"table", header_row + good}}).status;
        ++(status == Status::see_other ? taken : refused);
      });
  }
  EXPECT_EQ(taken, intake::uploads_at_once);
  EXPECT_EQ(refused, sent - intake::uploads_at_once);
  EXPECT_EQ(files_ending(".upload").size(), static_cast<std::size_t>(intake::uploads_at_once)) << "what is refused is not kept";
}

TEST_P(Intake, ThatIsGivenUpSaysSoAndCanBeTriedAgain) {
  auto const page = paste(good);
  auto const shown = me->get(page).body;
  auto const file = files_ending(".rows").front();
  std::filesystem::create_directories(file + ".new/full");  // nothing can be written there now
  me->post(page, {{"form_token", Browser::token(shown, page)}, {"step", Browser::between(shown, "name=\"step\" value=\"", "\"")}, {"do", "store"}});
  work_for_days();
  auto const failed = me->get(page);
  EXPECT_THAT(failed.body, HasSubstr("Birge tried for hours and did not succeed"));
  EXPECT_EQ(header(failed, "Refresh"), "") << "nobody waits for it any more";
  std::filesystem::remove_all(file + ".new");
  act(page, "again");
  EXPECT_THAT(me->get(page).body, HasSubstr("Store 1 row"));
  act(page, "store");
  EXPECT_TRUE(titled("Лекция о миграции"));
}

TEST_P(Intake, WhoseTakingBackIsGivenUpStandsAsItWasStored) {
  act(paste(good), "store");
  auto const page = paste("Лекция о миграции\tлекция\t25.10.2018\tНарынская обл.\tМээрим жаштар уюму\tотменено\t\n");
  act(page, "store");
  auto const before = everything();
  site->database().write([](db::Tx& tx) { tx.run("update import_change set before = 'nobody can read this' where before <> ''"); });
  undo(*me, page);
  work_for_days();
  auto const shown = me->get(page);
  EXPECT_THAT(shown.body, HasSubstr("Birge tried for hours and could not take it back"));
  EXPECT_THAT(shown.body, HasSubstr("Take the whole import back"));
  EXPECT_EQ(header(shown, "Refresh"), "");
  EXPECT_EQ(everything(), before);
}

TEST_P(Intake, ThatNothingWorksOnIsForgottenAfterAWhile) {
  auto const stuck = paste(good), taken = paste(held);
  act(taken, "store");
  site->database().write([&](db::Tx& tx) {
    tx.run("update import_run set state = 'undoing', step = step + 1, undone_by = person where state = 'stored'");
    tx.run("update import_run set state = 'storing', step = step + 1 where state = 'checked'");
  });
  work();  // the schedule is seen for the first time
  site->wait(std::chrono::days(9));
  work();
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "imports"));
  me.emplace(*site, site->session(regional));
  EXPECT_THAT(me->get(stuck).body, HasSubstr("Deleted without storing anything"));
  site->wait(std::chrono::days(23));
  work();
  me.emplace(*site, site->session(regional));
  EXPECT_THAT(me->get(taken).body, HasSubstr("Everything is stored."));
}

TEST_P(Intake, KeepsUploadsPrivateAndForgetsThemAfterAWeek) {
  auto const page = paste(good + wrong);
  namespace fs = std::filesystem;
  int files = 0;
  for (auto const& entry : fs::directory_iterator(folder_ / "imports")) {
    ++files;
    EXPECT_EQ(entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none) << entry.path();
  }
  EXPECT_EQ(files, 3);
  work();  // the schedule is seen for the first time
  site->wait(std::chrono::days(9));
  work();
  EXPECT_TRUE(fs::is_empty(folder_ / "imports"));
  Browser later(*site, site->session(regional));
  EXPECT_THAT(later.get(page).body, HasSubstr("Deleted without storing anything"));
}

TEST_P(Intake, LeavesOnlyCountsInTheAuditLog) {
  auto const page = paste(good + wrong);
  act(page, "partial");
  undo(*me, page);
  struct Entry {
    std::string action, changes;
  };
  auto const entries = site->database().read([](db::Reader& read) { return read.all<Entry>("select action, changes from audit order by sequence"); });
  std::set<std::string> actions;
  for (auto const& entry : entries) {
    actions.insert(entry.action);
    EXPECT_THAT(entry.changes, Not(HasSubstr("Лекция")));
  }
  for (auto const* action : {"uploaded", "imported", "import_undone"}) EXPECT_TRUE(actions.contains(action)) << action;
}

/// Undoing an import deletes activities: whatever refers to them must be known to it, or to built_on as a reason to leave them.
TEST(IntakeTables, ThatReferToActivitiesAreAllKnown) {
  Site site;
  auto const tables = site.database().read([](db::Reader& read) {
    return read.all<std::string>(
        "select m.name from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table' and f.\"table\" = 'activity'"
        " group by m.name");
  });
  std::set<std::string> const known{
      "activity_text",    "activity_card",   "activity_topic",  "activity_audience",  "activity_organisation", "activity_place",
      "activity_warning", "activity_change", "result",          "activity_work",      "activity_before",  // deleted
      "activity_step",    "remark",          "checklist_tick",  "work_post",                              // built on
      "evidence",         "sheet_answer",    "frozen_activity",                                           // built on
      "paper_approval",   "result_words",    "result_question", "result_confirmation"};                   // made by a step
  for (auto const& table : tables) EXPECT_TRUE(known.contains(table)) << table << ": undoing an import must know it (work/work_import_store.cpp)";
}

/// It takes organisations out of the register as well: whatever refers to one keeps it there.
TEST(IntakeTables, ThatReferToOrganisationsAreAllKnown) {
  Site site;
  auto const tables = site.database().read([](db::Reader& read) {
    return read.all<std::string>(
        "select m.name from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table' and f.\"table\" = 'organisation'"
        " group by m.name");
  });
  std::set<std::string> const goes_along{"organisation_text", "organisation_alias"};
  std::set<std::string> const keeps{"activity",   "activity_organisation", "result",          "edition_organisation", "account_role",
                                    "ticket",     "organisation_profile",  "joining_request", "organisation_region",  "activity_step",
                                    "saved_view", "result_confirmation",   "recommendation"};
  for (auto const& table : tables)
    EXPECT_TRUE(goes_along.contains(table) || keeps.contains(table)) << table << ": undoing an import must know it (intake/intake_undo_store.cpp)";
}

}  // namespace
}  // namespace birge::app::testing
