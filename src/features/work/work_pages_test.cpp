#include "features/work/work_pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "features/activity/activity_view.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/work/work_pages_testing.hpp"

namespace birge::work {
namespace {

using testing::fields_of;
using ::testing::HasSubstr;
using ::testing::Not;

class WorkPages : public testing::PagesTest {};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkPages, db::both_engines(), db::engine_name);

TEST_P(WorkPages, OthersDraftsAreNotFound) {
  auto const id = world.create_draft(world.focal);
  EXPECT_THROW(page(world.stranger, id), Problem);
  EXPECT_THROW(page(world.regional, id), Problem);
  EXPECT_THROW(get(world.stranger, edit_activity, id, Action::edit), Problem);
  EXPECT_EQ(page(world.colleague, id).status, Status::ok);
}

TEST_P(WorkPages, WhatWasTypedStaysWhenSomethingIsWrong) {
  auto form = filled_form();
  form.set("day", "2018-02-31");
  form.set("title", "Аталышы <b>белгилүү</b>");
  auto const reply = ask(world.focal, add_activity, http::Method::post, "/work/activities", form);
  EXPECT_EQ(reply.status, Status::unprocessable);
  EXPECT_THAT(reply.body, HasSubstr("value=\"Аталышы &lt;b&gt;белгилүү&lt;/b&gt;\""));
  EXPECT_THAT(reply.body, HasSubstr("id=\"day-fault\""));
  EXPECT_THAT(reply.body, Not(HasSubstr("<b>белгилүү")));
}

TEST_P(WorkPages, APlaceIsChosenAmongItsMeaningsWithoutScript) {
  auto form = filled_form();
  form.set("place", "Нарын");
  auto const asked = ask(world.focal, add_activity, http::Method::post, "/work/activities", form);
  EXPECT_EQ(asked.status, Status::unprocessable);
  EXPECT_THAT(asked.body, HasSubstr("name=\"place_choice\""));
  auto again = fields_of(asked.body);
  again.set("place_choice", "naryn");
  auto const stored = ask(world.focal, add_activity, http::Method::post, "/work/activities", again);
  ASSERT_EQ(stored.status, Status::see_other);
  EXPECT_EQ(world.find(id_of(stored)).place, world.place("naryn"));
}

TEST_P(WorkPages, AWholeLifeIsLivedThroughForms) {
  auto const added = ask(world.focal, add_activity, http::Method::post, "/work/activities", filled_form());
  ASSERT_EQ(added.status, Status::see_other) << added.body.substr(0, 4000);
  auto const id = id_of(added);
  auto const proposal = get(world.focal, step_form, id, Action::propose);
  EXPECT_EQ(proposal.status, Status::ok);
  ASSERT_EQ(post(world.focal, make_step_now, id, Action::propose, fields_of(proposal.body)).status, Status::see_other);
  EXPECT_THAT(ask(world.regional, my_page, http::Method::get, "/work").body, HasSubstr("Коопсуз миграция боюнча лекция"));
  EXPECT_THROW(press(world.stranger, id, Action::approve), Problem);
  ASSERT_EQ(press(world.regional, id, Action::approve).status, Status::see_other);

  auto form = fields_of(get(world.focal, result_form, id, Action::report).body);
  form.set("n-female-14_17", "20");
  form.set("n-male-14_17", "17");
  form.set("total", "38");
  form.set("method", "head_count");
  form.set("question1", "Паспортту ким кармашы керек?");
  auto const differs = post(world.focal, save_result, id, Action::report, form);
  EXPECT_EQ(differs.status, Status::unprocessable);
  EXPECT_THAT(differs.body, HasSubstr("name=\"differs\""));
  auto again = fields_of(differs.body);
  EXPECT_EQ(again.get("n-female-14_17"), "20");
  again.set("differs", "yes");
  ASSERT_EQ(post(world.focal, save_result, id, Action::report, again).status, Status::see_other);

  auto const confirming = ask(world.second, confirm_list, http::Method::get, "/work/confirm");
  EXPECT_THAT(confirming.body, HasSubstr("value=\"" + id_text(id) + "." + std::to_string(world.find(id).version) + "\" >"))
      << "unlikely: not ticked beforehand";
  EXPECT_THAT(ask(world.focal, my_page, http::Method::get, "/work").body, Not(HasSubstr("/work/confirm")));
  http::Parameters chosen;
  chosen.set("chosen", id_text(id) + "." + std::to_string(world.find(id).version));
  ask(world.focal, confirm_chosen, http::Method::post, "/work/confirm", chosen);
  EXPECT_EQ(world.find(id).state, State::reported) << "not by who reported it";
  http::Parameters mangled;
  mangled.set("chosen", std::string(chosen.get("chosen")) + "x");
  ask(world.second, confirm_chosen, http::Method::post, "/work/confirm", mangled);
  EXPECT_EQ(world.find(id).state, State::reported) << "a version that is no number is none";
  ask(world.second, confirm_chosen, http::Method::post, "/work/confirm", chosen);
  EXPECT_EQ(world.find(id).state, State::confirmed);
  EXPECT_EQ(world.find(id).result->attendance, (activity::Count{38, 38}));
  EXPECT_THAT(world.wrong_tallies(), ::testing::IsEmpty());
}

TEST_P(WorkPages, WhatIsConfirmedTogetherIsSaidTheSameWhenItIsSentTwice) {
  std::vector<std::string> rows;
  for (int i = 0; i < 2; ++i) rows.push_back(waiting_result(i, 41 + 2 * i));
  auto const list = ask(world.second, confirm_list, http::Method::get, "/work/confirm").body;
  auto const form = fields_of(list);
  ASSERT_EQ(form.all("chosen").size(), rows.size());
  ASSERT_NE(form.get("post"), "");
  auto const& say = Say::in(Language::ky);
  auto const both = say.plural("{} result confirmed.", "{} results confirmed.", 2);
  auto const refused = say.plural("{} was not: it was changed meanwhile or is not yours to confirm.",
                                  "{} were not: they were changed meanwhile or are not yours to confirm.", 2);
  for (int time = 0; time < 2; ++time) {
    auto const told = ask(world.second, confirm_chosen, http::Method::post, "/work/confirm", form).body;
    EXPECT_THAT(told, HasSubstr("<p>" + both + "</p>")) << time;
    EXPECT_THAT(told, Not(HasSubstr(refused))) << time;
  }
  for (auto const& id : rows) EXPECT_EQ(world.find(*parse_id_as<activity::ActivityTag>(id)).version, 2) << "confirmed once";
}

TEST_P(WorkPages, EachTickedRowIsReadOnce) {
  auto const id = world.create_draft(world.focal);
  auto const form = http::Parameters::of({{"row", id_text(id) + ".3"},
                                          {"row", id_text(id) + ".4"},
                                          {"row", id_text(id)},
                                          {"row", "no.1"},
                                          {"row", id_text(ActivityId{7}) + ".0"},
                                          {"other", id_text(ActivityId{8}) + ".1"}});
  auto const rows = ticked(form, "row");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.front().id, id);
  EXPECT_EQ(rows.front().version, 3);
}

