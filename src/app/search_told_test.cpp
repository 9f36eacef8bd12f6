#include <gmock/gmock.h>

#include "app/search_testing.hpp"
#include "features/account/joining.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "features/evidence/evidence_store.hpp"
#include "features/evidence/evidence_words.hpp"
#include "features/report/report_texts_store.hpp"
#include "features/village/village_store.hpp"
#include "features/work/result/result_words.hpp"
#include "platform/base/text.hpp"

/// What stands in results, captions, invitations and joining requests is found by those who may open it there, and by nobody else.
namespace birge::app {
namespace {

using namespace app::testing;
using namespace std::chrono_literals;
using activity::ActivityId;
using activity::State;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using work::Action;

class SearchingTold : public SearchingWithPeople {
protected:
  void report(account::Person const& person, ActivityId id, std::string const& narrative, work::ResultWords const& words = {},
              Action action = Action::report) {
    work::Step asked;
    asked.action = action;
    asked.words = words;
    if (action == Action::correct) asked.reason = "Каталар бар эле";
    asked.change = [&](activity::Activity& activity) {
      activity::Result result;
      result.method = "head_count";
      result.attendance = activity::Count{12, 12};
      result.counted_by = activity.lead;
      result.reported_day = Day::parse("2018-10-26").value();
      result.narrative = narrative;
      activity.result = result;
    };
    step(person, id, asked);
  }
  /// Reported activities, each a day after the other.
  std::vector<ActivityId> add_reported(int number, std::string const& narrative) {
    auto const lead = own_;
    return site_.database().write([&](db::Tx& tx) {
      auto const facts = campaign::facts(tx);
      activity::Saver saver(tx, site_.ids(), *facts, site_.clock().now());
      std::vector<ActivityId> ids;
      for (int i = 0; i < number; ++i) {
        activity::Activity one;
        one.edition = facts->edition("2018")->id;
        one.kind = "lecture";
        one.state = State::reported;
        one.day = one.end_day = Day::parse("2018-09-14").value().plus(i % 40);
        one.place = site_.region("naryn");
        one.lead = lead;
        one.texts["ky"] = {"Ачык сабак", "", ""};
        activity::Result result;
        result.attendance = activity::Count{12, 12};
        result.reported_day = one.day;
        result.narrative = narrative;
        one.result = result;
        ids.push_back(saver.add(one, "test"));
      }
      saver.finish();
      return ids;
    });
  }
  void index_results() {
    auto const finish = work::results_indexed(site_.services()).handler({});
    site_.database().write([&](db::Tx& tx) { finish(tx); });
  }
  std::int64_t count(db::Literal sql) {
    return site_.database().read([&](db::Reader& read) { return read.one<std::int64_t>(sql); });
  }

  evidence::EvidenceId add_evidence(ActivityId id, char const* kind, char const* caption, account::PersonId by) {
    evidence::Item item;
    item.id = site_.ids().make<evidence::EvidenceTag>();
    item.activity = id;
    item.kind = kind;
    item.file = item.preview = std::string(64, 'a') + id_text(item.id);
    item.width = item.height = item.preview_width = item.preview_height = 10;
    item.caption = caption;
    item.language = "ky";
    item.looked = item.wanted = true;
    site_.database().write([&](db::Tx& tx) {
      evidence::add(tx, {by, {}, site_.region("naryn"), own_, site_.clock().now()}, item, id_text(item.id));
    });
    return item.id;
  }
  evidence::Item evidence_of(ActivityId activity, evidence::EvidenceId id) {
    return site_.database().read([&](db::Reader& read) { return evidence::Store(read).find(activity, id).value(); });
  }
  evidence::Scene evidence_scene(account::Person const& person) { return {person.id, own_, site_.region("naryn"), own_, site_.clock().now()}; }

  village::InvitationId invite(char const* wish) {
    village::Invitation invitation;
    invitation.edition = site_.facts().edition("2018")->id;
    invitation.language = "ky";
    invitation.place = site_.region("kochkor");
    invitation.region = site_.region("naryn");
    invitation.district = invitation.place;
    invitation.village = "Кум-Дөбө";
    invitation.kind = "lecture";
    invitation.wish = wish;
    invitation.month = "2018-11";
    invitation.contact_name = "Жамийлабүбү";
    invitation.contact = "tumarkan@example.org";
    return site_.database().write([&](db::Tx& tx) {
      village::add(tx, site_.ids(), invitation, wish, site_.clock().now());
      return tx.one<village::InvitationId>("select id from village_invitation where once = $1", wish);
    });
  }

