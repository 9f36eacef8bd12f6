#include <gmock/gmock.h>

#include <set>

#include "features/activity/activity_view.hpp"
#include "features/work/work_pages_testing.hpp"

/// What the pages keep of what was typed, whatever others did meanwhile, and what they begin with.
namespace birge::work {
namespace {

using testing::fields_of;
using ::testing::HasSubstr;
using ::testing::Not;

class WorkKept : public testing::PagesTest {
protected:
  ActivityId approved() {
    auto const id = world.create_draft(world.focal);
    world.step(world.focal, id, Action::propose);
    world.step(world.regional, id, Action::approve);
    return id;
  }
  /// The form of a result as it is drawn now, filled in.
  http::Parameters result_typed(account::Person const& person, ActivityId id, std::string const& came) {
    auto form = fields_of(get(person, result_form, id, Action::report).body);
    form.set("n-female-14_17", came);
    form.set("method", "head_count");
    form.set("narrative", "Зал толду");
    form.set("question1", "Паспортту ким кармашы керек?");
    return form;
  }
  account::Person helper_of(ActivityId id) { return world.person("Элнура", {{account::Role::helper, {}, {}, id.value}}); }
  http::Parameters new_form(account::Person const& person, std::string const& query) {
    return fields_of(ask(person, new_activity, http::Method::get, "/work/activities/new?" + query).body);
  }
  Reply add(account::Person const& person, http::Parameters form) {
    return ask(person, add_activity, http::Method::post, "/work/activities", std::move(form));
  }
  static std::string said(Message const& message) { return Say::in(Language::ky)(message); }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, WorkKept, db::both_engines(), db::engine_name);

TEST_P(WorkKept, AnOrganisationIsChosenAmongThoseThatItsNameBegins) {
  auto form = filled_form();
  form.set("lead", "Ош мэр");
  form.set("partners", "Өкмөт; Балдар фон");
  auto const told = add(world.national, form);
  ASSERT_EQ(told.status, Status::unprocessable);
  EXPECT_THAT(told.body, HasSubstr("type=\"radio\" name=\"lead_choice\" value=\"osh-city-hall Ош мэр\""));
  EXPECT_THAT(told.body, HasSubstr("type=\"radio\" name=\"partners_choice\" value=\"unicef Балдар фон\""));
  auto again = fields_of(told.body);
  again.set("lead_choice", "osh-city-hall Ош мэр");
  again.set("partners_choice", "unicef Балдар фон");
  again.set("title", "");
  auto const untitled = add(world.national, again);
  ASSERT_EQ(untitled.status, Status::unprocessable);
  EXPECT_THAT(untitled.body, Not(HasSubstr("type=\"radio\" name=\"lead_choice\"")));
  auto last = fields_of(untitled.body);
  last.set("title", "Коопсуз миграция");
  auto const saved = add(world.national, last);
  ASSERT_EQ(saved.status, Status::see_other) << "what was chosen is kept";
  auto const stored = world.find(id_of(saved));
  EXPECT_EQ(world.facts().organisation(stored.lead)->slug, "osh-city-hall");
  EXPECT_THAT(stored.partners, ::testing::Contains(world.facts().organisation_slugs.at("unicef")));
}

TEST_P(WorkKept, AResultThatWasConfirmedMeanwhileBecomesACorrection) {
  auto const id = approved();
  auto const mine = result_typed(world.focal, id, "37");
  world.report(world.colleague, id, 40);
  world.step(world.second, id, Action::confirm);
  auto const told = post(world.focal, save_result, id, Action::report, mine);
  EXPECT_EQ(told.status, Status::conflict);
  EXPECT_THAT(told.body, HasSubstr("value=\"37\""));
  EXPECT_THAT(told.body, HasSubstr(">Зал толду</textarea>"));
  EXPECT_THAT(told.body, HasSubstr("name=\"reason\""));
  EXPECT_EQ(world.find(id).result->attendance, (activity::Count{40, 40}));
  auto again = fields_of(told.body);
  again.set("reason", "Барак боюнча");
  ASSERT_EQ(post(world.focal, save_result, id, Action::correct, again).status, Status::see_other);
  EXPECT_EQ(world.find(id).result->attendance, (activity::Count{37, 37}));
}

TEST_P(WorkKept, BothValuesOfACorrectionStayToBeSeenWithWhoReportedThem) {
  using activity::Sex;
  auto const id = world.confirmed(41);
  world.clock().set(world.clock().now() + std::chrono::hours(1));
  world.correct(world.colleague, id, {{Sex::female, "14_17", {20, 20}}, {Sex::male, "14_17", {21, 21}}}, "Алмашып калган");
  auto const body = page(world.focal, id).body;
  auto const result = body.substr(body.find("id=\"result\""));
  auto const list = result.substr(0, result.find("</ol>"));
  auto const& say = Say::in(Language::ky);
  auto const changed = [&](Sex sex, std::string_view before, std::string_view after) {
    return std::string(say("{}, {}: {} before, {} after", say(activity::view::sex_name(sex)), activity::view::band_name(say, world.facts(), "14_17"),
                           before, after));
  };
  EXPECT_THAT(list, HasSubstr(changed(Sex::female, "41", "20")));
  EXPECT_THAT(list, HasSubstr(changed(Sex::male, "–", "21")));
  auto const at = world.clock().now();
  auto const second = list.substr(list.rfind("<li>"));
  EXPECT_THAT(list, HasSubstr(say.moment(at - std::chrono::hours(1), world.facts().time_zone)));
  EXPECT_THAT(second, HasSubstr(say.moment(at, world.facts().time_zone)));
  EXPECT_THAT(second, HasSubstr(world.colleague.name));
  EXPECT_THAT(second, Not(HasSubstr(world.focal.name)));
}

TEST_P(WorkKept, WhoeverMayNoLongerSendAResultGetsBackWhatWasTyped) {
  auto const id = approved();
  auto const helper = helper_of(id);
  auto const mine = result_typed(helper, id, "37");
  world.report(world.focal, id, 40);
  world.step(world.second, id, Action::confirm);
  auto const told = post(helper, save_result, id, Action::report, mine);
  EXPECT_EQ(told.status, Status::forbidden);
  for (auto const* typed : {"37", "Зал толду", "Паспортту ким кармашы керек?"}) EXPECT_THAT(told.body, HasSubstr(std::string("<dd>") + typed));
  EXPECT_EQ(world.find(id).result->attendance, (activity::Count{40, 40}));
}

TEST_P(WorkKept, TheSecondWhoReportsSeesEachFieldThatDiffers) {
  auto const id = approved();
  auto mine = result_typed(world.colleague, id, "37");
  auto theirs = result_typed(world.focal, id, "40");
  theirs.set("narrative", "Баары келди");
  theirs.set("question1", "Ким жардам берет?");
  ASSERT_EQ(post(world.focal, save_result, id, Action::report, theirs).status, Status::see_other);
  auto const told = post(world.colleague, save_result, id, Action::report, mine);
  EXPECT_EQ(told.status, Status::conflict);
  for (auto const* field : {"n-female-14_17", "total", "narrative", "question1"})
    EXPECT_THAT(told.body, HasSubstr("href=\"#" + std::string(field) + "\"")) << field;
  for (auto const* field : {"method", "n-male-14_17", "challenges"})
    EXPECT_THAT(told.body, Not(HasSubstr("href=\"#" + std::string(field) + "\""))) << field;
  EXPECT_THAT(told.body, HasSubstr("<td data-label=\"Сиз жаздыңыз\">Зал толду</td><td data-label=\"Азыр сакталганы\">Баары келди</td>"));
  EXPECT_THAT(told.body, HasSubstr("<td data-label=\"Сиз жаздыңыз\">37</td><td data-label=\"Азыр сакталганы\">40</td>"));
  ASSERT_EQ(post(world.colleague, save_result, id, Action::report, fields_of(told.body)).status, Status::see_other);
  EXPECT_EQ(world.find(id).result->narrative, "Зал толду");
}

TEST_P(WorkKept, TheSecondWhoReportsTheSameIsNotAsked) {
  auto const id = approved();
  auto const mine = result_typed(world.colleague, id, "40"), theirs = result_typed(world.focal, id, "40");
  ASSERT_EQ(post(world.focal, save_result, id, Action::report, theirs).status, Status::see_other);
  auto const version = world.find(id).version;
  EXPECT_EQ(post(world.colleague, save_result, id, Action::report, mine).status, Status::see_other);
  EXPECT_EQ(world.find(id).version, version);
}

TEST_P(WorkKept, ACorrectionOfWordsAloneIsAVersionOfItsOwn) {
  auto const id = world.confirmed(40);
  auto form = fields_of(get(world.focal, result_form, id, Action::correct).body);
  form.set("reason", "Толуктоо");
  EXPECT_EQ(post(world.focal, save_result, id, Action::correct, form).status, Status::unprocessable) << "nothing is different";
  form.set("challenges", "Жол жабык болчу");
  form.set("question2", "Визаны ким берет?");
  ASSERT_EQ(post(world.focal, save_result, id, Action::correct, form).status, Status::see_other);
  auto const words = [&](int version) { return world.ask_work([&](Store& store) { return store.words(id, version); }); };
  EXPECT_EQ(world.find(id).result->version, 2);
  EXPECT_EQ(words(2).challenges, "Жол жабык болчу");
  EXPECT_EQ(words(2).questions.size(), 2U);
  EXPECT_EQ(words(1).challenges, "Жол узак") << "what was confirmed stays as it was";
  EXPECT_EQ(words(1).reason, "");
  world.step(world.focal, id, Action::undo);
  EXPECT_EQ(words(world.find(id).result->version).challenges, "Жол узак");
  EXPECT_EQ(world.find(id).state, State::confirmed);
  EXPECT_THAT(world.wrong_tallies(), ::testing::IsEmpty());
}

TEST_P(WorkKept, AHelperSeesWhatHeHelpsWith) {
  auto const id = approved();
  auto const helper = helper_of(id);
  EXPECT_THAT(ask(helper, my_page, http::Method::get, "/work").body, HasSubstr(address(id)));
  EXPECT_THAT(ask(helper, my_activities, http::Method::get, "/work/activities").body, HasSubstr(address(id)));
  auto over = world.draft();
  over.day = over.end_day = world.today().plus(-3);
  auto const past = world.create_draft(world.focal, over);
  world.step(world.focal, past, Action::propose);
  world.step(world.regional, past, Action::approve);
  auto const body = ask(helper_of(past), my_page, http::Method::get, "/work", {}, {}, Language::en).body;
  EXPECT_THAT(body, HasSubstr("Results you have to report"));
  EXPECT_THAT(body, HasSubstr(address(past)));
  EXPECT_THAT(body, Not(HasSubstr(address(id))));
}

TEST_P(WorkKept, WhoeverCanSaveNoActivityIsOfferedNoForm) {
  auto const id = approved();
  auto const officer = world.person("Медина", {{account::Role::communications_officer, {}, {}, {}}});
  for (auto const& person : {helper_of(id), officer}) {
    EXPECT_THAT(ask(person, my_page, http::Method::get, "/work").body, Not(HasSubstr("/work/activities/new"))) << person.name;
    EXPECT_THAT(ask(person, my_activities, http::Method::get, "/work/activities").body, Not(HasSubstr("/work/activities/new")));
    EXPECT_THAT(page(person, id).body, Not(HasSubstr("/work/activities/new")));
    EXPECT_THROW(new_form(person, "kind=lecture"), Problem);
  }
  EXPECT_THAT(ask(world.focal, my_page, http::Method::get, "/work").body, HasSubstr("/work/activities/new"));
}

TEST_P(WorkKept, APlanForOthersIsToldBesideTheFieldAndStays) {
  auto form = filled_form();
  form.set("lead", world.facts().organisation(world.organisation(1))->slug);
  auto const told = add(world.focal, form);
  EXPECT_EQ(told.status, Status::unprocessable);
  EXPECT_THAT(told.body, HasSubstr("id=\"lead-fault\""));
  EXPECT_THAT(told.body, HasSubstr("value=\"Коопсуз миграция боюнча лекция\""));
}

TEST_P(WorkKept, AnothersActivityIsCopiedIntoTheOwnOrganisation) {
  auto const id = approved();
  auto form = new_form(world.stranger, "copy=" + id_text(id));
  EXPECT_EQ(form.get("title"), world.find(id).texts.at("ky").title);
  EXPECT_EQ(form.get("lead"), world.facts().organisation(world.organisation(1))->slug);
  form.set("day", world.today().plus(7).iso());
  auto const stored = add(world.stranger, form);
  ASSERT_EQ(stored.status, Status::see_other);
  EXPECT_EQ(world.find(id_of(stored)).lead, world.organisation(1));
  auto const own = new_form(world.colleague, "copy=" + id_text(id));
  EXPECT_EQ(own.get("lead"), world.facts().organisation(world.organisation(0))->slug);
}

TEST_P(WorkKept, OfADraftOfOthersNothingIsCopied) {
  auto const id = world.create_draft(world.focal);
  EXPECT_EQ(new_form(world.stranger, "kind=lecture&copy=" + id_text(id)).get("title"), "");
  EXPECT_NE(new_form(world.colleague, "kind=lecture&copy=" + id_text(id)).get("title"), "");
}

TEST_P(WorkKept, ALectureThatBecomesALegalConsultationIsForTheCoalition) {
  auto form = filled_form();
  form.set("kind", "legal_consultation");
  form.set("start", "");
  form.set("day", "");
  auto const told = add(world.focal, form);
  ASSERT_EQ(told.status, Status::unprocessable);
  auto again = fields_of(told.body);
  EXPECT_EQ(again.get("visibility"), "coalition") << "and the form that comes back says so";
  again.set("day", world.today().iso());
  auto const stored = add(world.focal, again);
  ASSERT_EQ(stored.status, Status::see_other);
  auto const id = id_of(stored);
  EXPECT_FALSE(world.find(id).is_public);
  auto chosen = fields_of(get(world.focal, edit_activity, id, Action::edit).body);
  chosen.set("visibility", "public");
  ASSERT_EQ(post(world.focal, save_activity, id, Action::edit, chosen).status, Status::see_other);
  EXPECT_TRUE(world.find(id).is_public) << "who chooses it has it";
}

TEST_P(WorkKept, EveryFieldOfTheFormIsStored) {
  auto form = filled_form();
  auto const name = [&](std::size_t number) { return world.facts().organisation(world.organisation(number))->name(Language::ky); };
  form.set("language", "ru");
  form.set("entry", "invitation");
  form.set("cost", "50 сом");
  form.set("contact", "0312 123456");
  form.set("co_hosts", name(1));
  form.set("partners", name(3));
  form.set("summary", "Эки сүйлөм.");
  form.set("venue", "Клуб");
  form.set("visibility", "coalition");
  auto const stored = add(world.focal, form);
  ASSERT_EQ(stored.status, Status::see_other);
  auto const activity = world.find(id_of(stored));
  EXPECT_EQ(activity.languages, "ru");
  EXPECT_EQ(activity.entry, "invitation");
  EXPECT_EQ(activity.cost, "50 сом");
  EXPECT_EQ(activity.contact, "0312 123456");
  EXPECT_EQ(activity.co_hosts, std::vector{world.organisation(1)});
  EXPECT_EQ(activity.partners, std::vector{world.organisation(3)});
  EXPECT_EQ(activity.texts.at("ky").summary, "Эки сүйлөм.");
  EXPECT_EQ(activity.texts.at("ky").venue, "Клуб");
  EXPECT_FALSE(activity.is_public);
}

TEST_P(WorkKept, AnAssistantPlansInThePlaceOfThePrincipalAndItIsRecorded) {
  auto const assistant = world.person("Асел", {{account::Role::member, {}, world.organisation(3), {}}});
  world.database().write([&](db::Tx& tx) {
    add_stand_in(tx, world.scene(world.regional), {0, world.regional.id, assistant.id, "assistant", world.today(), std::nullopt});
  });
  auto form = filled_form();
  form.set("lead", world.facts().organisation(world.organisation(1))->slug);
  auto const stored = add(assistant, form);
  ASSERT_EQ(stored.status, Status::see_other);
  auto const lines = world.ask_work([&](Store& store) { return store.timeline(id_of(stored)); });
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].person, assistant.id);
  EXPECT_EQ(lines[0].acting_for, world.regional.id);
}