TEST_P(WorkPages, HowItWasCountedStandsBesideTheCountNotBesideTheExpectation) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::approve);
  world.report(world.focal, id, 37);
  auto const body = ask(world.second, confirm_list, http::Method::get, "/work/confirm", {}, {}, Language::en).body;
  EXPECT_THAT(body, HasSubstr("<span><b>37 attendances</b> (head count)</span><span>40 expected</span>"));
  auto const first = body.find("Confirm what is ticked"), row = body.find("name=\"chosen\"");
  EXPECT_LT(first, row) << "a button stands before the rows";
  EXPECT_NE(body.find("Confirm what is ticked", row), std::string::npos) << "and one behind them";
  EXPECT_THAT(body, HasSubstr("1 result on this page, ticked beforehand: 1."));
}

TEST_P(WorkPages, ObserversReadOrganisationAndRoleButNoNames) {
  auto const id = world.confirmed(40);
  EXPECT_THAT(page(world.stranger, id).body, HasSubstr("Жамиля"));
  auto const body = page(world.observer, id).body;
  for (auto const* name : {"Айгүл", "Данияр", "Жамиля"}) EXPECT_THAT(body, Not(HasSubstr(name)));
  EXPECT_THAT(body, HasSubstr(std::string(Say::in(Language::ky)(account::role_name(account::Role::regional_coordinator)))));
}

