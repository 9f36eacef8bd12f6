#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <tuple>

#include "app/jobs.hpp"
#include "app/site_testing.hpp"
#include "features/account/joining.hpp"

namespace birge::app::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Joining : public ::testing::Test {
protected:
  Site site;
  place::PlaceId naryn = site.region("naryn");
  coalition::OrganisationId ours = site.organisation("Мээрим", naryn);
  PersonId first_national = site.person("Бакыт", "bakyt@example.org", {Role::national_coordinator, {}, {}, {}});
  PersonId second_national = site.person("Гүлнара", "gulnara@example.org", {Role::national_coordinator, {}, {}, {}});
  PersonId regional = site.person("Нурлан", "nurlan@example.org", {Role::regional_coordinator, naryn, {}, {}});
  PersonId second_regional = site.person("Асел", "asel@example.org", {Role::regional_coordinator, naryn, {}, {}});
  PersonId elsewhere = site.person("Талас", "talas@example.org", {Role::regional_coordinator, site.region("talas"), {}, {}});
  PersonId focal = site.person("Айгүл", "aigul@example.org", {Role::focal_point, {}, ours, {}});

  Browser as(PersonId person) { return Browser(site, site.session(person)); }
  Fields request(std::string const& region = "naryn") const {
    return {{"name", "Жаш муун"}, {"kind", "youth"}, {"about", "Жаштар үчүн лекциялар."}, {"region", region},
            {"active", "naryn"},  {"active", "osh"}, {"contact_name", "Жамиля Сырдуу"},   {"contact", "0555 98 76 54"}};
  }
  account::JoiningRequest waiting() {
    return site.database().read([](db::Reader& read) { return account::Register(read).waiting().at(0); });
  }
  account::JoiningRequest stored(std::int64_t id) {
    return site.database().read([&](db::Reader& read) { return account::Register(read).request(id).value(); });
  }
  Reply decide(PersonId person, std::int64_t id, std::string const& what) {
    auto browser = as(person);
    return browser.post("/en/joining/" + id_text(id),
                        {{"what", what}, {"form_token", Browser::token(browser.get("/en/account").body, "/en/account")}});
  }
};

TEST_F(Joining, AnIncompleteRequestKeepsWhatWasTyped) {
  Browser browser(site);
  auto const reply = browser.submit("/en/join", {{"name", "Жаш муун"}, {"kind", "king"}, {"website", "javascript:alert(1)"}});
  EXPECT_EQ(reply.status, Status::unprocessable);
  EXPECT_THAT(reply.body, HasSubstr("value=\"Жаш муун\""));
  EXPECT_THAT(reply.body, HasSubstr("<title>Error: Join the coalition"));
  auto const empty = browser.submit("/en/join", {}).body;
  EXPECT_LT(empty.find("href=\"#name\""), empty.find("href=\"#kind\"")) << "in the order of the form";
  EXPECT_EQ(site.database().read([](db::Reader& read) { return account::Register(read).waiting().size(); }), 0U);
}

TEST_F(Joining, ManyRequestsFromOneAddressHaveToWait) {
  Browser browser(site);
  Status last = Status::ok;
  for (int i = 0; i < 7; ++i) last = browser.submit("/en/join", request()).status;
  EXPECT_EQ(last, Status::too_many_requests);
}

TEST_F(Joining, OnePersonDoesNotApproveTwice) {
  Browser(site).submit("/en/join", request());
  auto const id = waiting().id;
  EXPECT_EQ(decide(first_national, id, "approve").status, Status::see_other);
  EXPECT_EQ(decide(first_national, id, "approve").status, Status::see_other) << "a form that was sent twice does no harm";
  EXPECT_EQ(stored(id).state, "waiting");
  EXPECT_THAT(as(first_national).get("/en/joining/" + id_text(id)).body, HasSubstr("A second coordinator has to agree"));
}

