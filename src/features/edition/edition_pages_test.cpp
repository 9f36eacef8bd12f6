#include "features/edition/edition_pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "features/campaign/campaign_editing.hpp"
#include "features/insight/insight_pages.hpp"
#include "features/report/report_texts_store.hpp"
#include "features/work/work_pages_testing.hpp"

namespace birge::edition {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using work::Action;

class EditionPages : public testing::TestWithParam<db::Engine>, public work::testing::WorkWorld {
protected:
  EditionPages() : WorkWorld(GetParam()) {}

  Reply ask(account::Person const& person, Handler handler, std::string const& query = {}, http::Parameters form = {},
            std::string const& slug = "2018") {
    http::Message message;
    message.path = "/test";
    message.query = query;
    message.target = "/test" + (query.empty() ? "" : "?" + query);
    return ask_as(person, message, handler, std::move(form), {{"slug", slug}}, Language::en);
  }
  Reply send(account::Person const& person, Handler handler, std::vector<std::pair<std::string, std::string>> fields,
             std::string const& slug = "2018") {
    return ask(person, handler, {}, http::Parameters::of(std::move(fields)), slug);
  }
  static std::string where(Reply const& reply) {
    for (auto const& [name, value] : reply.headers)
      if (name == "Location") return value;
    return {};
  }
  void expect_forbidden(char const* what, account::Person const& person, Handler handler, std::vector<std::pair<std::string, std::string>> fields,
                        std::string const& slug) {
    try {
      send(person, handler, std::move(fields), slug);
      ADD_FAILURE() << what;
    } catch (Problem const& problem) { EXPECT_EQ(problem.failure, Failure::forbidden) << what; }
  }
  /// A draft like 2018 for 2027, and its address.
  void make_draft() { ASSERT_EQ(send(national, edition::add, {{"like", "2018"}, {"year", "2027"}}).status, Status::see_other); }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, EditionPages, db::both_engines(), db::engine_name);

}  // namespace

TEST_P(EditionPages, AYearThatIsNoneIsRefusedAndStaysInTheForm) {
  auto const reply = send(national, edition::add, {{"like", "2018"}, {"year", "next"}});
  EXPECT_EQ(reply.status, Status::unprocessable);
  EXPECT_THAT(reply.body, HasSubstr("value=\"next\""));
  EXPECT_EQ(send(national, edition::add, {{"like", "nonsense"}, {"year", "2027"}}).status, Status::unprocessable);
}

TEST_P(EditionPages, AnEmptyFieldIsRefusedInTheReadersLanguageAndNotByTheBrowser) {
  EXPECT_THAT(ask(national, new_form).body, HasSubstr("action=\"/en/work/editions\" novalidate"));
  auto const reply = send(national, edition::add, {{"like", "2018"}, {"year", ""}});
  EXPECT_EQ(reply.status, Status::unprocessable);
  EXPECT_THAT(reply.body, HasSubstr("id=\"year-fault\""));
}

TEST_P(EditionPages, FactsOfADocumentedEditionAreNotEditedHere) {
  for (auto const handler : {texts_form, save_texts, dates_form, save_dates, participants_form, save_participants})
    EXPECT_THROW(ask(national, handler), Problem);
  EXPECT_EQ(ask(national, targets_form).status, Status::ok);
  EXPECT_THAT(ask(national, hub).body, HasSubstr("A documented edition"));
}

TEST_P(EditionPages, ADraftIsMadeLikeLastYearChangedAndAnnounced) {
  make_draft();
  auto const page = ask(national, hub, {}, {}, "2027");
  EXPECT_THAT(page.body, HasSubstr("100 Days against Trafficking in Persons 2027"));
  EXPECT_THAT(page.body, HasSubstr("Draft, not announced"));
  auto const saved = send(national, save_texts,
                          {{"version", "1"},
                           {"name_ky", "Жүз күн"},
                           {"name_ru", ""},
                           {"name_en", "Hundred days"},
                           {"slogan_en", "Together"},
                           {"about_en", ""},
                           {"due_days", "5"}},
                          "2027");
  EXPECT_EQ(saved.status, Status::see_other);
  auto const overtaken = send(national, save_texts, {{"version", "1"}, {"name_ky", "Башка"}, {"due_days", "5"}}, "2027");
  EXPECT_EQ(overtaken.status, Status::conflict);
  EXPECT_THAT(overtaken.body, HasSubstr("Башка"));
  EXPECT_THAT(overtaken.body, HasSubstr("Жүз күн")) << "both are shown";
  EXPECT_EQ(send(national, announce, {{"version", "2"}}, "2027").status, Status::see_other);
  EXPECT_THAT(ask(national, hub, {}, {}, "2027").body, HasSubstr("Announced"));
}