TEST_P(WorkPages, WhoeverApprovesOrConfirmsReadsWhatItIs) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  auto const& say = Say::in(Language::ky);
  auto const stored = world.find(id);
  auto const lead = activity::view::organisation_name(say, world.facts(), stored.lead);
  auto const proposal = get(world.regional, step_form, id, Action::approve).body;
  for (auto const& part : {stored.texts.at("ky").title, activity::view::kind_name(say, world.facts(), stored.kind), say.date(stored.day),
                           std::string("14:00"), lead, std::string("<dd>40</dd>")})
    EXPECT_THAT(proposal.substr(proposal.find("<h1>")), HasSubstr(part));
  world.step(world.regional, id, Action::approve);
  world.report(world.focal, id, 37);
  auto const result = get(world.second, step_form, id, Action::confirm).body;
  EXPECT_THAT(result, HasSubstr(say.plural("{} attendance", "{} attendances", 37) + " (" + say(activity::view::method_text("head_count")) + ")"));
  EXPECT_THAT(result, HasSubstr(std::string(say("No evidence so far"))));
  EXPECT_THAT(result, HasSubstr(lead));
}

TEST_P(WorkPages, TheSecondEditorSeesBothAndLosesNothing) {
  auto const id = world.create_draft(world.focal);
  auto mine = fields_of(get(world.focal, edit_activity, id, Action::edit).body);
  auto theirs = fields_of(get(world.colleague, edit_activity, id, Action::edit).body);
  theirs.set("title", "Бакыттын аталышы");
  theirs.set("expected", "175");
  ASSERT_EQ(post(world.colleague, save_activity, id, Action::edit, theirs).status, Status::see_other);
  mine.set("title", "Айгүлдүн аталышы");
  auto const told = post(world.focal, save_activity, id, Action::edit, mine);
  EXPECT_EQ(told.status, Status::conflict);
  EXPECT_THAT(told.body, HasSubstr("Бакыттын аталышы"));
  EXPECT_THAT(told.body, HasSubstr("value=\"Айгүлдүн аталышы\""));
  EXPECT_THAT(told.body, HasSubstr("<dd>175</dd>")) << "what I did not touch";
  EXPECT_THAT(told.body, HasSubstr(world.colleague.name)) << "who it was";
  EXPECT_EQ(world.find(id).texts["ky"].title, "Бакыттын аталышы");
  ASSERT_EQ(post(world.focal, save_activity, id, Action::edit, fields_of(told.body)).status, Status::see_other);
  EXPECT_EQ(world.find(id).texts["ky"].title, "Айгүлдүн аталышы");
}

TEST_P(WorkPages, ACoordinatorWhoIsOvertakenIsNotToldToHaveChangedWhoHoldsIt) {
  auto const id = world.create_draft(world.national);
  auto mine = fields_of(get(world.national, edit_activity, id, Action::edit).body);
  auto theirs = mine;
  theirs.set("title", "Бакыттын аталышы");
  theirs.set("post", "another-window");
  ASSERT_EQ(post(world.national, save_activity, id, Action::edit, theirs).status, Status::see_other);
  mine.set("expected", "70");
  auto const told = post(world.national, save_activity, id, Action::edit, mine).body;
  EXPECT_THAT(told, HasSubstr("href=\"#expected\""));
  EXPECT_THAT(told, Not(HasSubstr("href=\"#lead\""))) << "the form names the organisation, the stored one its short name";
  EXPECT_THAT(told, Not(HasSubstr("href=\"#title\"")));
  EXPECT_THAT(told, HasSubstr("value=\"Бакыттын аталышы\""));
}