TEST_P(WorkKept, ANationalCoordinatorNamesAnAssistantForSomebodyWhoDoesNotSignIn) {
  http::Parameters form;
  form.set("for", id_text(world.regional.id));
  form.set("substitute", id_text(world.colleague.id));
  form.set("kind", "deputy");
  form.set("from", world.today().iso());
  auto const send = [&](account::Person const& person, Handler handler, testing::Captures captures = {}) {
    return ask(person, handler, http::Method::post, "/work/deputies", form, std::move(captures)).status;
  };
  EXPECT_THROW(send(world.second, add_deputy), Problem) << "only a national coordinator";
  EXPECT_EQ(send(world.national, add_deputy), Status::see_other);
  auto const named = world.ask_work([&](Store& store) { return store.stand_ins_of(world.regional.id); });
  ASSERT_EQ(named.size(), 1U);
  EXPECT_EQ(named[0].substitute, world.colleague.id);
  EXPECT_EQ(named[0].kind, "assistant") << "who is absent names a deputy";
  EXPECT_TRUE(world.ask_work([&](Store& store) { return store.stand_ins_of(world.national.id); }).empty());
  auto const body = ask(world.national, stand_ins, http::Method::get, "/work/deputies?for=" + id_text(world.regional.id)).body;
  EXPECT_THAT(body, HasSubstr("Бакыт"));
  EXPECT_THAT(ask(world.national, stand_ins, http::Method::get, "/work/deputies").body, HasSubstr("?for=" + id_text(world.regional.id)));
  EXPECT_THAT(ask(world.regional, stand_ins, http::Method::get, "/work/deputies").body, Not(HasSubstr("?for=")));
  EXPECT_THROW(send(world.second, end_deputy, {{"id", id_text(named[0].id)}}), Problem);
  EXPECT_EQ(send(world.national, end_deputy, {{"id", id_text(named[0].id)}}), Status::see_other);
  form.set("for", id_text(world.focal.id));
  EXPECT_THROW(send(world.national, add_deputy), Problem) << "who decides nothing needs nobody";
}