TEST_P(EditionPages, OfTwoWhoEditOneTheSecondIsToldWhoChangedWhatAndLosesNothing) {
  make_draft();
  auto const& fields = work::testing::fields_of;
  auto mine = fields(ask(national, texts_form, {}, {}, "2027").body);
  auto theirs = mine;
  theirs.set("name_ky", "Жүз күн");
  theirs.set("slogan_ru", "Вместе");
  ASSERT_EQ(ask(national, save_texts, {}, theirs, "2027").status, Status::see_other);
  mine.set("name_ky", "Башка аталыш");
  auto const told = ask(national, save_texts, {}, mine, "2027");
  ASSERT_EQ(told.status, Status::conflict);
  EXPECT_THAT(told.body, AllOf(HasSubstr("Жүз күн"), HasSubstr("value=\"Башка аталыш\""), HasSubstr("<dt>Slogan (Русский)</dt><dd>Вместе</dd>")));
  EXPECT_THAT(told.body, HasSubstr("Changed by " + national.name));
  ASSERT_EQ(ask(national, save_texts, {}, fields(told.body), "2027").status, Status::see_other);
  auto const stored = ask(national, texts_form, {}, {}, "2027").body;
  EXPECT_THAT(stored, AllOf(HasSubstr("value=\"Башка аталыш\""), HasSubstr("value=\"Вместе\"")))
      << "what was not touched stays as the other stored it";

  auto targets = fields(ask(national, targets_form, {}, {}, "2027").body);
  auto others = targets;
  others.set("activities_", "100");
  ASSERT_EQ(ask(national, save_targets, {}, others, "2027").status, Status::see_other);
  targets.set("attendances_", "5000");
  auto const met = ask(national, save_targets, {}, targets, "2027");
  ASSERT_EQ(met.status, Status::conflict);
  EXPECT_THAT(met.body, AllOf(HasSubstr("value=\"100\""), HasSubstr("value=\"5000\""), HasSubstr("All kinds together: Activities")));
  ASSERT_EQ(ask(national, save_targets, {}, others, "2027").status, Status::see_other) << "it says what is stored already";
}

TEST_P(EditionPages, WhoeverChangedAnotherFormOfTheEditionOvertakesNobody) {
  make_draft();
  auto const fields = [](Reply const& reply) { return work::testing::fields_of(reply.body); };
  auto texts = fields(ask(national, texts_form, {}, {}, "2027"));
  auto targets = fields(ask(national, targets_form, {}, {}, "2027"));
  targets.set("activities_", "100");
  ASSERT_EQ(ask(national, save_targets, {}, targets, "2027").status, Status::see_other);
  texts.set("name_ky", "Жүз күн");
  EXPECT_EQ(ask(national, save_texts, {}, texts, "2027").status, Status::see_other) << "nobody touched the texts";
  auto second = fields(ask(national, texts_form, {}, {}, "2027"));
  auto first = second;
  first.set("slogan_ru", "Вместе");
  ASSERT_EQ(ask(national, save_texts, {}, first, "2027").status, Status::see_other);
  second.set("name_ky", "Башка аталыш");
  auto const told = ask(national, save_texts, {}, second, "2027");
  EXPECT_EQ(told.status, Status::conflict);
  EXPECT_THAT(told.body, AllOf(HasSubstr("<dt>Slogan (Русский)</dt><dd>Вместе</dd>"), Not(HasSubstr("data-label=\"You typed\""))))
      << "what the other left alone is no difference between the two";
  EXPECT_EQ(ask(national, save_texts, {}, fields(told), "2027").status, Status::see_other);
  EXPECT_THAT(ask(national, texts_form, {}, {}, "2027").body, AllOf(HasSubstr("value=\"Башка аталыш\""), HasSubstr("value=\"Вместе\"")));
}