TEST_P(WorkPages, ATitleWithATelephoneNumberIsStoredOnlyAfterALook) {
  auto form = filled_form();
  form.set("title", "Лекция. Айгүл, 0555 123456");
  auto const told = ask(world.focal, add_activity, http::Method::post, "/work/activities", form);
  EXPECT_EQ(told.status, Status::unprocessable);
  EXPECT_THAT(told.body, HasSubstr("value=\"Лекция. Айгүл, 0555 123456\""));
  EXPECT_THAT(told.body, HasSubstr("name=\"seen_private\" value=\"1\""));
  auto again = fields_of(told.body);
  again.set("seen_private", "1");
  EXPECT_EQ(ask(world.focal, add_activity, http::Method::post, "/work/activities", again).status, Status::see_other);
}

TEST_P(WorkPages, TheRestOfAListIsALinkAndWhatIsToBeReportedIsNotLateOnceMore) {
  auto const add = [&](std::string title, int days, coalition::OrganisationId lead) {
    auto activity = world.plain(std::move(title));
    activity.state = State::approved;
    activity.lead = lead;
    activity.day = activity.end_day = world.today().plus(days);
    return world.add(activity);
  };
  for (int i = 0; i < 12; ++i) add("Ушул жума " + std::to_string(i), 0, world.organisation(1));
  for (int i = 0; i < 12; ++i) add("Кечиккен " + std::to_string(i), -40 + i, world.organisation(1));
  auto const own = add("Өзүбүздүкү", -30, world.organisation(0));
  auto const monday = world.today().week_start();
  auto const week = "/en/work/table?from=" + monday.iso() + "&amp;until=" + monday.plus(6).iso() + "&amp;state=approved&amp;state=held";
  auto const body = ask(world.national, my_page, http::Method::get, "/work", {}, {}, Language::en).body;
  EXPECT_THAT(body, HasSubstr(week));
  EXPECT_THAT(body, HasSubstr("<a href=\"/en/work/table?late=1\">And "));
  auto const sheet = ask(world.regional, weekly_sheet, http::Method::get, "/work/sheet", {}, {}, Language::en).body;
  EXPECT_THAT(sheet, HasSubstr("<a href=\"/en/work/table?place=naryn&amp;late=1\">And "));
  auto const focal = ask(world.focal, my_page, http::Method::get, "/work", {}, {}, Language::en).body;
  auto const first = focal.find(id_text(own));
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(focal.find(id_text(own), first + 1), std::string::npos) << "it stands there once";
  EXPECT_THAT(focal, HasSubstr("Late with others"));
}

TEST_P(WorkPages, AfterAStepThePageSaysWhatWasDone) {
  auto const& say = Say::in(Language::ky);
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  EXPECT_THAT(page(world.focal, id).body, HasSubstr(std::string(say("Proposed. The coordinator is asked to approve it."))));
  world.step(world.regional, id, Action::approve);
  EXPECT_THAT(page(world.regional, id).body, HasSubstr("<p><b>" + say(happened(Action::approve)) + ".</b></p>"));
  EXPECT_THAT(page(world.focal, id).body, Not(HasSubstr("<p><b>" + say(happened(Action::approve)) + ".</b></p>"))) << "somebody else did it";
  world.report(world.focal, id, 37);
  EXPECT_THAT(page(world.focal, id).body, HasSubstr(std::string(say("The result was sent. A second person confirms it."))));
}

