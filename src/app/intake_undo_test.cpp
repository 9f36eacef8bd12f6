#include "app/intake_testing.hpp"

namespace birge::app::testing {
namespace {

class IntakeUndo : public Intake {};
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