TEST_P(EditionPages, ANewEditionOrRecommendationThatIsSentTwiceIsOne) {
  auto const all = [&] { return database().read([](db::Reader& read) { return campaign::all_editions(read).size(); }); };
  auto const before = all();
  make_draft();
  auto const again = send(national, edition::add, {{"like", "2018"}, {"year", "2027"}});
  EXPECT_EQ(where(again), "/en/work/editions/2027");
  EXPECT_EQ(all(), before + 1);
  ASSERT_EQ(send(national, save_texts, {{"version", "1"}, {"name_ky", "Жүз күн"}, {"due_days", "5"}}, "2027").status, Status::see_other);
  EXPECT_EQ(where(send(national, edition::add, {{"like", "2018"}, {"year", "2027"}})), "/en/work/editions/2027-2") << "the first one is in use";
  std::vector<std::pair<std::string, std::string>> promise{{"text_en", "Run it every year"}, {"state", "open"}};
  for (int sent = 0; sent < 2; ++sent) EXPECT_EQ(send(national, save_recommendation, promise, "2027").status, Status::see_other);
  promise[0].second = "Run it in every village";
  EXPECT_EQ(send(national, save_recommendation, promise, "2027").status, Status::see_other);
  auto const id = database().read([](db::Reader& read) {
    auto const editions = campaign::all_editions(read);
    return std::ranges::find(editions, "2027", &campaign::Edition::slug)->id;
  });
  EXPECT_EQ(database().read([&](db::Reader& read) { return campaign::Editing(read).recommendations(id).size(); }), 2U);
}

TEST_P(EditionPages, TargetsThatAreNoNumbersAreRefusedBesideTheirField) {
  auto const reply = send(national, save_targets, {{"version", "0"}, {"place", ""}, {"activities_", "many"}, {"attendances_lecture", "-4"}});
  EXPECT_EQ(reply.status, Status::unprocessable);
  EXPECT_THAT(reply.body, HasSubstr("value=\"many\""));
  EXPECT_THAT(reply.body, HasSubstr("“-4” is no number"));
  EXPECT_THAT(reply.body, Not(HasSubstr("class=\"stack entry\""))) << "an entry is an activity of the calendar and looks like one";
  EXPECT_EQ(send(national, save_targets, {{"version", "0"}, {"place", "naryn"}, {"activities_", "1 200"}, {"attendances_", ""}}).status,
            Status::see_other);
  auto const stored = database().read([&](db::Reader& read) { return campaign::Editing(read).targets(edition().id); });
  ASSERT_EQ(stored.size(), 1U);
  EXPECT_EQ(stored[0], (campaign::Target{place("naryn"), "", 1200, std::nullopt}));
}

TEST_P(EditionPages, ATargetWithACommaIsRefusedAndStaysInItsField) {
  for (auto const* typed : {"1,5", "1,500", ","}) {
    auto const reply = send(national, save_targets, {{"version", "0"}, {"place", ""}, {"activities_", typed}});
    EXPECT_EQ(reply.status, Status::unprocessable) << typed;
    EXPECT_THAT(reply.body, HasSubstr("value=\"" + std::string(typed) + "\""));
    EXPECT_THAT(reply.body, HasSubstr("as a whole number without a comma"));
  }
  EXPECT_TRUE(database().read([&](db::Reader& read) { return campaign::Editing(read).targets(edition().id); }).empty());
}

TEST_P(EditionPages, DaysWithACommaAreRefusedAndStayInTheirField) {
  make_draft();
  auto const reply = send(national, save_texts, {{"version", "1"}, {"name_ky", "Жүз күн"}, {"due_days", "2,5"}}, "2027");
  EXPECT_EQ(reply.status, Status::unprocessable);
  EXPECT_THAT(reply.body, HasSubstr("value=\"2,5\""));
}

TEST_P(EditionPages, AVersionThatIsNoNumberIsNone) {
  make_draft();
  EXPECT_EQ(send(national, save_texts, {{"version", "1x"}, {"name_ky", "Жүз күн"}, {"due_days", "5"}}, "2027").status, Status::conflict);
}

TEST_P(EditionPages, WhoeverIsOvertakenInATextSeesBoth) {
  EXPECT_EQ(
      send(national, save_report, {{"section", "foreword"}, {"in", "ky"}, {"version", "0"}, {"markdown", "Биз **бирге**."}, {"do", "save"}}).status,
      Status::see_other);
  auto const second =
      send(national, save_report, {{"section", "foreword"}, {"in", "ky"}, {"version", "0"}, {"markdown", "Менин сөзүм"}, {"do", "save"}});
  EXPECT_EQ(second.status, Status::conflict);
  EXPECT_THAT(second.body, HasSubstr("Менин сөзүм"));
  EXPECT_THAT(second.body, HasSubstr("<strong>бирге</strong>"));
  EXPECT_THAT(second.body, HasSubstr("name=\"version\" value=\"1\""));
  auto const texts = database().read([&](db::Reader& read) { return report::stored_texts(read, edition().id); });
  EXPECT_EQ(texts.find(report::Section::foreword, Language::ky)->markdown, "Биз **бирге**.");
}