TEST_P(WorkPages, OnceApprovedEverybodySeesItAndNothingIsPutOff) {
  auto const& say = Say::in(Language::ky);
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  EXPECT_THAT(page(world.focal, id).body, HasSubstr(std::string(say("Everybody, once it is approved"))));
  world.step(world.regional, id, Action::approve);
  EXPECT_THAT(page(world.focal, id).body, Not(HasSubstr(std::string(say("Everybody, once it is approved")))));
  EXPECT_THAT(page(world.focal, id).body, HasSubstr("<dd>" + std::string(say("Everybody")) + "</dd>"));
}

TEST_P(WorkPages, DaysOfARowAreWrittenInOneWay) {
  auto activity = world.plain("Кечиккен");
  activity.state = State::approved;
  activity.day = activity.end_day = testing::day("2018-10-01");
  world.add(activity);
  auto const body = ask(world.focal, my_page, http::Method::get, "/work", {}, {}, Language::ru).body;
  EXPECT_THAT(body, HasSubstr(">1\u00A0октября</time>"));
  EXPECT_THAT(body, Not(HasSubstr("01.10.2018")));
  EXPECT_THAT(ask(world.focal, my_activities, http::Method::get, "/work/activities", {}, {}, Language::ru).body, Not(HasSubstr("01.10.2018")));
}

TEST_P(WorkPages, RepeatedWeeklyItBecomesADraftForEachWeek) {
  auto form = filled_form();
  form.set("weeks", "3");
  ASSERT_EQ(ask(world.focal, add_activity, http::Method::post, "/work/activities", form).status, Status::see_other);
  ask(world.focal, add_activity, http::Method::post, "/work/activities", form);  // the same form once more
  auto const all = world.ask_work([&](Store& store) { return store.of_planner(world.focal.id, {}, world.edition().id, 20); });
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all.front().day, world.today().plus(21));
}

TEST_P(WorkPages, WhatPeopleWriteIsNeverMarkup) {
  auto draft = world.draft();
  draft.texts["ky"] = {"<script>alert(1)</script>", "<img src=x>", "\"><svg onload=1>"};
  auto const id = world.create_draft(world.focal, draft);
  http::Parameters remark;
  remark.set("remark", "<script>alert(2)</script>");
  ask(world.focal, add_remark, http::Method::post, address(id) + "/remarks", remark, {{"id", id_text(id)}});
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::give_back, "<script>alert(3)</script>");
  for (auto const& body :
       {page(world.focal, id).body, get(world.focal, edit_activity, id, Action::edit).body,
        ask(world.focal, my_page, http::Method::get, "/work").body, ask(world.focal, my_activities, http::Method::get, "/work/activities").body})
    for (auto const* bad : {"<script>alert", "<img src", "<svg onload"}) EXPECT_THAT(body, Not(HasSubstr(bad)));
  EXPECT_THAT(page(world.focal, id).body, HasSubstr("&lt;script&gt;alert(2)"));
}

TEST_P(WorkPages, ARemarkIsWrittenWithTheRolesOfThatMoment) {
  auto const id = world.confirmed(40);
  http::Parameters form;
  form.set("remark", "Дагы бир сөз");
  world.end_roles(world.colleague);  // whose request began before
  EXPECT_THROW(ask(world.colleague, add_remark, http::Method::post, address(id) + "/remarks", form, {{"id", id_text(id)}}), Problem);
  EXPECT_TRUE(world.ask_work([&](Store& store) { return store.remarks(id, 0, 10); }).empty());
}