TEST_P(WorkKept, AnAssistantOfSomebodyWhoCoordinatesNothingAnyMoreCanStillBeEnded) {
  http::Parameters form;
  form.set("for", id_text(world.regional.id));
  form.set("substitute", id_text(world.colleague.id));
  form.set("from", world.today().iso());
  auto const send = [&](Handler handler, testing::Captures captures = {}) {
    return ask(world.national, handler, http::Method::post, "/work/deputies", form, std::move(captures)).status;
  };
  ASSERT_EQ(send(add_deputy), Status::see_other);
  auto const named = world.ask_work([&](Store& store) { return store.stand_ins_of(world.regional.id); }).at(0);
  world.end_roles(world.regional);
  EXPECT_THAT(ask(world.national, stand_ins, http::Method::get, "/work/deputies").body, HasSubstr("?for=" + id_text(world.regional.id)));
  EXPECT_THAT(ask(world.national, stand_ins, http::Method::get, "/work/deputies?for=" + id_text(world.regional.id)).body,
              AllOf(HasSubstr("Бакыт"), Not(HasSubstr("name=\"substitute\""))));
  EXPECT_THROW(send(add_deputy), Problem) << "nobody else is named for them";
  EXPECT_EQ(send(end_deputy, {{"id", id_text(named.id)}}), Status::see_other);
  EXPECT_TRUE(world.ask_work([&](Store& store) { return store.running_stand_ins(world.today()); }).empty());
}

