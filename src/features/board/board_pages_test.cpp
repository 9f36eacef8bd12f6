#include <gmock/gmock.h>

#include "features/activity/activity_view.hpp"
#include "features/board/board_testing.hpp"
#include "features/work/work_pages.hpp"
#include "platform/sheet/sheet.hpp"

namespace birge::board {
namespace {

class BoardPages : public testing::BoardPages {};
using activity::ActivityId;
using activity::State;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using work::Action;

INSTANTIATE_TEST_SUITE_P(BothEngines, BoardPages, db::both_engines(), db::engine_name);

TEST_P(BoardPages, DraftsOfOthersStandOnNoPageAndInNoFile) {
  auto draft = world.draft();
  draft.texts["ky"].title = "Жашыруун караламам";
  world.create_draft(world.focal, draft);
  for (auto const* person : {&world.stranger, &world.regional, &world.national, &world.observer}) {
    for (auto const* path : {"/work/calendar", "/work/calendar?view=week", "/work/calendar?view=list",
                             "/work/calendar?q=%D0%BA%D0%B0%D1%80%D0%B0%D0%BB%D0%B0%D0%BC%D0%B0%D0%BC"})
      EXPECT_THAT(get(*person, calendar, path), Not(HasSubstr("Жашыруун"))) << path;
    EXPECT_THAT(get(*person, columns, "/work/board"), Not(HasSubstr("Жашыруун")));
    EXPECT_THAT(get(*person, table, "/work/table?state=draft"), Not(HasSubstr("Жашыруун")));
    EXPECT_THAT(get(*person, table_file, "/work/table/export?format=csv"), Not(HasSubstr("Жашыруун")));
  }
  EXPECT_THAT(get(world.colleague, calendar, "/work/calendar"), HasSubstr("Жашыруун"));
  EXPECT_THAT(get(world.colleague, columns, "/work/board"), HasSubstr("Жашыруун"));
}

TEST_P(BoardPages, ObserversReadNoNamesAndGetNoSteps) {
  auto const id = world.confirmed(40);
  proposed();
  auto const asked = "/work/table?column=proposer&column=reporter&column=day";
  EXPECT_THAT(get(world.national, table, asked), HasSubstr("Айгүл"));
  for (auto const& body : {get(world.observer, table, asked), get(world.observer, table_file, "/work/table/export?format=csv&column=proposer"),
                           get(world.observer, columns, "/work/board"), get(world.observer, calendar, "/work/calendar")}) {
    EXPECT_THAT(body, Not(HasSubstr("Айгүл")));
    EXPECT_THAT(body, Not(HasSubstr("/approve\"")));
    EXPECT_THAT(body, Not(HasSubstr("data-move")));
  }
  EXPECT_THAT(get(world.observer, table, "/work/table"), HasSubstr(id_text(id)));
  EXPECT_THAT(get(world.observer, table, "/work/table"), Not(HasSubstr("name=\"row\"")));
}

TEST_P(BoardPages, WhatPeopleWriteIsNeverMarkup) {
  proposed("<script>alert(1)</script>");
  for (auto const& body :
       {get(world.national, calendar, "/work/calendar"), get(world.national, columns, "/work/board"), get(world.national, table, "/work/table"),
        get(world.national, table, "/work/table?q=%3Cscript%3Ealert(2)&place=%3Cscript%3Ealert(3)&state=%3Cscript%3Ealert(4)")})
    EXPECT_THAT(body, Not(HasSubstr("<script>alert")));
}

TEST_P(BoardPages, ManyDraftsAreProposedFromTheTableOnceTheirClashesWereShown) {
  std::vector<ActivityId> ids;
  for (int i = 0; i < 2; ++i) ids.push_back(world.create_draft(world.focal));
  EXPECT_THAT(get(world.focal, table, "/work/table?state=draft"), HasSubstr("<option value=\"propose\""));
  auto form = many(Action::propose, ids);
  form.set("query", "state=draft");
  auto const reply = first_steps(world.focal, form);
  ASSERT_EQ(reply.status, Status::see_other);
  std::string to;
  for (auto const& [name, value] : reply.headers)
    if (name == "Location") to = value;
  EXPECT_THAT(to, HasSubstr("/en/work/propose?"));
  for (auto const id : ids) EXPECT_THAT(to, HasSubstr(id_text(id) + ".1"));
  EXPECT_EQ(world.find(ids.front()).state, activity::State::draft) << "nothing was done so far";
  EXPECT_THAT(get(world.focal, work::propose_list, to.substr(3)), HasSubstr("<a href=\"/en/work/table?state=draft\">"));
}

TEST_P(BoardPages, MoreDraftsThanFitTogetherAreAFaultOfTheForm) {
  for (std::size_t i = 0; i <= work::proposed_at_once; ++i) world.create_draft(world.focal);
  auto form = many(Action::propose, {});
  form.set("which", "all");
  form.set("query", "state=draft");
  auto const told = first_steps(world.focal, form);
  EXPECT_EQ(told.status, Status::unprocessable);
  EXPECT_THAT(told.body, HasSubstr("That is more than 30 activities at once."));
}

TEST_P(BoardPages, ACardOffersTheStepsOfItsViewerOnly) {
  auto const id = proposed();
  auto const approve = "action=\"/en/work/activities/" + id_text(id) + "/approve\"";
  EXPECT_THAT(get(world.regional, columns, "/work/board"), HasSubstr(approve));
  for (auto const* person : {&world.focal, &world.stranger, &world.elsewhere})
    EXPECT_THAT(get(*person, columns, "/work/board"), Not(HasSubstr(approve)));
}

TEST_P(BoardPages, OnlyWhatMayBeMovedCanBeDragged) {
  auto const id = proposed();
  world.step(world.regional, id, Action::approve);
  auto const move = "/en/work/activities/" + id_text(id) + "/move?day=" + world.today().iso();
  EXPECT_THAT(get(world.focal, calendar, "/work/calendar"), HasSubstr(move));
  EXPECT_THAT(get(world.regional, calendar, "/work/calendar?view=week"), HasSubstr(move));
  EXPECT_THAT(get(world.stranger, calendar, "/work/calendar"), Not(HasSubstr("/move?day=")));
  EXPECT_THAT(get(world.elsewhere, calendar, "/work/calendar?view=list"), Not(HasSubstr("/move?day=")));
}

TEST_P(BoardPages, WhatLastsSaysWhichDayItIsAndIsMovedByItsFirstDay) {
  auto lasting = world.draft();
  lasting.texts["ky"].title = "Көргөзмө";
  lasting.end_day = lasting.day.plus(2);
  auto const id = world.create_draft(world.focal, lasting);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::approve);
  auto const first = lasting.day;
  auto const entries = [&](std::string const& path, Day day) {
    auto const page = get(world.focal, calendar, path);
    auto const from = page.find("data-day=\"" + day.iso() + "\"");
    return from == std::string::npos ? "" : page.substr(from, page.find("data-day=", from + 1) - from);
  };
  for (std::string const view : {"month", "week"}) {
    auto const path = [&](Day day) { return "/work/calendar?view=" + view + "&day=" + day.iso(); };
    EXPECT_THAT(entries(path(first), first), AllOf(HasSubstr("data-move"), Not(HasSubstr("of 3<")))) << view;
    for (auto const day : {first.plus(1), first.plus(2)})
      EXPECT_THAT(entries(path(day), day), AllOf(HasSubstr("Көргөзмө"), HasSubstr("of 3<"), Not(HasSubstr("data-move")))) << view;
    EXPECT_THAT(entries(path(first.plus(3)), first.plus(3)), Not(HasSubstr("Көргөзмө"))) << view;
  }
  auto const later = entries("/work/calendar?view=list&day=" + first.plus(1).iso(), first.plus(1));
  EXPECT_THAT(later, AllOf(HasSubstr("Көргөзмө"), HasSubstr("of 3<")));
  EXPECT_THAT(entries("/work/calendar?view=list&day=" + first.iso(), first), AllOf(HasSubstr("data-move"), Not(HasSubstr("of 3<"))));
}

TEST_P(BoardPages, DaysOfAWeekAndAListAreHeadedAsEachLanguageWritesThem) {
  auto const id = proposed();
  world.step(world.regional, id, Action::approve);
  auto const today = world.today();
  for (auto const language : {Language::ky, Language::ru, Language::en})
    for (auto const* path : {"/work/calendar?view=week", "/work/calendar?view=list"}) {
      auto const body = ask(world.focal, calendar, http::Method::get, path, {}, {}, language).body;
      auto const heading = ">" + std::string(activity::view::day_heading(Say::in(language), today).text()) + "</time>";
      EXPECT_THAT(body, HasSubstr(heading)) << path;
    }
  EXPECT_EQ(std::string(activity::view::day_heading(Say::in(Language::ru), Day::parse("2018-10-19").value()).text()), "<b>19</b>\u00A0октября");
  EXPECT_EQ(std::string(activity::view::day_heading(Say::in(Language::ky), Day::parse("2018-10-19").value()).text()), "<b>19</b>-\u2060октябрь");
}

TEST_P(BoardPages, DraggingIsOnlySpokenOfWhereAScriptShowsIt) {
  EXPECT_THAT(get(world.focal, calendar, "/work/calendar"), HasSubstr("how-to\" hidden>"));
}

TEST_P(BoardPages, TheMoveFormOpensOnTheDayOfTheAddressAndChangesNothingYet) {
  auto const id = proposed();
  world.step(world.regional, id, Action::approve);
  auto const path = "/work/activities/" + id_text(id) + "/move?day=2018-10-29&back=" + percent_encoded("/work/calendar?view=week");
  auto const form = ask(world.focal, work::step_form, http::Method::get, path, {}, {{"id", id_text(id)}}).body;
  EXPECT_THAT(form, HasSubstr("name=\"day\" value=\"2018-10-29\""));
  EXPECT_THAT(form, HasSubstr("name=\"back\" value=\"/work/calendar?view=week\""));
  EXPECT_EQ(world.find(id).day, world.today());
}

TEST_P(BoardPages, AStepLeadsBackToAListOfTheWorkspaceAndNowhereElse) {
  auto const back = [](std::string const& text) {
    http::Parameters form;
    form.set("back", text);
    return work::back_of(form);
  };
  EXPECT_EQ(back("/work/board?state=held"), "/work/board?state=held");
  for (auto const* bad :
       {"//evil.example/work/", "https://evil.example/", "/people", "work/board", "/work/\\evil", "/work/board\r\nX: y", "javascript:alert(1)"})
    EXPECT_EQ(back(bad), "") << bad;
}

TEST_P(BoardPages, ManyAreDoneAndEachRefusalIsSaid) {
  auto const first = proposed("Биринчи"), second = proposed("Экинчи");
  auto own = world.draft();
  own.texts["ky"].title = "Облустун өзүнүкү";
  own.lead = world.organisation(2);
  auto const third = world.create_draft(world.regional, own);
  world.step(world.regional, third, Action::propose);
  auto form = many(Action::approve, {first, second, third});
  auto const body = steps(world.regional, form).body;
  EXPECT_EQ(world.find(first).state, State::approved);
  EXPECT_EQ(world.find(second).state, State::approved);
  EXPECT_EQ(world.find(third).state, State::proposed);
  EXPECT_THAT(body, HasSubstr("Done for 2 activities."));
  EXPECT_THAT(body, HasSubstr("Облустун өзүнүкү"));
  auto const version = world.find(first).version;
  steps(world.regional, form);
  EXPECT_EQ(world.find(first).version, version) << "the same form once more";
}

TEST_P(BoardPages, ARowWhoseVersionIsNoNumberIsLeftAlone) {
  auto const id = proposed();
  auto form = many(Action::approve, {id});
  form.set("row", std::string(form.get("row")) + "x");
  EXPECT_EQ(steps(world.regional, form).status, Status::unprocessable);
  EXPECT_EQ(world.find(id).state, State::proposed);
}

TEST_P(BoardPages, AStepForManyIsShownBeforeItIsDone) {
  std::vector<ActivityId> ids;
  for (int i = 0; i < 12; ++i) ids.push_back(proposed("Лекция " + std::to_string(100 + i)));
  auto form = many(Action::give_back, ids);
  form.set("reason", "Сааты жок");
  auto const body = first_steps(world.regional, form).body;
  for (auto const id : ids) EXPECT_EQ(world.find(id).state, State::proposed);
  EXPECT_THAT(body, HasSubstr(std::string(Say::in(Language::en)(work::name(Action::give_back)))));
  EXPECT_THAT(body, HasSubstr("for 12 activities"));
  EXPECT_THAT(body, HasSubstr("Лекция 100"));
  EXPECT_THAT(body, HasSubstr("And 2 more."));
  EXPECT_THAT(body, HasSubstr("Сааты жок"));
  for (auto const id : ids) EXPECT_THAT(body, HasSubstr("name=\"row\" value=\"" + id_text(id) + "."));
  form = http::Parameters();
  form.set("step", "cancel");
  form.set("which", "all");
  form.set("query", "state=proposed");
  form.set("reason", "Жол жабык");
  auto const all = first_steps(world.national, form).body;
  EXPECT_THAT(all, HasSubstr("Yes, for 12 activities"));
  EXPECT_THAT(all, HasSubstr("name=\"which\" value=\"all\""));
}

TEST_P(BoardPages, TheTableSaysThatEverybodySeesWhatIsApproved) {
  auto const id = proposed();
  EXPECT_THAT(get(world.national, table, "/work/table?column=visibility"), HasSubstr("Everybody, once it is approved"));
  world.step(world.regional, id, Action::approve);
  EXPECT_THAT(get(world.national, table, "/work/table?column=visibility"), Not(HasSubstr("once it is approved")));
}

TEST_P(BoardPages, WhatIsLateSaysSinceWhenAndNothingElse) {
  auto activity = world.plain("Кечиккен");
  activity.state = State::approved;
  activity.day = activity.end_day = world.today().plus(-30);
  auto const due = world.find(world.add(activity)).due_day;
  auto const day = Say::in(Language::en).day_and_month(due);
  auto const body = get(world.national, table, "/work/table");
  EXPECT_THAT(body, HasSubstr(" since " + day + "</span>"));
  EXPECT_THAT(body, Not(HasSubstr("Result was due on")));
  EXPECT_THAT(get(world.national, columns, "/work/board"), HasSubstr(" Late since " + day + "</span>"));
}

TEST_P(BoardPages, HourAndDelayStandWithDayAndStateAndHaveTheirOwnColumnsInFiles) {
  auto activity = world.plain("Кечиккен");
  activity.state = State::approved;
  activity.day = activity.end_day = world.today().plus(-30);
  activity.start_minutes = 14 * 60;
  world.add(activity);
  auto const body = get(world.national, table, "/work/table");
  EXPECT_THAT(body, HasSubstr("<span class=\"hours\">14:00</span>"));
  EXPECT_THAT(body, Not(HasSubstr("<td data-label=\"Time\"")));
  EXPECT_THAT(body, HasSubstr(" Late since "));
  EXPECT_THAT(body, Not(HasSubstr("<td data-label=\"Late\"")));
  auto const alone = get(world.national, table, "/work/table?column=time&column=late");
  EXPECT_THAT(alone, HasSubstr("<td data-label=\"Time\""));
  EXPECT_THAT(alone, HasSubstr("<td data-label=\"Late\""));
  EXPECT_THAT(get(world.national, table_file, "/work/table/export?format=csv"), HasSubstr("Time,"));
}

TEST_P(BoardPages, NoDayStandsWhereNoResultIsEverDue) {
  auto activity = world.plain("Жарыяланган");
  activity.state = State::held;
  activity.due_day = activity::never_due;
  world.add(activity);
  auto const csv = get(world.national, table_file, "/work/table/export?format=csv&column=due");
  EXPECT_THAT(csv, HasSubstr("Жарыяланган"));
  EXPECT_THAT(csv, Not(HasSubstr("2197")));
  EXPECT_THAT(get(world.national, table, "/work/table?column=due"), Not(HasSubstr("2197")));
}

TEST_P(BoardPages, RowsThatOneMayNotSeeAreNeitherDoneNorNamed) {
  auto draft = world.draft();
  draft.texts["ky"].title = "Жашыруун";
  auto const id = world.create_draft(world.focal, draft);
  auto const body = steps(world.regional, many(Action::approve, {id})).body;
  EXPECT_THAT(body, Not(HasSubstr("Жашыруун")));
  EXPECT_EQ(world.find(id).state, State::draft);
}

TEST_P(BoardPages, AReturnOfManyNeedsAReasonAndKeepsWhatWasTicked) {
  auto const id = proposed();
  auto form = many(Action::give_back, {id});
  auto const asked = steps(world.regional, form);
  EXPECT_EQ(asked.status, Status::unprocessable);
  EXPECT_THAT(asked.body, HasSubstr("value=\"" + id_text(id) + "." + std::to_string(world.find(id).version) + "\" checked"));
  form.set("reason", "Сааты жок");
  steps(world.regional, form);
  EXPECT_EQ(world.find(id).state, State::returned);
}

TEST_P(BoardPages, ApprovingManyForetellsThoseWhoseDayIsOverAndNamesThemFirst) {
  auto const in_time = proposed("Бүгүнкү"), late = proposed("Кечээки");
  auto const yesterday = world.today().plus(-1);
  world.step(world.focal, late, Action::withdraw);
  work::Step edit;
  edit.action = Action::edit;
  edit.change = [&](activity::Activity& next) { next.day = next.end_day = yesterday; };
  world.step(world.focal, late, edit);
  world.step(world.focal, late, Action::propose);
  auto const asked = first_steps(world.regional, many(Action::approve, {in_time, late})).body;
  EXPECT_THAT(asked, HasSubstr("The day of 1 activity is over"));
  EXPECT_LT(asked.find("Кечээки"), asked.find("Its day is over"));
  EXPECT_LT(asked.find("Its day is over"), asked.find("Бүгүнкү"));
  EXPECT_NE(asked.find("Бүгүнкү"), std::string::npos);
  EXPECT_THAT(first_steps(world.elsewhere, many(Action::approve, {in_time, late})).body, Not(HasSubstr("is over"))) << "it will be refused";
  auto form = many(Action::give_back, {in_time, late});
  form.set("reason", "Сааты жок");
  EXPECT_THAT(first_steps(world.regional, form).body, Not(HasSubstr("is over")));
}

TEST_P(BoardPages, AllThatAFilterFindsLeavesAloneWhatChangedMeanwhile) {
  auto const first = proposed("Биринчи"), second = proposed("Экинчи");
  http::Parameters form;
  form.set("step", "approve");
  form.set("which", "all");
  form.set("query", "state=proposed");
  form.set("drawn", std::to_string(world.clock().now().time_since_epoch().count()));
  world.clock().set(world.clock().now() + std::chrono::minutes(5));
  world.step(world.focal, second, Action::withdraw);
  world.step(world.focal, second, Action::propose);
  auto const body = steps(world.regional, form).body;
  EXPECT_EQ(world.find(first).state, State::approved);
  EXPECT_EQ(world.find(second).state, State::proposed);
  EXPECT_THAT(body, HasSubstr("Somebody else changed it meanwhile"));
}

TEST_P(BoardPages, MoreThanFiveHundredAtOnceAreRefused) {
  std::vector<std::pair<std::string, std::string>> list{{"step", "approve"}, {"which", "ticked"}};
  for (int i = 0; i < 501; ++i) list.emplace_back("row", id_text(world.ids().next()) + ".1");
  EXPECT_THROW(steps(world.regional, http::Parameters::of(std::move(list))), Problem);
}

TEST_P(BoardPages, AFileHoldsWhatTheTableShowsAndNothingRuns) {
  world.database().write([&](db::Tx& tx) {
    tx.run("update edition set sample = 1 where slug = '2018'");
    campaign::touch_facts(tx);
  });
  proposed("=HYPERLINK(\"http://evil.example\")");
  proposed("Экинчи");
  auto const csv = get(world.national, table_file, "/work/table/export?format=csv&column=day&column=state&sort=-day");
  EXPECT_THAT(csv, HasSubstr("'=HYPERLINK"));
  EXPECT_THAT(csv, HasSubstr("sample")) << "an export says that its rows are invented";
  auto const book = sheet::open_bytes(get(world.national, table_file, "/work/table/export?format=xlsx&column=day&column=state&q=экинчи"));
  std::vector<std::vector<std::string>> rows;
  book->read(0, [&](sheet::Row const& row) {
    std::vector<std::string> cells;
    for (auto const& cell : row.cells) {
      EXPECT_FALSE(cell.formula);
      cells.push_back(cell.text);
    }
    rows.push_back(cells);
    return true;
  });
  ASSERT_GE(rows.size(), 3U);
  EXPECT_THAT(rows[rows.size() - 2], ElementsAre("Title", "Day", "State", "Sample data"));
  EXPECT_THAT(rows.back(), ElementsAre("Экинчи", world.today().iso(), "Proposed", "sample"));
}

TEST_P(BoardPages, AStepForAllThatIsFoundIsMadeInTheEditionOfTheFormAndInNoOther) {
  auto const old = of_last_edition("Былтыркы");
  auto const current = world.add(world.plain("Быйылкы"));
  http::Parameters form;
  form.set("step", "cancel");
  form.set("which", "all");
  form.set("query", "edition=2017&state=approved");
  form.set("reason", "Жол жабык");
  form.set("drawn", std::to_string(world.clock().now().time_since_epoch().count()));
  auto const asked = first_steps(world.national, form).body;
  EXPECT_THAT(asked, AllOf(HasSubstr("Былтыркы"), Not(HasSubstr("Быйылкы"))));
  EXPECT_THAT(asked, HasSubstr("name=\"query\" value=\"edition=2017&amp;state=approved\""));
  EXPECT_THAT(asked, HasSubstr("/en/work/table?edition=2017&amp;state=approved"));
  steps(world.national, form);
  EXPECT_EQ(world.find(old).state, State::cancelled);
  EXPECT_EQ(world.find(current).state, State::approved);
}

TEST_P(BoardPages, TickedRowsOfAnotherEditionAreNamed) {
  auto const old = of_last_edition("Былтыркы");
  auto form = many(Action::cancel, {old});
  form.set("query", "edition=2017");
  form.set("reason", "Жол жабык");
  for (auto const& body : {first_steps(world.national, form).body, steps(world.national, form).body})
    EXPECT_THAT(body, AllOf(HasSubstr("Былтыркы"), Not(HasSubstr("Unknown activity"))));
}

TEST_P(BoardPages, EveryViewOfAnotherEditionStaysInIt) {
  of_last_edition("Былтыркы");
  world.add(world.plain("Быйылкы"));
  struct View {
    Handler handler;
    char const* path;
  };
  for (auto const& [handler, path] : {View{calendar, "/work/calendar?edition=2017&view=list&day=2017-10-01&kind=lecture"},
                                      View{columns, "/work/board?edition=2017&kind=lecture"}, View{table, "/work/table?edition=2017&kind=lecture"}}) {
    auto const body = get(world.national, handler, path);
    EXPECT_THAT(body, AllOf(HasSubstr("Былтыркы"), Not(HasSubstr("Быйылкы")))) << path;
    EXPECT_THAT(body, HasSubstr("name=\"edition\" value=\"2017\"")) << path;
    for (auto const* other : {"calendar", "board", "table"})
      EXPECT_THAT(body, HasSubstr("/en/work/" + std::string(other) + "?edition=2017&amp;kind=lecture\"")) << path << ": the other views";
    EXPECT_THAT(body, ::testing::ContainsRegex("chip on\" href=\"/en/work/[a-z]+[?]edition=2017")) << path << ": a filter taken away";
    EXPECT_THAT(body, ::testing::ContainsRegex("button second\" href=\"/en/work/[a-z]+[?]edition=2017\">Take all away")) << path;
  }
  EXPECT_THAT(get(world.national, table, "/work/table?edition=2017&kind=forum"),
              HasSubstr("href=\"/en/work/table?edition=2017\">Take the filters away"));
}

TEST_P(BoardPages, TheTableFindsAnActivityByItsDistrictAndItsCoHosts) {
  auto activity = world.plain("Лекция");
  activity.place = world.place("kochkor");
  activity.co_hosts = {world.organisation(1)};
  auto const id = id_text(world.add(activity));
  auto const host = world.facts().organisation(world.organisation(1))->name(Language::en);
  for (auto const& text : {std::string("Кочкор"), std::string("Кочкорский"), host})
    EXPECT_THAT(get(world.national, table, "/work/table?q=" + percent_encoded(text)), HasSubstr("/activities/" + id)) << text;
  EXPECT_THAT(get(world.national, table, "/work/table?q=" + percent_encoded("Талас")), Not(HasSubstr("/activities/" + id)));
}

TEST_P(BoardPages, AFileOfMoreRowsThanAreReadAtOnceHoldsEachOfThemOnce) {
  constexpr int number = 503;
  world.database().write([&](db::Tx& tx) {
    activity::Saver saver(tx, world.ids(), world.facts(), world.clock().now());
    for (int i = 0; i < number; ++i) {
      auto activity = world.plain("Сап " + std::to_string(1000 + i) + ".");
      activity.day = activity.end_day = world.today().plus(i % 7);
      saver.add(activity, "test");
    }
    saver.finish();
  });
  for (auto const* order : {"day", "-day", "place", "state"}) {
    auto const csv = get(world.national, table_file, "/work/table/export?format=csv&column=day&sort=" + std::string(order));
    EXPECT_EQ(std::ranges::count(csv, '\n'), number + 1) << order;
    for (int i = 0; i < number; ++i) EXPECT_THAT(csv, HasSubstr("Сап " + std::to_string(1000 + i) + ".")) << order;
  }
}

}  // namespace
}  // namespace birge::board