TEST_P(WorkPages, ATickOfSomebodyElseStaysWhenAnOlderFormIsSaved) {
  auto const id = world.create_draft(world.focal);
  auto const save = [&](account::Person const& person, std::vector<std::string> const& drawn, std::vector<std::string> const& chosen) {
    std::vector<std::pair<std::string, std::string>> list;
    for (auto const& item : drawn) list.emplace_back("drawn", item);
    for (auto const& item : chosen) list.emplace_back("item", item);
    return ask(person, tick_item, http::Method::post, address(id) + "/checklist", http::Parameters::of(std::move(list)), {{"id", id_text(id)}})
        .status;
  };
  auto const ticked = [&] {
    std::set<std::string> items;
    for (auto const& [item, at] : world.ask_work([&](Store& store) { return store.ticks(id); })) items.insert(item);
    return items;
  };
  using Items = std::set<std::string>;
  EXPECT_EQ(save(world.focal, {}, {"venue"}), Status::see_other);
  EXPECT_EQ(save(world.colleague, {}, {"authority"}), Status::see_other) << "whose page was drawn before that";
  EXPECT_EQ(ticked(), (Items{"authority", "venue"}));
  EXPECT_THAT(page(world.focal, id).body, HasSubstr("name=\"drawn\" value=\"venue\""));
  EXPECT_EQ(save(world.focal, {"authority", "venue"}, {"authority", "school"}), Status::see_other);
  EXPECT_EQ(ticked(), (Items{"authority", "school"}));
  EXPECT_EQ(save(world.focal, {"authority", "school"}, {"authority", "school"}), Status::see_other);
  auto const entries = world.database().read([&](db::Reader& read) {
    return read.all<std::string>("select changes from audit where action = 'checklist_changed' and object_id = $1 order by sequence", id);
  });
  ASSERT_EQ(entries.size(), 3U) << "one for each save that changed something";
  EXPECT_THAT(entries.back(), HasSubstr("school"));
  EXPECT_THAT(entries.back(), HasSubstr("venue"));
  EXPECT_THROW(save(world.stranger, {}, {"venue"}), Problem);
  world.end_roles(world.colleague);
  EXPECT_THROW(save(world.colleague, {}, {"venue"}), Problem) << "whose roles ended meanwhile";
}

TEST_P(WorkPages, NothingIsTickedOfWhatIsOver) {
  auto const approved = [&] {
    auto const id = world.create_draft(world.focal);
    world.step(world.focal, id, Action::propose);
    world.step(world.regional, id, Action::approve);
    return id;
  };
  auto const confirmed = world.confirmed(40), cancelled = approved(), discarded = world.create_draft(world.focal), running = approved();
  world.step(world.focal, cancelled, Action::cancel, "Жол жабык");
  world.step(world.focal, discarded, Action::discard);
  http::Parameters form;
  form.set("item", "venue");
  auto const tick = [&](ActivityId id) {
    return ask(world.focal, tick_item, http::Method::post, address(id) + "/checklist", form, {{"id", id_text(id)}}).status;
  };
  auto const expect_refused = [&](ActivityId id, Message const& why) {
    EXPECT_THAT(page(world.focal, id).body, Not(HasSubstr(address(id) + "/checklist\"")));
    try {
      tick(id);
      ADD_FAILURE() << why.text;
    } catch (Problem const& problem) {
      EXPECT_EQ(problem.failure, Failure::forbidden);
      EXPECT_EQ(problem.shown, why);
    }
    EXPECT_TRUE(world.ask_work([&](Store& store) { return store.ticks(id); }).empty()) << why.text;
  };
  expect_refused(confirmed, message("Its result is confirmed: the checklist stays as it is."));
  expect_refused(cancelled, message("It was cancelled."));
  expect_refused(discarded, message("This draft was put away."));
  EXPECT_THAT(page(world.focal, running).body, HasSubstr(address(running) + "/checklist\""));
  world.close_edition();
  expect_refused(running, message("The edition is closed: the checklist stays as it is."));
}