TEST_P(EditionPages, APreviewStoresNothingAndShowsNoMarkupOfOthers) {
  auto const reply = send(national, save_report,
                          {{"section", "challenges"}, {"in", "en"}, {"version", "0"}, {"markdown", "# Roads\n<img src=x>"}, {"do", "preview"}});
  EXPECT_EQ(reply.status, Status::ok);
  EXPECT_THAT(reply.body, HasSubstr("<h3>Roads</h3>"));
  EXPECT_THAT(reply.body, Not(HasSubstr("<img src=x>")));
  EXPECT_TRUE(database().read([&](db::Reader& read) { return report::stored_texts(read, edition().id); }).empty());
}

TEST_P(EditionPages, ARecommendationOfADocumentedEditionNeedsItsSource) {
  std::vector<std::pair<std::string, std::string>> fields{{"text_en", "Run it every year"}, {"state", "kept"}};
  EXPECT_EQ(send(national, save_recommendation, fields).status, Status::unprocessable);
  fields.emplace_back("source", database().read([&](db::Reader& read) { return campaign::Editing(read).sources(edition().id).front().first; }));
  EXPECT_EQ(send(national, save_recommendation, fields).status, Status::see_other);
  make_draft();
  EXPECT_THAT(ask(national, hub, {}, {}, "2027").body, HasSubstr("Run it every year")) << "the next edition opens on it";
}

TEST_P(EditionPages, AnEditionIsClosedWhenItsCampaignIsOverAndSomebodyIsSure) {
  EXPECT_EQ(send(national, close, {{"sure", "1"}}).status, Status::unprocessable) << "the campaign runs until December";
  auto const early = ask(national, close_form).body;
  EXPECT_THAT(early, HasSubstr("href=\"/en/work/table?edition=2018&amp;state=reported\""));
  EXPECT_THAT(early, HasSubstr("<a class=\"button second\" href=\"/en/work/editions/2018\">Back</a>"));
  auto const id = confirmed(30);
  clock().set(parse_instant("2019-02-01T06:00:00Z").value());
  EXPECT_EQ(send(national, close, {}).status, Status::unprocessable);
  EXPECT_THAT(ask(national, close_form).body, HasSubstr("Nothing: every result is in and confirmed."));
  EXPECT_EQ(send(national, close, {{"sure", "1"}}).status, Status::see_other);
  EXPECT_THROW(ask(national, targets_form), Problem);
  try {
    create_draft(focal);
    ADD_FAILURE() << "a closed edition took an activity";
  } catch (Problem const& problem) { EXPECT_EQ(problem.failure, Failure::conflict); }
  report(regional, id, 25, Action::correct, "Эки жолу саналган");
  EXPECT_THAT(ask(observer, behind_page, "edition=2018").body, HasSubstr("<b>30</b>")) << "the figure stands still";
  EXPECT_THAT(ask(observer, behind_page, "edition=2018").body, HasSubstr("attendances 30 before, 25 after"));
  EXPECT_EQ(send(national, reopen, {{"reason", ""}}).status, Status::unprocessable);
  EXPECT_EQ(send(national, reopen, {{"reason", "Бир отчёт кечикти"}}).status, Status::see_other);
  EXPECT_EQ(ask(national, targets_form).status, Status::ok);
}