TEST_F(Joining, AnApprovalThatIsSentAgainLosesNeitherContactNorLink) {
  Browser(site).submit("/en/join", request());
  auto const id = waiting().id;
  decide(regional, id, "approve");
  auto const link_on = [](Reply const& reply) {
    return "/en/invitation/" + Browser::between(reply.body, "https://birge.example/en/invitation/", "\"");
  };
  auto const first = link_on(decide(first_national, id, "approve"));
  EXPECT_EQ(decide(first_national, id, "approve").status, Status::see_other);
  EXPECT_EQ(decide(regional, id, "approve").status, Status::see_other) << "whose approval was the first";
  EXPECT_EQ(Browser(site).get(first).status, Status::ok) << "the link that may have been sent is good";
  auto const list = as(regional).get("/en/joining").body;
  EXPECT_THAT(list, AllOf(HasSubstr("Joined lately"), HasSubstr("Жаш муун"), HasSubstr("invitation not used yet")));
  EXPECT_THAT(as(regional).get("/en/joining/" + id_text(id)).body, AllOf(HasSubstr("Жамиля Сырдуу, 0555 98 76 54"), HasSubstr("Make a new link")));
  EXPECT_EQ(decide(elsewhere, id, "link").status, Status::not_found);
  auto const again = decide(regional, id, "link");
  ASSERT_EQ(again.status, Status::ok);
  auto const second = link_on(again);
  EXPECT_NE(first, second);
  EXPECT_EQ(Browser(site).get(first).status, Status::gone) << "one link at a time";
  Browser guest(site);
  EXPECT_EQ(guest.submit(second, {{"name", "Жамиля"}, {"login", "0555987654"}, {"password", std::string(good_password)}}).status, Status::see_other);
  EXPECT_TRUE(stored(id).contact.empty() && stored(id).contact_name.empty()) << "its account has it now";
  EXPECT_EQ(decide(regional, id, "link").status, Status::conflict);
  EXPECT_THAT(as(regional).get("/en/joining").body, Not(HasSubstr("Joined lately")));
}

TEST_F(Joining, AContactThatNobodyUsedIsForgottenAfterThirtyDays) {
  Browser(site).submit("/en/join", request());
  auto const id = waiting().id;
  decide(regional, id, "approve");
  decide(first_national, id, "approve");
  worker(site.app().services()).run_due();  // what is done every night begins with the next one
  site.wait(24h * 29);
  worker(site.app().services()).run_due();
  EXPECT_FALSE(stored(id).contact.empty());
  site.wait(24h * 2);
  worker(site.app().services()).run_due();
  EXPECT_TRUE(stored(id).contact.empty() && stored(id).contact_name.empty());
}

TEST_F(Joining, MyPageCountsTheRequestsThatWaitForWhoeverLooks) {
  auto const waits = [&](PersonId person) { return as(person).get("/en/work").body.find("organisation waits for your answer") != std::string::npos; };
  EXPECT_FALSE(waits(regional));
  Browser(site).submit("/en/join", request());
  EXPECT_TRUE(waits(regional) && waits(second_regional) && waits(first_national));
  EXPECT_FALSE(waits(elsewhere) || waits(focal));
  auto const id = waiting().id;
  decide(regional, id, "approve");
  EXPECT_FALSE(waits(regional)) << "who approved it already";
  EXPECT_FALSE(waits(second_regional)) << "the second approval has to come from a national coordinator";
  EXPECT_TRUE(waits(first_national));
  decide(first_national, id, "approve");
  EXPECT_FALSE(waits(first_national) || waits(second_national));
}

TEST_F(Joining, TwoRegionalCoordinatorsAreNotEnough) {
  Browser(site).submit("/en/join", request());
  auto const id = waiting().id;
  EXPECT_EQ(decide(elsewhere, id, "approve").status, Status::not_found);
  EXPECT_EQ(decide(focal, id, "approve").status, Status::forbidden);
  EXPECT_EQ(decide(regional, id, "approve").status, Status::see_other);
  EXPECT_EQ(decide(second_regional, id, "approve").status, Status::forbidden);
  EXPECT_EQ(stored(id).state, "waiting");
  EXPECT_EQ(decide(first_national, id, "approve").status, Status::ok);
  EXPECT_EQ(stored(id).state, "accepted");
}