TEST_P(WorkKept, WhatPeopleAskedIsReadTogetherByTopicAndRegion) {
  auto const id = world.confirmed(40);
  auto const other = approved();
  auto form = result_typed(world.focal, other, "12");
  form.set("question_topic1", "");
  form.set("recommendation", "Автобус керек");
  ASSERT_EQ(post(world.focal, save_result, other, Action::report, form).status, Status::see_other);
  auto const all = [&](account::Person const& person, std::string const& query) {
    return ask(person, questions, http::Method::get, "/work/questions" + query).body;
  };
  for (auto const* text :
       {"Контракт керекпи?", "Паспортту ким кармашы керек?", "Жол узак", "Автобус керек", "?topic=safe_migration", "?topic=another"})
    EXPECT_THAT(all(world.regional, ""), HasSubstr(text));
  EXPECT_THAT(all(world.regional, ""), ::testing::ContainsRegex("[?]topic=safe_migration\">[0-9]+</a></td>")) << "the number opens too";
  EXPECT_THAT(all(world.regional, "?topic=safe_migration"), HasSubstr("Контракт керекпи?"));
  EXPECT_THAT(all(world.regional, "?topic=safe_migration"), Not(HasSubstr("Паспортту")));
  EXPECT_THAT(all(world.regional, "?topic=another"), Not(HasSubstr("Контракт керекпи?")));
  EXPECT_THAT(all(world.regional, "?place=talas"), Not(HasSubstr("Контракт керекпи?")));
  EXPECT_THROW(all(helper_of(id), ""), Problem) << "who helps with one activity sees no others";
  world.step(world.second, other, Action::reject_result, "Кайра санаңыз");
  EXPECT_THAT(all(world.regional, ""), Not(HasSubstr("Паспортту"))) << "what was returned counts for nothing";
}