TEST_P(EditionPages, WhoseRoleEndedBetweenPageAndWriteChangesNothing) {
  make_draft();
  auto const all = database().read([](db::Reader& read) { return campaign::all_editions(read); });
  auto const& draft = *std::ranges::find(all, "2027", &campaign::Edition::slug);
  end_roles(national);
  auto const refused = [&](char const* what, Handler handler, std::vector<std::pair<std::string, std::string>> fields, std::string const& slug) {
    expect_forbidden(what, national, handler, std::move(fields), slug);
  };
  refused("another edition", edition::add, {{"like", "2018"}, {"year", "2028"}}, "2027");
  refused("texts", save_texts, {{"version", "1"}, {"name_ky", "Жүз күн"}, {"name_en", "Hundred days"}, {"due_days", "5"}}, "2027");
  refused("days", save_dates,
          {{"version", "1"},
           {"preparation_from", draft.preparation_from.iso()},
           {"campaign_from", draft.campaign_from.iso()},
           {"campaign_until", draft.campaign_until.iso()},
           {"closing_until", draft.closing_until.iso()}},
          "2027");
  refused("participants", save_participants, {{"version", "1"}}, "2027");
  refused("targets", save_targets, {{"version", "1"}, {"place", ""}, {"activities_", "12"}}, "2027");
  refused("a text of the report", save_report, {{"section", "challenges"}, {"in", "en"}, {"version", "0"}, {"markdown", "Roads"}, {"do", "save"}},
          "2027");
  refused("a recommendation", save_recommendation, {{"text_en", "Run it every year"}, {"state", "open"}}, "2027");
  refused("its announcement", announce, {{"version", "1"}}, "2027");
  clock().set(parse_instant("2019-02-01T06:00:00Z").value());
  refused("its closing", close, {{"sure", "1"}}, "2018");
  close_edition();
  refused("opening it again", reopen, {{"reason", "Бир отчёт кечикти"}}, "2018");
}

TEST_P(EditionPages, BehindANumberMembersReadNamesAndOthersOrganisationAndRole) {
  confirmed(30);
  auto const to_members = ask(focal, behind_page, "edition=2018").body;
  EXPECT_THAT(to_members, HasSubstr("Айгүл"));
  EXPECT_THAT(to_members, HasSubstr("Жамиля"));
  EXPECT_THAT(to_members, HasSubstr("<b>30</b>"));
  for (auto const& body : {ask(observer, behind_page, "edition=2018").body, get(behind_page, "edition=2018", Language::en).body}) {
    EXPECT_THAT(body, Not(HasSubstr("Айгүл")));
    EXPECT_THAT(body, Not(HasSubstr("Жамиля")));
    EXPECT_THAT(body, HasSubstr("Regional coordinator"));
    EXPECT_THAT(body, HasSubstr("<b>30</b>"));
  }
}

TEST_P(EditionPages, BehindANumberACorrectionNamesTheCountsThatItChanged) {
  using activity::Sex;
  std::vector<activity::Cell> const cells{{Sex::female, "14_17", {20, 20}}, {Sex::male, "14_17", {21, 21}}};
  auto const both = AllOf(HasSubstr("41 before, 20 after"), HasSubstr("– before, 21 after"));
  auto const id = confirmed(41);
  clock().set(clock().now() + std::chrono::hours(1));
  correct(focal, id, cells, "Алмашып калган");
  auto const to_members = ask(focal, behind_page, "edition=2018").body;
  EXPECT_THAT(to_members, AllOf(both, HasSubstr("attendances 41 before, 41 after"), HasSubstr("Reported by Айгүл")));
  EXPECT_THAT(to_members, HasSubstr(Say::in(Language::en).moment(clock().now(), facts().time_zone)));
  auto const to_all = get(behind_page, "edition=2018", Language::en).body;
  EXPECT_THAT(to_all, both) << "of an activity whose counts are public";
  EXPECT_THAT(to_all, Not(HasSubstr("Айгүл")));
}

TEST_P(EditionPages, BehindANumberOfASensitiveKindTheCorrectedCountsAreForMembers) {
  auto consultation = draft();
  consultation.kind = "legal_consultation";
  auto const id = confirmed(41, consultation);
  correct(focal, id, {{activity::Sex::male, "14_17", {41, 41}}}, "Алмашып калган");
  EXPECT_THAT(ask(focal, behind_page, "edition=2018").body, HasSubstr("– before, 41 after"));
  auto const to_all = get(behind_page, "edition=2018", Language::en).body;
  EXPECT_THAT(to_all, HasSubstr("attendances 41 before, 41 after"));
  EXPECT_THAT(to_all, Not(HasSubstr("– before, 41 after")));
}