TEST_F(Joining, ANationalOrganisationNeedsTwoNationalCoordinators) {
  Browser(site).submit("/en/join", request(""));
  auto const id = waiting().id;
  EXPECT_EQ(decide(regional, id, "approve").status, Status::not_found);
  EXPECT_EQ(decide(first_national, id, "approve").status, Status::see_other);
  EXPECT_EQ(decide(second_national, id, "approve").status, Status::ok);
}

TEST_F(Joining, TheSecondApprovalMakesTheOrganisationAndALinkAndItsUseForgetsTheContact) {
  Browser(site).submit("/en/join", request());
  auto const id = waiting().id;
  decide(regional, id, "approve");
  auto const page = decide(first_national, id, "approve");
  ASSERT_EQ(page.status, Status::ok);
  auto const link = "/en/invitation/" + Browser::between(page.body, "https://birge.example/en/invitation/", "\"");
  auto const joined = stored(id);
  EXPECT_FALSE(joined.contact.empty() || joined.contact_name.empty()) << "nobody could be told anything any more";
  ASSERT_TRUE(joined.organisation);
  Browser guest(site);
  EXPECT_EQ(guest.submit(link, {{"name", "Жамиля"}, {"login", "0555987654"}, {"password", std::string(good_password)}}).status, Status::see_other);
  auto const person = site.database().read([](db::Reader& read) { return account::Store(read).by_login("+996555987654").value(); });
  EXPECT_EQ(site.database().read([&](db::Reader& read) { return account::Store(read).grants(person); }),
            (std::vector<Grant>{{Role::focal_point, {}, *joined.organisation, {}}}));
  EXPECT_TRUE(stored(id).contact.empty() && stored(id).contact_name.empty());
  EXPECT_EQ(decide(second_national, id, "approve").status, Status::conflict);
}

TEST_F(Joining, TheSecondApprovalAndTheInvitationAreStoredInOneChange) {
  Browser(site).submit("/en/join", request());
  auto const id = waiting().id;
  decide(regional, id, "approve");
  auto browser = as(first_national);
  Fields const fields{{"what", "approve"}, {"form_token", Browser::token(browser.get("/en/account").body, "/en/account")}};
  auto const revision = [&] { return site.database().read([](db::Reader& read) { return db::Database::revision(read); }); };
  auto const before = revision();
  EXPECT_EQ(browser.post("/en/joining/" + id_text(id), fields).status, Status::ok);
  EXPECT_EQ(revision(), before + 1) << "otherwise it can have joined without an invitation";
  auto const open = site.database().read([&](db::Reader& read) { return account::Store(read).open_invitations(site.clock().now()); });
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].login, "+996555987654");
}

TEST_F(Joining, ARefusalForgetsTheContact) {
  Browser(site).submit("/en/join", request());
  auto const id = waiting().id;
  EXPECT_EQ(decide(regional, id, "refuse").status, Status::see_other);
  EXPECT_EQ(stored(id).state, "refused");
  EXPECT_TRUE(stored(id).contact.empty() && stored(id).contact_name.empty());
}

TEST_F(Joining, APublicPageShowsOnlyWhatWasAgreed) {
  auto const slug = site.facts().organisation(ours)->slug;
  auto const edit = "/en/organisations/" + slug + "/edit";
  auto browser = as(focal);
  auto const version = Browser::between(browser.get(edit).body, "name=\"version\" value=\"", "\"");
  Fields fields{{"version", version},     {"about", "Биз жөнүндө"},      {"website", "https://meerim.example/"},
                {"phone", "0312 112233"}, {"address", "Нарын, Ленин 1"}, {"active", "naryn"},
                {"show_website", "1"}};
  EXPECT_EQ(browser.submit(edit, fields).status, Status::see_other);
  Browser reader(site);
  auto const page = reader.get("/ky/organisations/" + slug).body;
  EXPECT_THAT(page, HasSubstr("https://meerim.example/"));
  for (auto const* hidden : {"Биз жөнүндө", "112233", "112 233", "Ленин"}) EXPECT_THAT(page, Not(HasSubstr(hidden)));
  EXPECT_THAT(reader.get("/api/v1/organisations").body, Not(HasSubstr("Биз жөнүндө")));
  auto const conflict = browser.submit(edit, fields);
  EXPECT_EQ(conflict.status, Status::conflict) << "somebody else was first";
  EXPECT_THAT(conflict.body, HasSubstr("Биз жөнүндө")) << "nothing is lost";
}

