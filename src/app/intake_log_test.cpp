#include <fstream>

#include "app/commands.hpp"
#include "app/intake_testing.hpp"

/// From the log and from an activity to the import that stored it.
namespace birge::app::testing {
namespace {

class IntakeLog : public Intake {
protected:
  std::string life(Browser& browser, Activity const& activity) {
    auto const body = browser.get("/en/work/activities/" + id_text(activity.id)).body;
    return body.substr(std::min(body.size(), body.find("id=\"life\"")));
  }
  Browser as(PersonId person) { return Browser(*site, site->session(person)); }
  static std::string link_to(std::string const& page) { return "href=\"" + page + "\">"; }

  /// `birge import activities` of these rows.
  int import_by_command(std::string const& rows) {
    std::filesystem::create_directories(folder_);
    auto const file = folder_ / "plan.csv";
    auto table = header_row + rows;
    std::ranges::replace(table, '\t', ';');
    std::ofstream(file) << table;
    auto config = Config::load("", false, [](std::string const&) { return std::nullopt; }, {});
    config.set("database", site->address());
    config.set("data", folder_.string());
    config.set("now", iso(site->clock().now()));
    ::testing::internal::CaptureStdout();
    ImportOptions options;
    options.file = file.string();
    options.edition = "2018";
    auto const code = import_activities(Context{config, Say::in(Language::en), Terminal()}, options);
    ::testing::internal::GetCapturedStdout();
    return code;
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, IntakeLog, db::both_engines(), db::engine_name);

TEST_P(IntakeLog, TheHistoryOfAnActivityNamesTheImportsThatAddedAndChangedIt) {
  auto const first = paste(held);
  act(first, "store");
  auto changed = held;
  changed.replace(changed.find("40\n"), 2, "55");
  auto const second = paste(changed);
  act(second, "store");
  auto const activity = titled("Встреча в школе").value();
  auto const own = life(*me, activity);
  EXPECT_THAT(own, HasSubstr(link_to(first)));
  EXPECT_THAT(own, HasSubstr(link_to(second)));
  EXPECT_LT(own.find(link_to(first)), own.find(link_to(second)));
  EXPECT_THAT(own, HasSubstr("Данияр, Read from a spreadsheet"));
  auto other = as(elsewhere);
  EXPECT_THAT(life(other, activity), Not(HasSubstr("/work/import/"))) << "who may not open it has no link to it";
}

TEST_P(IntakeLog, AnImportTellsWhatItChangedInAnActivityUntilSomebodyElseDoes) {
  act(paste(held), "store");
  auto changed = held;
  changed.replace(changed.find("40\n"), 2, "55");
  auto const second = paste(changed);
  act(second, "store");
  auto const told = me->get(second).body;
  EXPECT_THAT(told, HasSubstr("<summary>Attendances</summary>"));
  EXPECT_THAT(told, HasSubstr("<dt>Attendances</dt><dd><del>40</del> → <ins>55</ins></dd>"));
  auto again = held;
  again.replace(again.find("40\n"), 2, "60");
  act(paste(again), "store");
  EXPECT_THAT(me->get(second).body, Not(HasSubstr("<summary>"))) << "what it is now is no longer what this import made of it";
}

TEST_P(IntakeLog, TheLogLeadsFromWhatCameInToItsImportAndFromAnActivityToIts) {
  auto const page = paste(good + held);
  act(page, "store");
  auto browser = as(national);
  EXPECT_THAT(browser.get("/en/work/log?action=imported").body, HasSubstr(link_to(page)));
  auto const of_activity = browser.get("/en/work/log?object=activity&id=" + id_text(titled("Встреча в школе")->id)).body;
  EXPECT_THAT(of_activity, HasSubstr(link_to(page)));
  auto const opened = browser.get(page).body;
  for (auto const* title : {"Лекция о миграции", "Встреча в школе"}) EXPECT_THAT(opened, HasSubstr(title));
}

TEST_P(IntakeLog, AnImportOfTheCommandLineIsToldAndTakenBackLikeOneOfThePage) {
  ASSERT_EQ(import_by_command(good + held), 0);
  auto const before = everything();
  auto changed = held;
  changed.replace(changed.find("40\n"), 2, "55");
  ASSERT_EQ(import_by_command(changed + "Новая встреча\tлекция\t26.10.2018\tНарынская обл.\tМээрим жаштар уюму\t\t\n"), 0);
  auto browser = as(national);
  auto const list = browser.get("/en/work/import?whose=all").body;
  auto const page = "/en/work/import/" + Browser::between(list, "<th scope=\"row\"><a href=\"/en/work/import/", "\"");
  EXPECT_THAT(list, HasSubstr("the command line"));
  EXPECT_THAT(browser.get("/en/work/log?action=imported").body, HasSubstr(link_to(page)));
  EXPECT_THAT(life(browser, titled("Новая встреча").value()), HasSubstr(link_to(page)));
  EXPECT_THAT(browser.get(page).body, HasSubstr("1 new, 1 changed"));
  undo(browser, page);
  EXPECT_EQ(everything(), before);
  EXPECT_TRUE(wrong_tallies().empty());
}

TEST_P(IntakeLog, ANumberOfTheCommandLineIsApprovedAndOneThatIsTakenBackIsNot) {
  auto const planned_for = [](std::string row, std::string const& number) { return row.insert(row.size() - 1, number); };
  ASSERT_EQ(import_by_command(planned_for(good, "40")), 0);
  ASSERT_EQ(import_by_command(planned_for(good, "70")), 0);
  auto browser = as(national);
  auto const said = [&] {
    auto const log = browser.get("/en/work/log?object=activity&id=" + id_text(titled("Лекция о миграции")->id)).body;
    std::string const words = "by somebody who may approve it";
    int times = 0;
    for (auto at = log.find(words); at != std::string::npos; at = log.find(words, at + 1)) ++times;
    return times;
  };
  EXPECT_EQ(said(), 1);
  auto const list = browser.get("/en/work/import?whose=all").body;
  undo(browser, "/en/work/import/" + Browser::between(list, "<th scope=\"row\"><a href=\"/en/work/import/", "\""));
  ASSERT_EQ(titled("Лекция о миграции")->expected, (activity::Count{40, 40}));
  EXPECT_EQ(said(), 1);
}

TEST_P(IntakeLog, TheSameFileByCommandAgainIsNotNoted) {
  ASSERT_EQ(import_by_command(good), 0);
  auto const noted = [&] {
    return site->database().read(
        [](db::Reader& read) { return std::pair(read.one<int>("select count(*) from import_run"), read.one<int>("select count(*) from audit")); });
  };
  auto const before = noted();
  ASSERT_EQ(import_by_command(good), 0);
  EXPECT_EQ(noted(), before);
}

TEST_P(IntakeLog, EachRowOfALongImportIsNotedOnce) {
  constexpr int many = 401;
  std::string rows;
  for (int i = 0; i < many; ++i)
    rows += "Лекция " + std::to_string(i) + "\tлекция\t25.10.2018\tНарынская обл.\tМээрим жаштар уюму\tзапланировано\t\n";
  ASSERT_EQ(import_by_command(rows), 0);
  struct Noted {
    int rows, positions, activities;
  };
  auto const noted = site->database().read([](db::Reader& read) {
    return read.one<Noted>(
        "select count(*), count(distinct c.position), count(distinct a.id) from import_change c join activity a on a.id = c.activity"
        " where c.kind = 'added' and c.version = a.version and c.position between 1 and 401");
  });
  EXPECT_EQ(noted.rows, many);
  EXPECT_EQ(noted.positions, many);
  EXPECT_EQ(noted.activities, many);
}

}  // namespace
}  // namespace birge::app::testing