TEST_P(WorkKept, QuestionsOfManyResultsStandOnSeveralPages) {
  for (int i = 0; i < 33; ++i) {
    auto const id = approved();
    world.report(world.focal, id, 10 + i);
  }
  auto const first = ask(world.national, questions, http::Method::get, "/work/questions").body;
  std::smatch next;
  ASSERT_TRUE(std::regex_search(first, next, std::regex("/work/questions(\\?before=[0-9a-z.-]+)")));
  auto const second = ask(world.national, questions, http::Method::get, "/work/questions" + next[1].str()).body;
  std::set<std::string> seen;
  for (auto const& body : {first, second}) {
    std::regex const link("<h2><a href=\"/ky/work/activities/([0-9a-z]+)\"");
    for (std::sregex_iterator at(body.begin(), body.end(), link), end; at != end; ++at) seen.insert((*at)[1].str());
  }
  EXPECT_EQ(seen.size(), 33U);
}

TEST_P(WorkKept, ABroadcastAsksForItsAudienceAndStoresIt) {
  auto broadcast = world.draft();
  for (auto const& kind : world.facts().codes.list("kind"))
    if (kind.broadcast) broadcast.kind = kind.code;
  auto const id = world.create_draft(world.focal, broadcast);
  auto form = fields_of(get(world.focal, result_form, id, Action::report).body);
  ASSERT_TRUE(form.has("audience"));
  form.set("method", "estimate");
  form.set("audience", std::to_string(world.edition().audience_limit + 1));
  auto const refused = post(world.focal, save_result, id, Action::report, form);
  EXPECT_EQ(refused.status, Status::unprocessable);
  EXPECT_THAT(refused.body, HasSubstr("id=\"audience-fault\""));
  form.set("audience", "2000-3000");
  ASSERT_EQ(post(world.focal, save_result, id, Action::report, form).status, Status::see_other);
  EXPECT_EQ(world.find(id).result->audience, (activity::Count{2000, 3000}));
  EXPECT_FALSE(world.find(id).result->attendance) << "it is never added to those who came";
}