TEST_F(Joining, WhoSavesAnOrganisationSecondSeesBothVersionsLosesNothingAndSavesAgain) {
  auto const edit = "/en/organisations/" + site.facts().organisation(ours)->slug + "/edit";
  auto first = as(focal), second = as(regional);
  auto const version = [](std::string const& body) { return Browser::between(body, "name=\"version\" value=\"", "\""); };
  Fields mine{{"about", "Экинчисиники"}, {"phone", "0312 445566"}, {"speaks", "ru"}, {"active", "naryn"}, {"show_about", "1"}};
  mine.emplace_back("version", version(second.get(edit).body));
  Fields theirs{{"about", "Биринчисиники"}, {"phone", "0312 112233"}, {"speaks", "ky"}, {"speaks", "ru"}, {"active", "osh"}, {"active", "naryn"}};
  theirs.emplace_back("version", version(first.get(edit).body));
  ASSERT_EQ(first.submit(edit, theirs).status, Status::see_other);
  auto const reply = second.submit(edit, mine);
  EXPECT_EQ(reply.status, Status::conflict);
  auto const from = reply.body.find("<table class=\"stack\">");
  ASSERT_NE(from, std::string::npos);
  auto const table = reply.body.substr(from, reply.body.find("</table>", from) - from);
  auto const row = [](std::string const& typed, std::string const& now) {
    return "<td data-label=\"You typed\">" + typed + "</td><td data-label=\"Stored now\">" + now + "</td>";
  };
  // What is not shown to everybody stands there too, and what is the same in both does not.
  EXPECT_THAT(table,
              AllOf(HasSubstr(row("Экинчисиники", "Биринчисиники")), HasSubstr(row("0312 445566", "0312 112233")),
                    HasSubstr(row("Русский", "Кыргызча, Русский")), HasSubstr(row("What the organisation does", "<span class=\"soft\">–</span>")),
                    HasSubstr("In which regions is it active?")));
  for (auto const* same : {"Address", "E-mail", "Website", "Kind of organisation"}) EXPECT_THAT(table, Not(HasSubstr(same))) << same;
  EXPECT_THAT(reply.body, AllOf(HasSubstr(">Экинчисиники</textarea>"), HasSubstr("value=\"0312 445566\"")));
  mine.back().second = version(reply.body);
  EXPECT_EQ(second.submit(edit, mine).status, Status::see_other) << "the form that told of it is saved";
  EXPECT_THAT(first.get(edit).body, AllOf(HasSubstr(">Экинчисиники</textarea>"), HasSubstr("value=\"0312 445566\"")));
}