TEST_P(WorkPages, WhereItWasMovedFromIsSaid) {
  auto const id = world.create_draft(world.focal);
  world.step(world.focal, id, Action::propose);
  world.step(world.regional, id, Action::approve);
  auto const left = world.find(id).place;
  Step move;
  move.action = Action::move;
  move.reason = "Сел";
  move.change = [&](Activity& next) { next.place = world.place("jumgal"); };
  world.step(world.regional, id, move);
  ASSERT_EQ(world.find(id).moved_from_place, left);
  auto const name = world.facts().places->full_name(*left, Language::ky);
  auto const body = page(world.focal, id).body;
  auto const ky = Say::in(Language::ky);
  EXPECT_THAT(body, HasSubstr(std::string(ky("Earlier place")) + "</dt><dd>" + name));
  EXPECT_THAT(body, HasSubstr(std::string(ky("Why it was moved")) + "</dt><dd>Сел"));
  Step cancel;
  cancel.action = Action::cancel;
  cancel.reason = "Жол жабык";
  world.step(world.regional, id, cancel);
  EXPECT_THAT(page(world.focal, id).body, Not(HasSubstr(std::string(ky("Why it was moved"))))) << "its reason is that of the cancellation";
}

TEST_P(WorkPages, AnApprovalAfterTheDayIsForetoldAndStaysMarked) {
  auto draft = world.draft();
  draft.day = draft.end_day = world.today().plus(-2);
  auto const id = world.create_draft(world.focal, draft);
  auto const ky = Say::in(Language::ky);
  auto const foretold = std::string(ky("Its day is over: it is marked as not approved before it was held."));
  EXPECT_THAT(get(world.focal, step_form, id, Action::propose).body, HasSubstr(foretold));
  EXPECT_THAT(ask(world.focal, propose_list, http::Method::get, "/work/propose").body, HasSubstr(foretold));
  world.step(world.focal, id, Action::propose);
  EXPECT_THAT(page(world.regional, id).body, HasSubstr(foretold));
  EXPECT_THAT(ask(world.regional, my_page, http::Method::get, "/work").body, HasSubstr(std::string(ky("Its day is over")) + "</span>"));
  world.step(world.regional, id, Action::approve);
  world.report(world.focal, id, 20);
  auto const body = page(world.focal, id).body;
  EXPECT_THAT(body, HasSubstr(std::string(ky("It was approved only after its day."))));
  EXPECT_THAT(body, Not(HasSubstr(std::string(ky("Nobody approved it before it was held.")))));
}

TEST_P(WorkPages, NoNewActivityIsOfferedInAClosedEdition) {
  auto const id = world.create_draft(world.focal);
  auto const bodies = [&] {
    std::vector<std::string> list;
    for (auto const& [handler, path] : std::vector<std::pair<Handler, std::string>>{{my_page, "/work"}, {my_activities, "/work/activities"}})
      list.push_back(ask(world.focal, handler, http::Method::get, path).body);
    list.push_back(page(world.focal, id).body);
    return list;
  };
  for (auto const& body : bodies()) EXPECT_THAT(body, HasSubstr("/ky/work/activities/new"));
  world.close_edition();
  for (auto const& body : bodies()) {
    auto const actions = body.substr(body.find("<main"));
    EXPECT_THAT(actions, Not(HasSubstr("\"/ky/work/activities/new")));
  }
  EXPECT_THAT(bodies()[1], HasSubstr(Say::in(Language::ky)(campaign::closed_message())));
}

TEST_P(WorkPages, DeputiesAreNamedByCoordinatorsOnly) {
  EXPECT_THROW(ask(world.focal, stand_ins, http::Method::get, "/work/deputies"), Problem);
  http::Parameters form;
  form.set("substitute", id_text(world.second.id));
  form.set("kind", "deputy");
  form.set("from", world.today().iso());
  EXPECT_EQ(ask(world.regional, add_deputy, http::Method::post, "/work/deputies", form).status, Status::unprocessable) << "no last day";
  form.set("until", world.today().plus(2).iso());
  EXPECT_EQ(ask(world.regional, add_deputy, http::Method::post, "/work/deputies", form).status, Status::see_other);
  EXPECT_EQ(world.ask_work([&](Store& store) { return store.standing_in(world.second.id, world.today()).size(); }), 1U);
  form.set("substitute", id_text(world.observer.id));
  EXPECT_EQ(ask(world.regional, add_deputy, http::Method::post, "/work/deputies", form).status, Status::unprocessable);
}

}  // namespace
}  // namespace birge::work