TEST_P(WorkKept, WhatWasTypedIntoAPlanThatIsHeldByNowComesBack) {
  auto const id = approved();
  auto mine = fields_of(get(world.focal, edit_activity, id, Action::edit).body);
  world.step(world.colleague, id, Action::hold);
  mine.set("summary", "Узун текст");
  auto const told = post(world.focal, save_activity, id, Action::edit, mine);
  EXPECT_EQ(told.status, Status::forbidden);
  EXPECT_THAT(told.body, HasSubstr("Узун текст"));
}

TEST_P(WorkKept, MyPageLeadsToHowPunctuallyResultsComeIn) {
  auto activity = world.plain("Кечиккен");
  activity.state = State::approved;
  activity.day = activity.end_day = world.today().plus(-30);
  world.add(activity);
  auto const body = ask(world.regional, my_page, http::Method::get, "/work", {}, {}, Language::en).body;
  EXPECT_THAT(body, HasSubstr("/en/work/timeliness"));
  auto const behind = ask(world.regional, timeliness, http::Method::get, "/work/timeliness", {}, {}, Language::en).body;
  EXPECT_THAT(behind, HasSubstr("<a href=\"/en/work/table?place=naryn&amp;result=missing\">1</a>"));
}

}  // namespace
}  // namespace birge::work