TEST_F(Joining, ANationalCoordinatorPutsRightWhoAnOrganisationIs) {
  auto const slug = site.facts().organisation(ours)->slug, edit = "/en/organisations/" + slug + "/edit";
  site.database().write([&](db::Tx& tx) { coalition::describe(tx, ours, "https://meerim.example/", "Биз жөнүндө", "ky"); });
  auto browser = as(first_national);
  auto const form = browser.get(edit).body;
  EXPECT_THAT(form, AllOf(HasSubstr("value=\"civil_society\" selected"), HasSubstr("value=\"naryn\" selected"),
                          HasSubstr("name=\"name_ky\" type=\"text\" value=\"Мээрим\""), HasSubstr(">Биз жөнүндө</textarea>")));
  Fields const fields{{"version", Browser::between(form, "name=\"version\" value=\"", "\"")},
                      {"kind", "youth"},
                      {"region", "talas"},
                      {"name_ky", "Жалбырак жаштар уюму"},
                      {"short_name_ky", "Жалбырак"},
                      {"name_ru", "Молодёжная организация «Жалбырак»"},
                      {"name_en", "Jalbyrak Youth"},
                      {"slug", "elsewhere"},
                      {"website", "https://meerim.example/"},
                      {"show_website", "1"},
                      {"show_about", "1"},
                      {"about", "Биз жөнүндө"}};
  auto const saved = browser.submit(edit, fields);
  EXPECT_EQ(saved.status, Status::see_other);
  EXPECT_EQ(location(saved), "/en/organisations/" + slug) << "its address stays";
  Browser reader(site);
  EXPECT_THAT(reader.get("/en/organisations/" + slug).body,
              AllOf(HasSubstr("Jalbyrak Youth"), HasSubstr("Youth organisation"), HasSubstr("Talas"), HasSubstr("meerim.example")));
  EXPECT_THAT(reader.get("/ky/organisations/" + slug).body, AllOf(HasSubstr("Жалбырак жаштар уюму"), HasSubstr("Биз жөнүндө")));
  EXPECT_THAT(reader.get("/en/search?q=Jalbyrak").body, HasSubstr("/organisations/" + slug));
  EXPECT_THAT(reader.get("/ky/search?q=" + percent_encoded("Мээрим")).body, Not(HasSubstr("/organisations/" + slug)));
  auto const body = browser.get("/en/work/log?object=organisation").body;
  auto const log = body.substr(body.find("<tbody>"));
  EXPECT_THAT(log,
              AllOf(HasSubstr("kind: Civil society organisation became Youth organisation"), HasSubstr("region: Naryn oblast became Talas oblast"),
                    HasSubstr("name of the organisation: the text was changed"), HasSubstr("short name: the text was changed")));
  EXPECT_THAT(log, Not(HasSubstr("what it does: the text")));
  EXPECT_EQ(as(regional).get(edit).status, Status::not_found) << "it sits in another region now";
  EXPECT_EQ(as(elsewhere).get(edit).status, Status::ok);
  auto const second = as(second_national).submit(edit, fields);
  EXPECT_EQ(second.status, Status::conflict) << "the same number counts for these fields";
}

TEST_F(Joining, WhoAnOrganisationIsCannotBeChangedByItsOwnPeopleOrItsRegion) {
  auto const edit = "/en/organisations/" + site.facts().organisation(ours)->slug + "/edit";
  for (auto const person : {focal, regional}) {
    auto browser = as(person);
    auto const form = browser.get(edit).body;
    for (auto const* field : {"kind", "region", "name_ky", "name_ru", "name_en", "short_name_ky"})
      EXPECT_THAT(form, Not(HasSubstr("name=\"" + std::string(field) + "\""))) << field;
    EXPECT_EQ(browser
                  .submit(edit, {{"version", Browser::between(form, "name=\"version\" value=\"", "\"")},
                                 {"kind", "donor"},
                                 {"region", "talas"},
                                 {"name_ky", "Башка ат"},
                                 {"name_en", "Another name"},
                                 {"short_name_ky", "БА"}})
                  .status,
              Status::see_other);
    auto const organisation = site.database().read([&](db::Reader& read) { return coalition::Store(read).find(ours).value(); });
    EXPECT_EQ(organisation.kind, "civil_society");
    EXPECT_EQ(organisation.region, naryn);
    EXPECT_EQ(organisation.names, (std::map<std::string, std::string>{{"ky", "Мээрим"}}));
    EXPECT_TRUE(organisation.short_names.empty());
  }
}

