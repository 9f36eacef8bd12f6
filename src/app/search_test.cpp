#include <gmock/gmock.h>

#include "app/search_testing.hpp"
#include "features/work/talk/talk_words.hpp"
#include "platform/base/text.hpp"

/// Search as browsers ask it: everybody finds what they may see, and nobody learns what is hidden from them.
namespace birge::app {
namespace {

using namespace app::testing;
using ::testing::HasSubstr;
using ::testing::Not;

INSTANTIATE_TEST_SUITE_P(BothEngines, Searching, db::both_engines(), db::engine_name);

TEST_P(Searching, NeverTellsThePublicOfDraftsProposalsAndWhatIsForTheCoalition) {
  add("Зымырык черновик", activity::State::draft, true, own_);
  add("Зымырык сунуш", activity::State::proposed, true, own_);
  add("Зымырык кайтарылган", activity::State::returned, true, own_);
  add("Зымырык жашыруун", activity::State::approved, false, own_);
  for (std::string const more : {"", "&in=coalition&edition=2018", "&in=activities"}) {
    auto const page = search("зымырык", {}, more);
    EXPECT_THAT(page, Not(HasSubstr("/activities/"))) << more;
    for (auto const* word : {"черновик", "сунуш", "кайтарылган", "жашыруун"}) EXPECT_THAT(page, Not(HasSubstr(word))) << word << more;
  }
  // A misspelling of a word that stands in hidden texts only is answered as any word that is nowhere.
  auto const misspelt = search("зымыраак"), nowhere = search("кхтшфаак");
  EXPECT_THAT(misspelt, Not(HasSubstr("ымырык")));
  EXPECT_EQ(misspelt.find("class=\"meant\""), std::string::npos);
  EXPECT_EQ(nowhere.find("class=\"meant\""), std::string::npos);
}

TEST_P(Searching, ShowsDraftsToThoseWhoPlanThemAndNobodyElse) {
  add("Зымырык черновик", activity::State::draft, true, own_);
  add("Зымырык жашыруун", activity::State::approved, false, own_);
  auto const own = search("зымыр", session("own@example.org", {Role::focal_point, {}, own_, {}}));
  EXPECT_THAT(own, HasSubstr("черновик"));
  EXPECT_THAT(own, HasSubstr("жашыруун"));
  auto const other = search("зымыр", session("other@example.org", {Role::focal_point, {}, other_, {}}));
  EXPECT_THAT(other, Not(HasSubstr("черновик")));
  auto const national = search("зымыр", session("national@example.org", {Role::national_coordinator, {}, {}, {}}));
  EXPECT_THAT(national, Not(HasSubstr("черновик")));
  EXPECT_THAT(national, HasSubstr("жашыруун"));
}

TEST_P(Searching, RemarksAreFoundByThoseWhoMaySeeTheirActivityOnly) {
  auto const open = add("Ачык сабак", activity::State::approved, true, own_), draft = add("Долбоор", activity::State::draft, true, own_);
  auto const writer = site_.person("Бакыт", "writer@example.org", {Role::focal_point, {}, own_, {}});
  auto const write = [&](std::int64_t id, activity::ActivityId under, std::string const& text) {
    site_.database().write([&](db::Tx& tx) {
      tx.run("insert into remark (id, activity, at, person, text) values ($1, $2, $3, $4, $5)", id, under, site_.clock().now(), writer, text);
    });
  };
  write(901, open, "Зымырык менен @[" + id_text(writer) + "] келет");
  write(902, draft, "Зымырык жашыруун");
  auto const index = work::remarks_indexed().handler({});
  site_.database().write([&](db::Tx& tx) { index(tx); });
  auto const own = search("zymyryk", site_.session(writer));
  EXPECT_THAT(own, HasSubstr("<mark>Зымырык</mark> менен @… келет"));
  EXPECT_THAT(own, HasSubstr("/ky/work/activities/" + id_text(open) + "#remark-" + id_text(901)));
  EXPECT_THAT(own, HasSubstr("жашыруун"));
  auto const other = search("зымыр", session("other@example.org", {Role::focal_point, {}, other_, {}}));
  EXPECT_THAT(other, HasSubstr("#remark-" + id_text(901)));
  EXPECT_THAT(other, Not(HasSubstr("жашыруун")));
  auto const administrator = session("admin@example.org", {Role::administrator, {}, {}, {}});
  for (std::string const more : {"", "&in=remarks"}) {
    EXPECT_THAT(search("зымыр", {}, more), Not(HasSubstr("remark-")));
    EXPECT_THAT(search("зымыр", administrator, more), Not(HasSubstr("remark-")));
  }
  EXPECT_THAT(search(id_text(writer), site_.session(writer)), Not(HasSubstr("remark-"))) << "whoever is mentioned is no word of it";
  EXPECT_EQ(search("зымыраак").find("class=\"meant\""), std::string::npos) << "and no word of it is ever offered";
  site_.database().write([&](db::Tx& tx) { tx.run("insert into activity_work (activity, discarded, unapproved) values ($1, 1, 0)", draft); });
  EXPECT_THAT(search("зымыр", site_.session(writer)), Not(HasSubstr("жашыруун"))) << "put away with its activity";
}

TEST_P(Searching, ActivitiesAreFoundByTheirDistrictTheirRegionAndAllWhoHoldOrSupportThem) {
  auto const page = "/activities/" + id_text(add_in_kochkor(true));
  for (auto const* text : {"Кочкор", "кочкорский район", "Kochkor", "Нарын облусу", "Naryn", "Мээрим", "Толкун", "Шоола", "сабак Кочкор Толкун"})
    EXPECT_THAT(search(text), HasSubstr(page)) << text;
  EXPECT_THAT(search("Талас"), Not(HasSubstr(page))) << "its organisations sit there, it does not";
}

TEST_P(Searching, ActivitiesAreFoundByTheirKindTopicAndAudienceInAnyLanguageAndTheirPlaceTogether) {
  auto const id = add_in_kochkor(true);
  auto const page = "/activities/" + id_text(id);
  site_.database().write([&](db::Tx& tx) {
    auto const stored = activity::Store(tx).find(id).value();
    auto next = stored;
    next.topics = {"safe_migration"};
    next.audiences = {"parents"};
    activity::Saver saver(tx, site_.ids(), *campaign::facts(tx), site_.clock().now());
    saver.replace(next, stored, "updated", "test");
    saver.finish();
  });
  for (auto const* text : {"Нарын лекция", "lecture Kochkor", "Безопасная миграция Кочкор", "Кочкор ата-энелер", "родители лекция"})
    EXPECT_THAT(search(text), HasSubstr(page)) << text;
  for (auto const* text : {"Нарын форум", "Нарын шаары лекция"}) EXPECT_THAT(search(text), Not(HasSubstr(page))) << text;
}

TEST_P(Searching, WhatIsForTheCoalitionIsFoundByItsPlaceByTheCoalitionOnly) {
  auto const page = "/activities/" + id_text(add_in_kochkor(false));
  EXPECT_THAT(search("Кочкор"), Not(HasSubstr(page)));
  EXPECT_THAT(search("Кочкор", session("own@example.org", {Role::focal_point, {}, own_, {}})), HasSubstr(page));
}

TEST_P(Searching, ActivitiesOfAnOlderDatabaseAreFoundByTheirPlacesOnceTheirWordsAreWrittenAgain) {
  auto const id = add_in_kochkor(true);
  auto const page = "/activities/" + id_text(id);
  site_.database().write([&](db::Tx& tx) {
    ASSERT_GT(tx.run("delete from search_word where object = 'activity' and id = $1 and word like $2", id, fold("Кочкор") + "%"), 0);
    tx.run("insert into activity_unsearched (activity) values ($1)", id);
    tx.run("insert into activity_unsearched (activity) values (4711)");
  });
  EXPECT_TRUE(unsearched());
  index_some();
  EXPECT_THAT(search("Кочкор"), HasSubstr(page));
  EXPECT_FALSE(unsearched()) << "one that was removed meanwhile does not stay";
  EXPECT_EQ(index_jobs(), 0);
}

TEST_P(Searching, WordsOfManyActivitiesAreWrittenAgainInOneGoAndAJobForEachSome) {
  site_.database().write([](db::Tx& tx) {
    for (int id = 1; id <= 1001; ++id) tx.run("insert into activity_unsearched (activity) values ($1)", id);
  });
  index_some();
  EXPECT_TRUE(unsearched()) << "not all in one transaction";
  EXPECT_EQ(index_jobs(), 1) << "the next one waits already";
  jobs::Worker worker(site_.database(), site_.clock(), site_.ids(), {activity::activities_indexed(site_.services())}, {});
  EXPECT_EQ(worker.run_due(), (jobs::Worker::Done{2, 0})) << "without a minute between them";
  EXPECT_FALSE(unsearched());
  EXPECT_EQ(index_jobs(), 0);
}

TEST_P(Searching, ActivitiesAreFoundByTheNewNameOfAnOrganisationOnceTheirWordsAreWrittenAgain) {
  auto const page = "/activities/" + id_text(add_in_kochkor(true));
  site_.database().write([&](db::Tx& tx) {
    auto renamed = coalition::Store(tx).find(other_).value();
    renamed.about["ky"] = "Биз жөнүндө";
    coalition::update(tx, renamed, {});
  });
  EXPECT_FALSE(unsearched()) << "they are found by its name only";
  site_.database().write([&](db::Tx& tx) {
    auto renamed = coalition::Store(tx).find(other_).value();
    for (auto& [language, name] : renamed.names) name = "Жалбырак уюму";
    coalition::update(tx, renamed, {});
    campaign::touch_facts(tx);
  });
  EXPECT_TRUE(unsearched());
  index_some();
  EXPECT_THAT(search("Жалбырак"), HasSubstr(page));
  EXPECT_THAT(search("Толкун"), Not(HasSubstr(page)));
}

TEST_P(Searching, DiscussionsGoOnPageByPage) {
  auto const id = add("Ачык сабак", activity::State::approved, true, own_);
  auto const writer = site_.person("Бакыт", "writer@example.org", {Role::focal_point, {}, own_, {}});
  site_.database().write([&](db::Tx& tx) {
    for (std::int64_t i = 1; i <= 60; ++i) {
      tx.run("insert into remark (id, activity, at, person, text) values ($1, $2, $3, $4, 'Кымыран')", 900 + i, id, site_.clock().now(), writer);
      work::put_remark_words(tx, 900 + i, "Кымыран");
    }
  });
  auto const cookie = site_.session(writer);
  EXPECT_THAT(search("кымыран", cookie), HasSubstr("in=remarks"));
  auto const first = search("кымыран", cookie, "&in=remarks");
  EXPECT_THAT(first, HasSubstr("#remark-" + id_text(960)));
  EXPECT_THAT(first, Not(HasSubstr("#remark-" + id_text(910) + "\"")));
  EXPECT_THAT(first, HasSubstr("?before=" + id_text(912) + "#remark-" + id_text(911))) << "turned back to where it stands";
  auto const next = search("кымыран", cookie, "&in=remarks&after=" + id_text(911));
  EXPECT_THAT(next, HasSubstr("#remark-" + id_text(910) + "\""));
  EXPECT_THAT(next, Not(HasSubstr("#remark-" + id_text(911) + "\"")));
}

TEST_P(Searching, PutAwayDraftsAreFoundByNobody) {
  auto const id = add("Зымырык черновик", activity::State::draft, true, own_);
  site_.database().write([&](db::Tx& tx) { tx.run("insert into activity_work (activity, discarded, unapproved) values ($1, 1, 0)", id); });
  EXPECT_THAT(search("зымыр", session("own@example.org", {Role::focal_point, {}, own_, {}})), Not(HasSubstr("черновик")));
}

TEST_P(Searching, PeopleAreFoundByThoseWhoLookAfterThemOnly) {
  site_.person("Зарылбек Сатыбалдиев", "z@example.org", {Role::member, {}, own_, {}});
  EXPECT_THAT(search("зарылбек"), Not(HasSubstr("Зарылбек Сатыбалдиев")));
  EXPECT_THAT(search("зарылбек", session("member@example.org", {Role::member, {}, own_, {}})), Not(HasSubstr("Сатыбалдиев")));
  EXPECT_THAT(search("зарылбек", session("talas@example.org", {Role::regional_coordinator, site_.region("talas"), {}, {}})),
              Not(HasSubstr("Сатыбалдиев")));
  EXPECT_THAT(search("zarylbek", session("admin@example.org", {Role::administrator, {}, {}, {}})), HasSubstr("/ky/people/"));
}

TEST_P(Searching, FindsPlacesOrganisationsEditionsActivitiesAndNumbersInAnySpelling) {
  add("Коопсуз миграция тууралуу лекция", activity::State::approved, true, own_);
  EXPECT_THAT(search("Jalal-Abad"), HasSubstr("/ky/regions/jalal-abad"));
  EXPECT_THAT(search("Джалал-Абадская область"), HasSubstr("/ky/regions/jalal-abad"));
  EXPECT_THAT(search("meerim"), HasSubstr("/ky/organisations/"));
  EXPECT_THAT(search("2018"), HasSubstr("/ky/editions/2018"));
  EXPECT_THAT(search("kopsuz"), Not(HasSubstr("<mark>")));
  EXPECT_THAT(search("коопсуз лекц"), HasSubstr("<mark>лекция</mark>"));
  EXPECT_THAT(search("1899"), HasSubstr("tel:1899"));
  EXPECT_THAT(search("тегерек стол"), HasSubstr("kind=round_table"));
  EXPECT_THAT(search("safe migration"), HasSubstr("topic=safe_migration"));
}

TEST_P(Searching, ActivitiesOfAPlaceAreFoundByAnySpellingOfIt) {
  auto const page = "/activities/" + id_text(add_in("kara-suu", true));
  for (std::string const typed : {"карасуу", "Karasu", "kara su", "лекция карасуу"}) EXPECT_THAT(search(typed), HasSubstr(page)) << typed;
  EXPECT_THAT(search("форум карасуу"), Not(HasSubstr(page)));
}

TEST_P(Searching, ALatinSpellingOfAnotherKindFindsTheSameAndASubjectShowsTheHotline) {
  add("Коопсуз миграция тууралуу лекция", activity::State::approved, true, own_);
  for (std::string const typed : {"migraciya", "lekciya", "leksiya"}) {
    auto const page = search(typed);
    EXPECT_THAT(page, HasSubstr("<mark>")) << typed;
    EXPECT_THAT(page, HasSubstr("value=\"" + typed + "\"")) << "what was typed stays";
  }
  EXPECT_THAT(search("миграция"), HasSubstr("tel:1899"));
  EXPECT_THAT(search("лекция"), Not(HasSubstr("tel:1899")));
}

TEST_P(Searching, AMisspelledWordIsAnsweredWithTheOneThatIsMeant) {
  add("Коопсуз миграция тууралуу лекция", activity::State::approved, true, own_);
  auto const page = search("миграцея");
  EXPECT_THAT(page, HasSubstr("class=\"meant\""));
  EXPECT_THAT(page, HasSubstr("миграция</a>"));
}

TEST_P(Searching, TheNameOfAKindIsMeantTooWhereActivitiesHaveItWithoutSayingSo) {
  add("Ачык сабак", activity::State::approved, true, own_);
  EXPECT_THAT(search("лекцея"), HasSubstr("Лекция</a>"));
}

TEST_P(Searching, AGroupGoesOnPageByPage) {
  for (int i = 10; i < 65; ++i) site_.organisation(("Жылдыз " + std::to_string(i)).c_str(), std::nullopt);
  EXPECT_THAT(search("жылдыз"), HasSubstr("in=organisations"));
  auto const first = search("жылдыз", {}, "&in=organisations");
  EXPECT_THAT(first, HasSubstr("Жылдыз</mark> 10"));
  EXPECT_THAT(first, Not(HasSubstr("Жылдыз</mark> 64")));
  auto const after = Browser::between(first, "after=", "\"");
  EXPECT_THAT(search("жылдыз", {}, "&in=organisations&after=" + after.substr(0, after.find('&'))), HasSubstr("Жылдыз</mark> 64"));
}

TEST_P(Searching, TooManySearchesHaveToWaitWhereverTheyAreMade) {
  for (auto const* path :
       {"/ky/search?q=x1", "/ky/activities?q=x1", "/ky/organisations?q=x1", "/api/v1/activities?q=x1", "/feeds/agenda-ky.csv?q=x1"}) {
    Browser browser(site_);
    browser.peer = "198.51.100." + std::to_string(std::string_view(path).size());
    auto status = http::Status::ok;
    for (int i = 0; i < 70 && status == http::Status::ok; ++i) status = browser.get(path).status;
    EXPECT_EQ(status, http::Status::too_many_requests) << path;
    EXPECT_EQ(browser.get("/ky/search").status, http::Status::ok) << "the field itself is always there";
    EXPECT_EQ(browser.get("/ky/activities").status, http::Status::ok) << "who looks for no words is never slowed down";
  }
}

TEST_P(Searching, WhoIsSignedInWaitsForTheirOwnSearchesOnly) {
  Browser visitor(site_), member(site_, session("own@example.org", {Role::focal_point, {}, own_, {}})),
      other(site_, session("other@example.org", {Role::focal_point, {}, own_, {}}));
  for (int i = 0; i < 70; ++i) visitor.get("/ky/search?q=x1");
  EXPECT_EQ(member.get("/ky/search?q=x1").status, http::Status::ok) << "of the same network";
  auto status = http::Status::ok;
  for (int i = 0; i < 70 && status == http::Status::ok; ++i) status = member.get("/ky/work/table?q=x1").status;
  EXPECT_EQ(status, http::Status::too_many_requests);
  EXPECT_EQ(other.get("/ky/work/table?q=x1").status, http::Status::ok);
}

TEST_P(Searching, WhatWasTypedStandsInTheFieldAndIsNoMarkup) {
  auto const page = search("\"><script>alert(1)</script>");
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
}

}  // namespace
}  // namespace birge::app