  void write_text(campaign::EditionId edition, report::Section section, Language language, char const* markdown) {
    site_.database().write([&](db::Tx& tx) { report::save_text(tx, edition, section, language, 0, markdown, national_.id, site_.clock().now()); });
  }
  void recommend(campaign::EditionId edition, std::map<std::string, std::string> texts) {
    campaign::Recommendation recommendation;
    recommendation.texts = std::move(texts);
    site_.database().write([&](db::Tx& tx) { campaign::save_recommendation(tx, site_.ids(), edition, recommendation); });
  }
  campaign::EditionId add_draft_edition(char const* about) {
    return site_.database().write([&](db::Tx& tx) {
      auto edition = campaign::like(*site_.facts().edition("2018"), 2027);
      edition.abouts = {{"ky", about}};
      return campaign::add_edition(tx, site_.ids(), edition, {});
    });
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, SearchingTold, db::both_engines(), db::engine_name);

TEST_P(SearchingTold, WhatAResultTellsIsFoundByThoseWhoMaySeeItsActivityOnly) {
  auto const id = add("Ачык сабак", State::approved, true, own_), another = add("Кеңешме", State::approved, true, own_);
  auto const helper = person("helper@example.org", {Role::helper, {}, {}, id.value}),
             stranger = person("other-helper@example.org", {Role::helper, {}, {}, another.value});
  report(focal_, id, "Зымырык учту", {false, "Кымыран жетпеди", "Торгой керек", "", {{"safe_migration", "Булбул кайда?"}}});
  index_results();
  auto const page = "/ky/work/activities/" + id_text(id) + "#result";
  for (auto const* text : {"зымырык", "кымыран", "торгой", "булбул", "zymyryk", "торгой булбул"})
    EXPECT_THAT(found_by(focal_, text), HasSubstr(page)) << text;
  EXPECT_THAT(found_by(focal_, "зымырык"), AllOf(HasSubstr("<mark>Зымырык</mark> учту"), HasSubstr("Эмне болду")));
  EXPECT_THAT(found_by(focal_, "зымырык кеңешме"), Not(HasSubstr(page)));
  for (auto const& who : {stranger_, regional_, elsewhere_, national_, observer_, helper}) EXPECT_THAT(found_by(who, "торгой"), HasSubstr(page));
  for (std::string const more : {"", "&in=results"}) {
    for (auto const& who : {administrator_, stranger}) EXPECT_THAT(found_by(who, "торгой", more), Not(HasSubstr("#result")));
    EXPECT_THAT(search("торгой", {}, more), AllOf(Not(HasSubstr("#result")), Not(HasSubstr("керек"))));
  }
  site_.database().write([&](db::Tx& tx) { tx.run("update activity_work set created_by = $2 where activity = $1", id, administrator_.id); });
  EXPECT_THAT(found_by(administrator_, "торгой"), Not(HasSubstr("#result"))) << "entered by somebody who has no such role any more";
  EXPECT_EQ(search("зымыраак").find("class=\"meant\""), std::string::npos) << "no word of it is ever offered";
  EXPECT_EQ(found_by(focal_, "зымыраак").find("class=\"meant\""), std::string::npos);
  site_.database().write([&](db::Tx& tx) { tx.run("update activity_work set discarded = 1 where activity = $1", id); });
  EXPECT_THAT(found_by(focal_, "зымырык"), Not(HasSubstr("#result"))) << "put away with its activity";
}

TEST_P(SearchingTold, OnlyWhatTheResultTellsThatCountsIsFound) {
  auto const id = add("Ачык сабак", State::approved, true, own_);
  report(focal_, id, "Зымырык учту");
  EXPECT_THAT(found_by(focal_, "зымырык"), Not(HasSubstr("#result"))) << "storing it writes no words";
  index_results();
  EXPECT_THAT(found_by(focal_, "зымырык"), HasSubstr("#result"));
  step(regional_, id, Action::reject_result, "Аты жазылган");
  EXPECT_THAT(found_by(focal_, "зымырык"), Not(HasSubstr("#result"))) << "it came back";
  report(focal_, id, "Кымыран ичилди");
  index_results();
  step(regional_, id, Action::confirm);
  report(focal_, id, "Торгой сайрады", {}, Action::correct);
  EXPECT_THAT(found_by(focal_, "кымыран"), Not(HasSubstr("#result"))) << "corrected, though its words are still those of before";
  index_results();
  EXPECT_THAT(found_by(focal_, "торгой"), HasSubstr("#result"));
  auto const old = site_.database().read([](db::Reader& read) {
    return read.one<std::int64_t>("select count(*) from result_word where word in ($1, $2)", fold("зымырык"), fold("кымыран"));
  });
  EXPECT_EQ(old, 0) << "no words of earlier versions stay";
  step(focal_, id, Action::undo);
  EXPECT_THAT(found_by(focal_, "торгой"), Not(HasSubstr("#result")));
  index_results();
  EXPECT_THAT(found_by(focal_, "кымыран"), HasSubstr("#result")) << "what counts again";
}

TEST_P(SearchingTold, WhyAResultWasCorrectedIsFoundByTheCoalition) {
  auto const id = add("Ачык сабак", State::approved, true, own_);
  report(focal_, id, "Өттү");
  step(regional_, id, Action::confirm);
  report(focal_, id, "Өттү", {false, "", "", "Булбул башка саналган", {}}, Action::correct);
  index_results();
  auto const page = "/ky/work/activities/" + id_text(id) + "#result";
  for (auto const* text : {"булбул", "bulbul"})
    EXPECT_THAT(found_by(stranger_, text), AllOf(HasSubstr(page), HasSubstr("<mark>Булбул</mark> башка саналган"))) << text;
  EXPECT_THAT(search("булбул"), Not(HasSubstr("саналган")));
}

TEST_P(SearchingTold, AReportThatWasTakenBackIsFoundNoMore) {
  auto const id = add("Ачык сабак", State::approved, true, own_);
  report(focal_, id, "Зымырык учту");
  index_results();
  step(focal_, id, Action::undo);
  EXPECT_THAT(found_by(focal_, "зымырык"), Not(HasSubstr("#result")));
}

TEST_P(SearchingTold, WordsOfManyResultsAreWrittenSomeAtOnceWithAPauseBetweenThem) {
  add_reported(201, "Зымырык учту");
  auto const schedule = work::results_indexed_often();
  auto const wanted = [&] { return site_.database().read([&](db::Reader& read) { return schedule.wanted(read); }); };
  EXPECT_TRUE(wanted());
  index_results();
  EXPECT_TRUE(wanted()) << "not all in one transaction";
  jobs::Worker worker(site_.database(), site_.clock(), site_.ids(), {work::results_indexed(site_.services())}, {});
  EXPECT_EQ(worker.run_due(), (jobs::Worker::Done{0, 0}));
  site_.wait(3s);
  EXPECT_EQ(worker.run_due(), (jobs::Worker::Done{1, 0}));
  EXPECT_FALSE(wanted());
  EXPECT_EQ(count("select count(distinct activity) from result_word"), 201);
  EXPECT_EQ(count("select count(*) from job where kind = 'index_results'"), 0);
}

TEST_P(SearchingTold, AnUnusuallyLongResultWaitsForNoOther) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "сөз" + std::to_string(i) + " ";
  add_reported(3, text);
  index_results();
  EXPECT_EQ(count("select count(distinct activity) from result_word"), 2) << "some thousand words at once";
}

TEST_P(SearchingTold, ResultsGoOnPageByPage) {
  auto const ids = add_reported(40, "Кымыран ичилди");
  auto const more = add_reported(20, "Кымыран ичилди");
  index_results();
  EXPECT_THAT(found_by(focal_, "кымыран"), HasSubstr("in=results"));
  auto const link = [](ActivityId id) { return "/activities/" + id_text(id) + "#result"; };
  auto const first = found_by(focal_, "кымыран", "&in=results");
  EXPECT_THAT(first, AllOf(HasSubstr(link(ids.back())), HasSubstr(link(more.back())), Not(HasSubstr(link(ids.front())))));
  auto const after = Browser::between(first, "after=", "\"");
  auto const next = found_by(focal_, "кымыран", "&in=results&after=" + after.substr(0, after.find('&')));
  EXPECT_THAT(next, AllOf(HasSubstr(link(ids.front())), HasSubstr(link(more.front())), Not(HasSubstr(link(ids.back())))));
}

TEST_P(SearchingTold, WhatIsWrittenForAReportIsFoundWhereItStandsByEverybodyInTheLanguageThatHasIt) {
  auto const edition = site_.facts().edition("2018")->id;
  write_text(edition, report::Section::challenges, Language::ky, "### Жолдо\n**Зымырык** учпай койду");
  write_text(edition, report::Section::challenges, Language::ru, "Журавли не прилетели");
  write_text(edition, report::Section::challenges, Language::en, "The phoenix never came");
  write_text(edition, report::Section::foreword, Language::ru, "Снегири открыли кампанию");
  for (std::string const more : {"", "&in=reports"}) {
    for (auto const* text : {"зымырык", "zymyryk", "зымырык учпай"})
      EXPECT_THAT(search(text, {}, more), AllOf(HasSubstr("/ky/report?edition=2018#challenges"), HasSubstr("<mark>Зымырык</mark>"))) << text;
    for (auto const* text : {"журавли", "zhuravli"})
      EXPECT_THAT(search(text, {}, more), AllOf(HasSubstr("/ru/report?edition=2018#challenges"), HasSubstr("<mark>Журавли</mark> не"))) << text;
    EXPECT_THAT(search("phoenix", {}, more), AllOf(HasSubstr("/en/report?edition=2018#challenges"), HasSubstr("The <mark>phoenix</mark>")));
    EXPECT_THAT(search("snegiri", {}, more), HasSubstr("/ky/report?edition=2018#foreword")) << "in one language only: every report shows it";
  }
  EXPECT_THAT(search("зымырык"), Not(HasSubstr("**")));
  EXPECT_THAT(search("зымырык журавли"), Not(HasSubstr("#challenges"))) << "no page has both";
  EXPECT_THAT(found_by(focal_, "зымырык"), HasSubstr("/ky/report?edition=2018#challenges"));
}

TEST_P(SearchingTold, WhatAConferenceRecommendedIsFoundInItsReport) {
  auto const edition = site_.facts().edition("2018")->id;
  recommend(edition, {{"ky", "Ар бир айылга баруу"}});
  recommend(edition, {{"ky", "Торгойлорду чакыруу"}, {"ru", "Пригласить журавлей"}, {"en", "Invite the phoenix"}});
  for (auto const* text : {"торгой", "torgoy"})
    EXPECT_THAT(search(text), AllOf(HasSubstr("/ky/report?edition=2018#recommendation-2\""), HasSubstr("<mark>Торгойлорду</mark> чакыруу"))) << text;
  EXPECT_THAT(search("zhuravley"), HasSubstr("/ru/report?edition=2018#recommendation-2\""));
  EXPECT_THAT(search("phoenix"), HasSubstr("/en/report?edition=2018#recommendation-2\""));
  EXPECT_THAT(search("торгой"), Not(HasSubstr("#recommendation-1\"")));
  Browser browser(site_);
  EXPECT_THAT(browser.get("/ky/report?edition=2018").body, HasSubstr("id=\"recommendation-2\""));
}

TEST_P(SearchingTold, OfAnEditionThatIsNotAnnouncedOnlyThoseWhoWriteForItFindAnything) {
  auto const edition = add_draft_edition("Зымырык жөнүндө өнөктүк");
  write_text(edition, report::Section::conclusions, Language::ky, "Кымыран ичилди");
  recommend(edition, {{"ky", "Торгойлорду чакыруу"}});
  auto const officer = person("officer@example.org", {Role::communications_officer, {}, {}, {}});
  for (auto const& who : {national_, officer}) {
    EXPECT_THAT(found_by(who, "зымырык"), AllOf(HasSubstr("/ky/work/editions/2027\""), HasSubstr("<mark>Зымырык</mark> жөнүндө")));
    EXPECT_THAT(found_by(who, "kymyran"), HasSubstr("/ky/work/editions/2027/report?section=conclusions&amp;in=ky\""));
    EXPECT_THAT(found_by(who, "торгойлор"), HasSubstr("/ky/work/editions/2027/recommendations?id="));
  }
  for (std::string const more : {"", "&in=editions", "&in=reports"})
    for (auto const* text : {"зымырык", "кымыран", "торгойлор", "2027"}) {
      auto const hidden = AllOf(Not(HasSubstr("editions/2027")), Not(HasSubstr("edition=2027")), Not(HasSubstr("<mark>")));
      for (auto const& who : {focal_, regional_, observer_, administrator_}) EXPECT_THAT(found_by(who, text, more), hidden) << text << more;
      EXPECT_THAT(search(text, {}, more), hidden) << text << more;
    }
  EXPECT_EQ(search("зымыраак").find("class=\"meant\""), std::string::npos);
  site_.database().write([&](db::Tx& tx) { campaign::announce(tx, edition, campaign::Editing(tx).work(edition).version); });
  EXPECT_THAT(search("зымырык"), HasSubstr("/ky/editions/2027#about\""));
  EXPECT_THAT(search("кымыран"), HasSubstr("/ky/report?edition=2027#conclusions\""));
  EXPECT_THAT(search("торгойлор"), HasSubstr("/ky/report?edition=2027#recommendation-1\""));
}

TEST_P(SearchingTold, AnEditionIsFoundByItsAnnouncementInAnyLanguage) {
  auto const& stored = *site_.facts().edition("2018");
  campaign::EditionTexts const texts{stored.names, stored.slogans, {{"ky", "Зымырык учат"}, {"ru", "Журавли летят"}, {"en", "The phoenix flies"}}, 3};
  site_.database().write([&](db::Tx& tx) { campaign::save_texts(tx, stored.id, campaign::Editing(tx).work(stored.id).version, texts); });
  for (auto const* text : {"зымырык", "zymyryk", "зымырык 2018"})
    EXPECT_THAT(search(text), AllOf(HasSubstr("/ky/editions/2018#about\""), HasSubstr("<mark>Зымырык</mark> учат"))) << text;
  EXPECT_THAT(search("zhuravli"), AllOf(HasSubstr("/ru/editions/2018#about\""), HasSubstr("<mark>Журавли</mark> летят")));
  EXPECT_THAT(search("phoenix"), HasSubstr("/en/editions/2018#about\""));
  EXPECT_THAT(search("2018"), HasSubstr("/ky/editions/2018\"")) << "found by its name, it is opened where it begins";
  Browser browser(site_);
  EXPECT_THAT(browser.get("/ky/editions/2018").body, HasSubstr("id=\"about\""));
}

TEST_P(SearchingTold, AnOrganisationIsFoundByWhatItSaysOfItself) {
  auto const slug = site_.facts().organisation(own_)->slug;
  site_.database().write([&](db::Tx& tx) {
    auto described = coalition::Store(tx).find(own_).value();
    described.names["ru"] = "Фонд Мээрим";
    described.names["en"] = "Meerim Fund";
    described.about = {{"ky", "Зымырык менен иштейбиз"}, {"ru", "Мы учим журавлей"}, {"en", "We work with the phoenix"}};
    coalition::update(tx, described, {});
    campaign::touch_facts(tx);
  });
  for (auto const* text : {"зымырык", "zymyryk", "мээрим зымырык"})
    EXPECT_THAT(search(text), AllOf(HasSubstr("/ky/organisations/" + slug + "#about\""), HasSubstr("<mark>Зымырык</mark> менен"))) << text;
  EXPECT_THAT(search("zhuravley"), HasSubstr("/ru/organisations/" + slug + "#about\""));
  EXPECT_THAT(search("phoenix"), HasSubstr("/en/organisations/" + slug + "#about\""));
  EXPECT_THAT(search("мээрим"), HasSubstr("/ky/organisations/" + slug + "\"")) << "found by its name, it is opened where it begins";
  Browser browser(site_);
  EXPECT_THAT(browser.get("/ky/organisations/" + slug).body, HasSubstr("id=\"about\""));
}

TEST_P(SearchingTold, CaptionsAreFoundByThoseWhoMayOpenTheEvidenceOnly) {
  auto const id = add("Ачык сабак", State::approved, true, own_), draft = add("Долбоор", State::draft, true, own_);
  auto const picture = add_evidence(id, "picture", "Зымырык сүрөтү", focal_.id), document = add_evidence(id, "document", "Зымырык каты", focal_.id),
             sheet = add_evidence(id, "sheet", "Зымырык тизмеси", focal_.id), hidden = add_evidence(draft, "picture", "Зымырык долбоору", focal_.id);
  auto const link = [](ActivityId activity, evidence::EvidenceId piece) {
    return HasSubstr("/ky/work/activities/" + id_text(activity) + "/evidence/" + id_text(piece) + "\"");
  };
  EXPECT_THAT(found_by(focal_, "зымырык"), AllOf(link(id, picture), link(id, document), link(id, sheet), link(draft, hidden)));
  EXPECT_THAT(found_by(focal_, "сүрөт"), AllOf(link(id, picture), HasSubstr("Зымырык <mark>сүрөтү</mark>"), Not(link(id, document))));
  EXPECT_THAT(found_by(stranger_, "зымырык"), AllOf(link(id, picture), link(id, document), Not(link(id, sheet)), Not(HasSubstr("тизмеси"))));
  EXPECT_THAT(found_by(stranger_, "зымырык"), Not(HasSubstr("долбоору")));
  EXPECT_THAT(found_by(observer_, "зымырык"), AllOf(link(id, picture), Not(HasSubstr("каты")), Not(HasSubstr("тизмеси"))));
  EXPECT_THAT(found_by(regional_, "зымырык"), link(id, sheet)) << "would confirm the result";
  for (std::string const more : {"", "&in=evidence"})
    for (auto const& page : {search("зымырык", {}, more), found_by(administrator_, "зымырык", more)})
      EXPECT_THAT(page, AllOf(Not(HasSubstr("/evidence/")), Not(HasSubstr("сүрөтү")), Not(HasSubstr("#pictures"))));
  EXPECT_EQ(search("зымыраак").find("class=\"meant\""), std::string::npos);
}

TEST_P(SearchingTold, ThePublicFindsTheCaptionsOfPicturesThatItSees) {
  auto const id = add("Ачык сабак", State::approved, true, own_);
  report(focal_, id, "Өттү");
  auto const picture = add_evidence(id, "picture", "Зымырык сүрөтү", focal_.id);
  site_.database().write([&](db::Tx& tx) { evidence::release(tx, evidence_scene(regional_), evidence::Store(tx).find(id, picture).value()); });
  EXPECT_THAT(search("зымырык"), Not(HasSubstr("сүрөтү"))) << "the result is not confirmed";
  step(regional_, id, Action::confirm);
  for (std::string const more : {"", "&in=evidence"})
    EXPECT_THAT(search("зымырык", {}, more),
                AllOf(HasSubstr("/ky/activities/" + id_text(id) + "#pictures"), HasSubstr("<mark>Зымырык</mark> сүрөтү")));
  EXPECT_THAT(found_by(stranger_, "зымырык"), HasSubstr("/evidence/" + id_text(picture)));
  EXPECT_THAT(found_by(administrator_, "зымырык"), HasSubstr("#pictures"));
  site_.database().write([&](db::Tx& tx) { evidence::withdraw(tx, evidence_scene(focal_), evidence::Store(tx).find(id, picture).value()); });
  EXPECT_THAT(search("зымырык"), Not(HasSubstr("сүрөтү"))) << "the consent was taken back";
}

TEST_P(SearchingTold, EvidenceIsFoundByTheCaptionThatItHasNow) {
  auto const id = add("Ачык сабак", State::approved, true, own_);
  auto const picture = add_evidence(id, "picture", "Зымырык сүрөтү", focal_.id);
  auto item = evidence_of(id, picture);
  item.caption = "Торгой сүрөтү";
  site_.database().write([&](db::Tx& tx) { evidence::describe(tx, evidence_scene(focal_), item, false); });
  EXPECT_THAT(found_by(focal_, "зымырык"), Not(HasSubstr("/evidence/")));
  EXPECT_THAT(found_by(focal_, "торгой"), HasSubstr("/evidence/" + id_text(picture)));
  site_.database().write([&](db::Tx& tx) {
    tx.run("delete from caption_word");
    tx.run("update evidence set searched = 0");
  });
  auto const schedule = evidence::captions_indexed_often();
  auto const wanted = [&] { return site_.database().read([&](db::Reader& read) { return schedule.wanted(read); }); };
  EXPECT_TRUE(wanted()) << "of an older database";
  auto const index = evidence::captions_indexed().handler({});
  site_.database().write([&](db::Tx& tx) { index(tx); });
  EXPECT_FALSE(wanted());
  EXPECT_THAT(found_by(focal_, "торгой"), HasSubstr("/evidence/" + id_text(picture)));
  site_.database().write([&](db::Tx& tx) { evidence::remove(tx, evidence_scene(focal_), evidence::Store(tx).find(id, picture).value()); });
  EXPECT_THAT(found_by(focal_, "торгой"), Not(HasSubstr("/evidence/")));
  EXPECT_EQ(count("select count(*) from caption_word"), 0);
}

TEST_P(SearchingTold, InvitationsAreFoundByThoseWhoMayOpenThemAndNeverByWhoWroteThem) {
  auto const page = "/ky/work/invitations/" + id_text(invite("Зымырык тууралуу айтып бергиле"));
  for (auto const* text : {"зымырык", "Кум-Дөбө", "Кочкор район", "Kochkor lecture", "ноябрь 2018", "кум зымырык"})
    for (auto const& who : {regional_, national_}) EXPECT_THAT(found_by(who, text), HasSubstr(page)) << text;
  EXPECT_THAT(found_by(regional_, "зымырык", "&in=invitations"), HasSubstr("<mark>Зымырык</mark> тууралуу"));
  for (auto const* text : {"Жамийлабүбү", "tumarkan", "tumarkan@example.org"}) EXPECT_THAT(found_by(regional_, text), Not(HasSubstr(page))) << text;
  EXPECT_THAT(found_by(regional_, "зымырык"), AllOf(Not(HasSubstr("Жамийлабүбү")), Not(HasSubstr("tumarkan"))));
  for (std::string const more : {"", "&in=invitations"}) {
    for (auto const& who : {elsewhere_, focal_, observer_, administrator_}) EXPECT_THAT(found_by(who, "зымырык", more), Not(HasSubstr(page)));
    EXPECT_THAT(search("зымырык", {}, more), Not(HasSubstr(page)));
  }
  EXPECT_EQ(found_by(regional_, "зымыраак").find("class=\"meant\""), std::string::npos);
}

TEST_P(SearchingTold, WhatWasWrittenInDangerIsFoundByNoWordOfIt) {
  auto const id = invite("Зымырык мени камап койду");
  site_.database().write([&](db::Tx& tx) { village::make_step(tx, regional_, id, 1, village::Step::pass_on, {}, site_.clock().now()); });
  auto const page = "/ky/work/invitations/" + id_text(id);
  for (auto const* text : {"зымырык", "Кум-Дөбө"}) EXPECT_THAT(found_by(regional_, text), Not(HasSubstr(page))) << text;
  EXPECT_THAT(found_by(regional_, "Кочкор", "&in=invitations"), AllOf(HasSubstr(page), Not(HasSubstr("ымырык"))));
}

TEST_P(SearchingTold, JoiningRequestsAreFoundByThoseWhoDecideOnThemAndNeverByWhoAsked) {
  account::JoiningRequest request;
  request.kind = "youth";
  request.name = "Зымырык тобу";
  request.language = "ky";
  request.about = "Торгойлор үчүн лекциялар";
  request.region = site_.region("naryn");
  request.contact_name = "Жамийлабүбү";
  request.contact = "tumarkan@example.org";
  auto const id = site_.database().write([&](db::Tx& tx) { return account::add_request(tx, site_.ids(), request, site_.clock().now()); });
  auto const page = "/ky/joining/" + id_text(id);
  for (auto const* text : {"зымырык", "торгойлор", "зымырык нарын"})
    for (auto const& who : {regional_, national_}) EXPECT_THAT(found_by(who, text), HasSubstr(page)) << text;
  EXPECT_THAT(found_by(regional_, "зымырык", "&in=joining"), HasSubstr("<mark>Зымырык</mark> тобу"));
  for (auto const* text : {"Жамийлабүбү", "tumarkan"}) EXPECT_THAT(found_by(regional_, text), Not(HasSubstr(page))) << text;
  for (std::string const more : {"", "&in=joining"}) {
    for (auto const& who : {elsewhere_, focal_, observer_, administrator_}) EXPECT_THAT(found_by(who, "зымырык", more), Not(HasSubstr(page)));
    EXPECT_THAT(search("зымырык", {}, more), AllOf(Not(HasSubstr(page)), Not(HasSubstr("тобу"))));
  }
  site_.database().write([&](db::Tx& tx) { account::refuse(tx, regional_, id, "Документ жок", site_.clock().now()); });
  EXPECT_THAT(found_by(regional_, "зымырык"), Not(HasSubstr(page))) << "it no longer waits";
}

}  // namespace
}  // namespace birge::app