TEST_F(Joining, WhatIsWrongWithWhoAnOrganisationIsIsToldInASentenceAndKept) {
  auto const edit = "/en/organisations/" + site.facts().organisation(ours)->slug + "/edit";
  site.database().write([&](db::Tx& tx) { coalition::describe(tx, ours, "", "Биз жөнүндө", "ky"); });
  auto browser = as(first_national);
  std::string const version = Browser::between(browser.get(edit).body, "name=\"version\" value=\"", "\"");
  auto const with = [&](std::string const& name, std::string const& value) {
    Fields fields{{"version", version}, {"kind", "youth"}, {"name_ky", "Мээрим"}, {"name_ru", "Мээрим фонду"}, {"about", "Биз жөнүндө"}};
    for (auto& [known, old] : fields)
      if (known == name) old = value;
    if (std::ranges::none_of(fields, [&](auto const& field) { return field.first == name; })) fields.emplace_back(name, value);
    return browser.submit(edit, fields);
  };
  std::string const long_name = "Узун" + std::string(200, 'x');
  for (auto const& [name, value, sentence] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"name_ky", "", "The name in the language in which the organisation was entered cannot be empty."},
           {"kind", "king", "Choose what kind of organisation it is."},
           {"name_en", long_name, "The name of the organisation is too long."},
           {"short_name_ru", long_name, "The short name is too long."},
           {"short_name_en", "Meerim", "Beside a short name, the full name is needed in the same language."}}) {
    auto const reply = with(name, value);
    EXPECT_EQ(reply.status, Status::unprocessable) << name;
    EXPECT_THAT(reply.body, AllOf(HasSubstr("<a href=\"#"), HasSubstr(sentence), HasSubstr("value=\"Мээрим фонду\""))) << name;
    if (name != "kind" && !value.empty()) { EXPECT_THAT(reply.body, HasSubstr("value=\"" + value + "\"")); }
  }
  auto const organisation = site.database().read([&](db::Reader& read) { return coalition::Store(read).find(ours).value(); });
  EXPECT_EQ(organisation.names.at("ky"), "Мээрим");
  EXPECT_EQ(organisation.about.at("ky"), "Биз жөнүндө");
}

TEST_F(Joining, SavedOnAPageOfAnotherLanguageAnOrganisationKeepsWhatItSaysOfItself) {
  auto const slug = site.facts().organisation(ours)->slug;
  site.database().write([&](db::Tx& tx) { coalition::describe(tx, ours, "", "Биз жөнүндө", "ky"); });
  auto const edit = "/ru/organisations/" + slug + "/edit";
  auto browser = as(first_national);
  auto const form = browser.get(edit).body;
  EXPECT_THAT(form, HasSubstr(">Биз жөнүндө</textarea>"));
  ASSERT_EQ(browser
                .submit(edit, {{"version", Browser::between(form, "name=\"version\" value=\"", "\"")},
                               {"kind", "youth"},
                               {"name_ky", "Мээрим"},
                               {"name_ru", "Фонд «Мээрим»"},
                               {"about", "Биз жөнүндө"}})
                .status,
            Status::see_other);
  auto const organisation = site.database().read([&](db::Reader& read) { return coalition::Store(read).find(ours).value(); });
  EXPECT_EQ(organisation.about, (std::map<std::string, std::string>{{"ky", "Биз жөнүндө"}})) << "and it is not taken for Russian";
  EXPECT_EQ(organisation.names.at("ru"), "Фонд «Мээрим»");
  // A name that its text stands beside is not taken away from under it.
  auto again = browser.submit(edit, {{"version", Browser::between(browser.get(edit).body, "name=\"version\" value=\"", "\"")},
                                     {"kind", "youth"},
                                     {"name_ky", "Мээрим"},
                                     {"name_ru", ""},
                                     {"about", "О нас"}});
  EXPECT_EQ(again.status, Status::unprocessable);
  EXPECT_THAT(again.body, HasSubstr(">О нас</textarea>"));
}

TEST_F(Joining, AnOrganisationThatLeavesTakesItsPeoplesRolesAlong) {
  auto const slug = site.facts().organisation(ours)->slug;
  auto browser = as(focal);
  auto const edit = "/en/organisations/" + slug + "/edit";
  EXPECT_EQ(browser.submit(edit, "/en/organisations/" + slug + "/leave", {}).status, Status::unprocessable);
  EXPECT_EQ(browser.submit(edit, "/en/organisations/" + slug + "/leave", {{"sure", "1"}}).status, Status::see_other);
  EXPECT_EQ(browser.get(edit).status, Status::forbidden);
  EXPECT_THAT(Browser(site).get("/en/organisations/" + slug).body, HasSubstr("Left the coalition"));
}