TEST_P(EditionPages, BehindANumberTheApprovalThatStandsIsNamed) {
  auto const id = create_draft(focal);
  step(focal, id, work::Action::propose);
  step(regional, id, work::Action::approve);
  step(regional, id, work::Action::undo);
  work::Step paper;
  paper.action = work::Action::approve_paper;
  paper.paper = work::Paper{"№ 17-б", today().plus(-1), "Облус акиминин орун басары"};
  step(second, id, paper);
  auto const body = ask(focal, behind_page, "edition=2018").body;
  EXPECT_THAT(body, HasSubstr("Approved on paper; entered by " + second.name));
  EXPECT_THAT(body, Not(HasSubstr("Approved by")));
  EXPECT_THAT(body, Not(HasSubstr(regional.name))) << "who took it back";
}

TEST_P(EditionPages, TheWordsBelowANumberAgreeWithIt) {
  confirmed(30);
  auto const body = get(behind_page, "edition=2018", Language::ru).body;
  EXPECT_THAT(body, HasSubstr("<b>1</b><span>мероприятие</span>"));
  EXPECT_THAT(body, HasSubstr("<b>30</b><span>посещений</span>"));
}

TEST_P(EditionPages, BehindANumberMembersReadWhatEvidenceThereIs) {
  auto const id = confirmed(30);
  database().write([&](db::Tx& tx) { tx.put("insert into sheet_answer (activity, answer, person, at) values ($1, 'kept', 1, 1)", id); });
  EXPECT_THAT(ask(focal, behind_page, "edition=2018").body, HasSubstr("sign-in sheet kept by the organisation"));
  EXPECT_THAT(get(behind_page, "edition=2018", Language::en).body, Not(HasSubstr("sign-in sheet")));
}

TEST_P(EditionPages, BehindANumberWhatOnlyTheCoalitionSeesIsCountedAndNotNamed) {
  auto hidden = plain("Жабык кеңеш");
  hidden.is_public = false;
  hidden.state = activity::State::confirmed;
  hidden.result = activity::Result{};
  hidden.result->attendance = activity::Count{12, 12};
  hidden.result->reported_day = hidden.day;
  WorkWorld::add(hidden);
  auto const open = get(behind_page, "edition=2018&status=counted", Language::en).body;
  EXPECT_THAT(open, Not(HasSubstr("Жабык кеңеш")));
  EXPECT_THAT(open, HasSubstr("<b>12</b>"));
  EXPECT_THAT(ask(focal, behind_page, "edition=2018&status=counted").body, HasSubstr("Жабык кеңеш"));
  auto const of_unknown = [&](auto&& body) { return body(insight::people_page, "edition=2018&sex=unknown"); };
  auto const to_public = of_unknown([&](Handler handler, char const* query) { return get(handler, query, Language::en).body; });
  EXPECT_THAT(to_public, Not(HasSubstr("Жабык кеңеш")));
  EXPECT_THAT(to_public, HasSubstr("1 activity that only the coalition sees listed"));
  auto const to_member = of_unknown([&](Handler handler, char const* query) { return ask(focal, handler, query).body; });
  EXPECT_THAT(to_member, HasSubstr("Жабык кеңеш"));
  EXPECT_THAT(to_member, Not(HasSubstr("that only the coalition sees listed")));
}

TEST_P(EditionPages, BehindANumberEvidenceAndLifeAreOneClickAway) {
  auto const id = confirmed(30);
  database().write([&](db::Tx& tx) { tx.put("insert into sheet_answer (activity, answer, person, at) values ($1, 'kept', 1, 1)", id); });
  auto const work_page = "href=\"/en/work/activities/" + id_text(id);
  auto const to_member = ask(focal, behind_page, "edition=2018").body;
  EXPECT_THAT(to_member, HasSubstr(work_page + "#evidence\">Evidence: "));
  EXPECT_THAT(to_member, HasSubstr(work_page + "#life\">Its life so far"));
  EXPECT_THAT(get(behind_page, "edition=2018", Language::en).body, Not(HasSubstr(work_page)));
  EXPECT_THAT(ask(focal, insight::people_page, "edition=2018&sex=female").body, HasSubstr(work_page + "#life\""));
  EXPECT_THAT(get(insight::people_page, "edition=2018&sex=female", Language::en).body, Not(HasSubstr(work_page)));
  http::Message message;
  message.path = message.target = "/work/activities/" + id_text(id);
  EXPECT_THAT(ask_as(focal, message, work::activity_work, {}, {{"id", id_text(id)}}, Language::en).body,
              AllOf(HasSubstr("id=\"evidence\""), HasSubstr("id=\"life\"")));
}

}  // namespace birge::edition
