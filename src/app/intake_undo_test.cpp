#include "app/intake_testing.hpp"

namespace birge::app::testing {
namespace {

class IntakeUndo : public Intake {
protected:
  /// An import of one activity, led by an organisation that it takes into the register.
  std::string bring_in(std::string const& title, std::string const& organisation) {
    auto page = paste(title + "\tлекция\t25.10.2018\tНарынская обл.\t" + organisation + "\tзапланировано\t\n");
    act(page, "check", {{"organisation.0", "new"}});
    act(page, "store");
    return page;
  }
  bool known(std::string const& name) {
    auto const facts = site->database().read([](db::Reader& read) { return campaign::facts(read); });
    return std::ranges::any_of(facts->organisations, [&](auto const& each) { return each.second.name(Language::ky) == name; });
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, IntakeUndo, db::both_engines(), db::engine_name);

TEST_P(IntakeUndo, UndonePutsBackExactlyWhatWasThere) {
  act(paste(good + held), "store");
  auto const before = everything();
  auto const sums = tallies();
  auto changed = held;
  changed.replace(changed.find("40\n"), 2, "55");
  auto const page = paste("Лекция о миграции\tлекция\t25.10.2018\tНарынская обл.\tМээрим жаштар уюму\tотменено\t\n" + changed +
                          "Новая встреча\tлекция\t26.10.2018\tНарынская обл.\tМээрим жаштар уюму\t\t\n"
                          "Новая и проведённая\tлекция\t16.09.2018\tНарынская обл.\tМээрим жаштар уюму\tпроведено\t12\n");
  act(page, "store");
  EXPECT_EQ(titled("Встреча в школе")->result->attendance->high, 55);
  EXPECT_EQ(titled("Лекция о миграции")->state, activity::State::cancelled);
  EXPECT_TRUE(titled("Новая и проведённая"));
  EXPECT_NE(tallies(), sums);
  undo(*me, page);
  EXPECT_EQ(everything(), before);
  EXPECT_EQ(tallies(), sums);
  EXPECT_TRUE(wrong_tallies().empty());
  auto const taken_back = me->get(page).body;
  EXPECT_THAT(taken_back, HasSubstr("The import is taken back."));
  EXPECT_THAT(taken_back, HasSubstr("Новая и проведённая")) << "what was taken out again is still named";
  EXPECT_THAT(taken_back, Not(HasSubstr("An activity that is no longer there")));
  undo(*me, page);  // twice is harmless
  EXPECT_EQ(everything(), before);
}

TEST_P(IntakeUndo, UndoneTakesAFirstResultOutAgain) {
  std::string const plan = "Встреча в школе\tлекция\t14.09.2018\tНарынская обл.\tМээрим жаштар уюму\tзапланировано\t\n";
  act(paste(plan), "store");
  auto const before = everything();
  auto const page = paste(held);
  act(page, "store");
  EXPECT_EQ(titled("Встреча в школе")->state, activity::State::reported);
  undo(*me, page);
  EXPECT_EQ(everything(), before);
  EXPECT_FALSE(titled("Встреча в школе")->result);
}

TEST_P(IntakeUndo, UndoneTakesTheWordsOfResultsAlong) {
  act(paste("Встреча в школе\tлекция\t14.09.2018\tНарынская обл.\tМээрим жаштар уюму\tзапланировано\t\n"), "store");
  auto const page = paste(held + "Новая и проведённая\tлекция\t16.09.2018\tНарынская обл.\tМээрим жаштар уюму\tпроведено\t12\n");
  act(page, "store");
  site->database().write([&](db::Tx& tx) {
    for (auto const* title : {"Встреча в школе", "Новая и проведённая"})
      tx.run("insert into result_word (word, activity) values ('zimirik', $1)", titled(title)->id);
  });
  undo(*me, page);
  EXPECT_EQ(site->database().read([](db::Reader& read) { return read.one<int>("select count(*) from result_word"); }), 0);
}

TEST_P(IntakeUndo, UndoneTakesTheWordsOfReasonsAlong) {
  auto const page = paste(good);
  act(page, "store");
  site->database().write([&](db::Tx& tx) {
    auto const id = titled("Лекция о миграции")->id;
    tx.run("insert into reason_word (word, activity) values ('zimirik', $1)", id);
    tx.run("insert into reason_unsearched (activity) values ($1)", id);
  });
  undo(*me, page);
  EXPECT_EQ(site->database().read([](db::Reader& read) {
    return read.one<int>("select (select count(*) from reason_word) + (select count(*) from reason_unsearched)");
  }),
            0);
}

TEST_P(IntakeUndo, UndoneTakesOrganisationsAlongThatNobodyUses) {
  auto const page = bring_in("Лекция о миграции", "Жаңы күн");
  ASSERT_TRUE(known("Жаңы күн"));
  auto const words = [&] {
    return site->database().read(
        [](db::Reader& read) { return read.one<int>("select count(*) from search_word where object = 'organisation' and word = 'жани'"); });
  };
  EXPECT_EQ(words(), 1);
  EXPECT_THAT(me->get(page + "/undo").body, HasSubstr("unless something refers to them by now"));
  undo(*me, page);
  EXPECT_FALSE(known("Жаңы күн"));
  EXPECT_EQ(words(), 0);

  auto const second = bring_in("Встреча о миграции", "Ак куу");
  site->person("Айгүл", "new@example.org", {Role::focal_point, {}, titled("Встреча о миграции")->lead, {}});
  undo(*me, second);
  EXPECT_FALSE(titled("Встреча о миграции"));
  EXPECT_TRUE(known("Ак куу")) << "somebody works for it by now";

  EXPECT_THAT(me->get(paste(good) + "/undo").body, Not(HasSubstr("unless something refers"))) << "it brought none";
}

TEST_P(IntakeUndo, UndoneKeepsOrganisationsThatAnotherImportStillNames) {
  auto const first = bring_in("Лекция о работе", "Кызыл гүл");
  auto const id = titled("Лекция о работе")->id;
  // Another spreadsheet gives the activity to somebody else.
  auto const second = location(
      me->submit("/en/work/import", {{"edition", "2018"},
                                     {"table", "ID\t" + header_row + id_text(id) +
                                                   "\tЛекция о работе\tлекция\t25.10.2018\tНарынская обл.\tМээрим жаштар уюму\tзапланировано\t\n"}}));
  work();
  act(second, "store");
  ASSERT_EQ(titled("Лекция о работе")->lead, ours);
  undo(*me, first);
  EXPECT_TRUE(known("Кызыл гүл")) << "the second import would bring it back";
  undo(*me, second);
  EXPECT_THAT(me->get(second).body, HasSubstr("The import is taken back."));

  // An answer of an import that waits.
  auto const third = bring_in("Ачык сабак", "Ак куу");
  auto const lead = titled("Ачык сабак")->lead;
  auto const waiting = paste("Лекция\tлекция\t26.10.2018\tНарынская обл.\tАк кууш\tзапланировано\t\n");
  site->database().write([&](db::Tx& tx) {
    tx.run("insert into import_decision (run, kind, subject, answer) values ($1, 'organisation', 'Ак кууш', $2)",
           parse_id(waiting.substr(waiting.rfind('/') + 1)).value(), id_text(lead));
  });
  undo(*me, third);
  EXPECT_TRUE(known("Ак куу"));
}

TEST_P(IntakeUndo, UndoneLeavesAndListsWhatSomebodyChangedSince) {
  auto const page = paste(good + held);
  act(page, "store");
  auto const touched = titled("Лекция о миграции").value();
  site->database().write([&](db::Tx& tx) {
    activity::Saver saver(tx, site->ids(), *campaign::facts(tx), site->clock().now());
    auto next = touched;
    next.contact = "кызмат";
    saver.replace(next, touched, "updated", "test");
    saver.finish();
  });
  EXPECT_THAT(me->get(page + "/undo").body, HasSubstr("1 stays as it is"));
  undo(*me, page);
  EXPECT_TRUE(titled("Лекция о миграции"));
  EXPECT_FALSE(titled("Встреча в школе"));
  EXPECT_THAT(me->get(page).body, HasSubstr("left: changed or built on since"));
  EXPECT_TRUE(wrong_tallies().empty());
}

TEST_P(IntakeUndo, CannotBeUndoneInAClosedEdition) {
  std::string const plan = "Встреча в школе\tлекция\t14.09.2018\tНарынская обл.\tМээрим жаштар уюму\tзапланировано\t\n";
  act(paste(plan), "store");
  auto const page = paste(held);
  act(page, "store");
  auto const shown = me->get(page + "/undo").body;
  auto const begin = [&] {
    return me->post(page + "/undo",
                    {{"form_token", Browser::token(shown, page + "/undo")}, {"step", Browser::between(shown, "name=\"step\" value=\"", "\"")}});
  };
  close_edition();
  EXPECT_EQ(begin().status, Status::conflict) << "of a page that was opened before the closing";
  work();
  EXPECT_TRUE(titled("Встреча в школе")->result);
  EXPECT_EQ(me->get(page + "/undo").status, Status::see_other);
  EXPECT_THAT(me->get(page).body, HasSubstr("The edition is closed, so this import cannot be taken back."));
  EXPECT_THAT(me->get(page).body, Not(HasSubstr("Take the whole import back")));
  EXPECT_TRUE(wrong_closings().empty());
}

TEST_P(IntakeUndo, IsNotTakenBackWhereTheEditionWasClosedMeanwhile) {
  auto const page = paste(held);
  act(page, "store");
  auto const shown = me->get(page + "/undo").body;
  me->post(page + "/undo",
           {{"form_token", Browser::token(shown, page + "/undo")}, {"step", Browser::between(shown, "name=\"step\" value=\"", "\"")}});
  close_edition();
  work();
  EXPECT_TRUE(titled("Встреча в школе")->result);
  EXPECT_THAT(me->get(page).body, HasSubstr("cannot be taken back."));
  EXPECT_TRUE(wrong_closings().empty());
}

TEST_P(IntakeUndo, CannotBeUndoneAfterThirtyDays) {
  auto const page = paste(good);
  act(page, "store");
  site->wait(std::chrono::days(31));
  EXPECT_EQ(me->get(page + "/undo").status, Status::see_other);
  work();
  EXPECT_TRUE(titled("Лекция о миграции"));
}

}  // namespace
}  // namespace birge::app::testing