TEST_F(Joining, TheLogTellsWhichDataOfAnOrganisationChangedAndOfTextsTheFieldAlone) {
  auto const edit = "/en/organisations/" + site.facts().organisation(ours)->slug + "/edit";
  auto browser = as(focal);
  Fields const fields{{"version", Browser::between(browser.get(edit).body, "name=\"version\" value=\"", "\"")},
                      {"about", "Биз жөнүндө"},
                      {"phone", "0312 112233"},
                      {"speaks", "ru"},
                      {"active", "naryn"},
                      {"show_contacts", "1"}};
  ASSERT_EQ(browser.submit(edit, fields).status, Status::see_other);
  auto const body = as(first_national).get("/en/work/log?object=organisation").body;
  auto const log = body.substr(body.find("<tbody>"));
  for (auto const* told :
       {"what it does: the text was changed", "phone: the text was changed", "languages (Русский): no became yes",
        "regions where it is active (Naryn oblast): no became yes", "shown to everybody: phone, e-mail and address: no became yes"})
    EXPECT_THAT(log, HasSubstr(told));
  for (auto const* hidden : {"Биз жөнүндө", "112233", "112 233", "show_about", "website"}) EXPECT_THAT(log, Not(HasSubstr(hidden)));
}

TEST_F(Joining, TheFocalPointsOfAnOrganisationAreNamedToThoseWhoMaySeeNamesOnly) {
  auto const page = "/en/organisations/" + site.facts().organisation(ours)->slug;
  site.person("Динара", "dinara@example.org", {Role::member, {}, ours, {}});
  auto const locked = site.person("Кубат", "kubat@example.org", {Role::focal_point, {}, ours, {}});
  site.database().write([&](db::Tx& tx) { account::set_locked(tx, locked, true, site.clock().now()); });
  auto const stranger = site.person("Мирлан", "mirlan@example.org", {Role::member, {}, site.organisation("Үмүт", naryn), {}});
  for (auto const person : {first_national, regional, elsewhere, focal, stranger})
    EXPECT_THAT(as(person).get(page).body, AllOf(HasSubstr("Focal point</dt><dd>Айгүл<"), Not(HasSubstr("Динара")), Not(HasSubstr("Кубат"))));
  auto const observer = site.person("Olivia", "olivia@example.org", {Role::observer, {}, {}, {}});
  for (auto const& body : {as(observer).get(page).body, Browser(site).get(page).body, Browser(site).get("/api/v1/organisations").body})
    EXPECT_THAT(body, AllOf(Not(HasSubstr("Айгүл")), Not(HasSubstr("Focal point"))));
}

TEST_F(Joining, NobodyEndsTheRoleOfACoordinatorByTheWayOfALeavingOrganisation) {
  auto const slug = site.facts().organisation(ours)->slug;
  auto const edit = "/en/organisations/" + slug + "/edit";
  int number = 0;
  for (auto const& grant : {Grant{Role::regional_coordinator, naryn, ours, {}}, Grant{Role::national_coordinator, {}, ours, {}},
                            Grant{Role::communications_officer, {}, ours, {}}, Grant{Role::administrator, {}, ours, {}}}) {
    auto const guest = site.person("Конок", "guest" + std::to_string(++number) + "@example.org", grant);
    auto browser = as(focal);
    auto const refused = browser.submit(edit, "/en/organisations/" + slug + "/leave", {{"sure", "1"}});
    EXPECT_EQ(refused.status, Status::conflict) << account::role_code(grant.role);
    EXPECT_THAT(refused.body, HasSubstr("a role that reaches beyond it"));
    auto const held = site.database().read([&](db::Reader& read) { return account::Store(read).roles_of(guest); });
    EXPECT_FALSE(held.at(0).ended) << account::role_code(grant.role);
    EXPECT_EQ(browser.get(edit).status, Status::ok) << "nothing of it was stored";
    site.database().write([&](db::Tx& tx) { account::end_role(tx, guest, held.at(0).id, site.clock().now()); });
  }
  auto browser = as(focal);
  EXPECT_EQ(browser.submit(edit, "/en/organisations/" + slug + "/leave", {{"sure", "1"}}).status, Status::see_other);
}

}  // namespace
}  // namespace birge::app::testing
