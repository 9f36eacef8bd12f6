#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

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
  EXPECT_EQ(decide(first_national, id, "approve").status, Status::forbidden);
  EXPECT_EQ(stored(id).state, "waiting");
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

TEST_F(Joining, TheSecondApprovalMakesTheOrganisationAndALinkAndForgetsTheContact) {
  Browser(site).submit("/en/join", request());
  auto const id = waiting().id;
  decide(regional, id, "approve");
  auto const page = decide(first_national, id, "approve");
  ASSERT_EQ(page.status, Status::ok);
  auto const link = "/en/invitation/" + Browser::between(page.body, "https://birge.example/en/invitation/", "\"");
  auto const joined = stored(id);
  EXPECT_TRUE(joined.contact.empty() && joined.contact_name.empty());
  ASSERT_TRUE(joined.organisation);
  Browser guest(site);
  EXPECT_EQ(guest.submit(link, {{"name", "Жамиля"}, {"login", "0555987654"}, {"password", std::string(good_password)}}).status, Status::see_other);
  auto const person = site.database().read([](db::Reader& read) { return account::Store(read).by_login("+996555987654").value(); });
  EXPECT_EQ(site.database().read([&](db::Reader& read) { return account::Store(read).grants(person); }),
            (std::vector<Grant>{{Role::focal_point, {}, *joined.organisation, {}}}));
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
  EXPECT_EQ(revision(), before + 1) << "otherwise the contact can be gone without an invitation";
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
