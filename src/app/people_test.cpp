#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "app/site_testing.hpp"
#include "features/account/invitation.hpp"
#include "platform/db/dump.hpp"
#include "platform/jobs/mail.hpp"

namespace birge::app::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class People : public ::testing::Test {
protected:
  Site site;
  place::PlaceId naryn = site.region("naryn"), talas = site.region("talas");
  coalition::OrganisationId ours = site.organisation("Мээрим", naryn), theirs = site.organisation("Үмүт", talas);
  PersonId national = site.person("Бакыт Улуттук", "bakyt@example.org", {Role::national_coordinator, {}, {}, {}});
  PersonId regional = site.person("Нурлан Нарындык", "nurlan@example.org", {Role::regional_coordinator, naryn, {}, {}});
  PersonId focal = site.person("Айгүл Мээримдик", "aigul@example.org", {Role::focal_point, {}, ours, {}});
  PersonId stranger = site.person("Талас Үмүттүк", "talas@example.org", {Role::focal_point, {}, theirs, {}});
  PersonId administrator = site.person("Админ", "admin@example.org", {Role::administrator, {}, {}, {}});

  Browser as(PersonId person) { return Browser(site, site.session(person)); }
  std::string path(PersonId person) { return "/en/people/" + id_text(person); }
  std::string slug(coalition::OrganisationId id) { return site.facts().organisation(id)->slug; }
  Reply act(Browser& browser, PersonId person, std::string const& what, std::string const& role = {}) {
    // The token is taken from a page the actor may see: an attacker has one too.
    Fields fields{{"what", what}, {"role", role}, {"sure", "1"}, {"form_token", Browser::token(browser.get("/en/account").body, "/en/account")}};
    return browser.post(path(person), fields);
  }
  std::string link(Grant const& grant, std::string const& login = {}) {
    return "/en/invitation/" + account::invite_from_outside(site.database(), site.ids(), {"", login, "en", grant}, site.clock().now());
  }
  std::string state(PersonId person) {
    return site.database().read([&](db::Reader& read) { return account::Store(read).find(person)->state; });
  }
  std::size_t open_invitations() {
    return site.database().read([&](db::Reader& read) { return account::Store(read).open_invitations(site.clock().now()).size(); });
  }
  Fields newcomer(std::string const& login = "0700111222") const {
    return {{"name", "Жаңы"}, {"login", login}, {"password", std::string(good_password)}};
  }
};

TEST_F(People, WhomOneDoesNotLookAfterIsNotFound) {
  auto browser = as(focal);
  for (auto const other : {stranger, national, regional, PersonId{12345}}) {
    EXPECT_EQ(browser.get(path(other)).status, Status::not_found);
    EXPECT_EQ(act(browser, other, "lock").status, Status::not_found);
    EXPECT_EQ(act(browser, other, "link").status, Status::not_found);
  }
  EXPECT_EQ(browser.get("/en/people/not-an-id").status, Status::not_found);
  EXPECT_EQ(browser.get(path(focal)).status, Status::ok);
  EXPECT_EQ(state(stranger), "active");
}

TEST_F(People, TheListShowsTheOwnScopeOnly) {
  EXPECT_THAT(as(focal).get("/en/people").body,
              AllOf(HasSubstr("Айгүл Мээримдик"), Not(HasSubstr("Талас Үмүттүк")), Not(HasSubstr("Бакыт Улуттук"))));
  EXPECT_THAT(as(regional).get("/en/people").body,
              AllOf(HasSubstr("Айгүл Мээримдик"), HasSubstr("Нурлан Нарындык"), Not(HasSubstr("Талас Үмүттүк"))));
  EXPECT_THAT(as(national).get("/en/people").body, AllOf(HasSubstr("Айгүл Мээримдик"), HasSubstr("Талас Үмүттүк")));
}

TEST_F(People, NobodyLetsThemselvesInAsSomebodyWhoMayMore) {
  // A national coordinator who works for an organisation of the region is in the region's list, and still out of reach.
  auto const guest = site.person("Конок", "guest@example.org", {Role::national_coordinator, {}, ours, {}});
  for (auto const person : {regional, focal, administrator}) {
    auto browser = as(person);
    EXPECT_THAT(act(browser, guest, "link").status, ::testing::AnyOf(Status::forbidden, Status::not_found));
    EXPECT_THAT(act(browser, guest, "remove_factor").status, ::testing::AnyOf(Status::forbidden, Status::not_found));
  }
  for (auto const person : {regional, focal}) {
    auto browser = as(person);
    EXPECT_THAT(act(browser, guest, "lock").status, ::testing::AnyOf(Status::forbidden, Status::not_found));
  }
  EXPECT_EQ(state(guest), "active");
  auto browser = as(national);
  EXPECT_EQ(act(browser, administrator, "link").status, Status::forbidden) << "the system is not the coordinator's";
}

TEST_F(People, AnAdministratorLocksAndUnlocks) {
  auto browser = as(administrator);
  EXPECT_EQ(act(browser, focal, "lock").status, Status::see_other);
  EXPECT_EQ(state(focal), "locked");
  EXPECT_EQ(act(browser, focal, "unlock").status, Status::see_other);
  EXPECT_EQ(act(browser, administrator, "lock").status, Status::forbidden) << "not oneself";
}

TEST_F(People, SomebodyWhoIsGoneIsRemovedByWhoeverLooksAfterTheirAccount) {
  site.database().write([&](db::Tx& tx) {
    for (auto const* address : {"aigul@example.org", "talas@example.org"})
      jobs::mail(tx, site.ids(), {address, "Жаңылык", "Текст", {}, {}}, site.clock().now());
  });
  account::invite_from_outside(site.database(), site.ids(), {"Айгүл", "aigul@example.org", "ky", {Role::observer, {}, {}, {}}}, site.clock().now());
  auto other = as(stranger);
  EXPECT_EQ(act(other, focal, "remove").status, Status::not_found) << "not one of theirs";
  auto self = as(focal);
  EXPECT_EQ(act(self, focal, "remove").status, Status::forbidden) << "not oneself";
  auto browser = as(regional);
  auto const asked = browser.submit(path(focal), Fields{{"what", "remove"}});
  EXPECT_THAT(asked.body, AllOf(HasSubstr("Айгүл Мээримдик"), HasSubstr("nobody can bring them back"), HasSubstr("Yes, do it")));
  EXPECT_EQ(state(focal), "active");
  EXPECT_EQ(location(act(browser, focal, "remove")), "/en/people?done=remove");
  EXPECT_EQ(state(focal), "left");
  EXPECT_EQ(self.get("/en/account").status, Status::see_other) << "signed out";
  std::string stored;
  site.database().read([&](db::Reader& read) {
    for (auto const& table : db::tables(read))
      db::each_row(read, table, [&](auto const& values) {
        for (auto const& value : values) stored += std::string(value.text) + "\n";
      });
    EXPECT_EQ(account::Store(read).roles_of(focal).at(0).grant.organisation, ours) << "the record stays under the organisation";
  });
  EXPECT_THAT(stored, AllOf(Not(HasSubstr("aigul@example.org")), Not(HasSubstr("Айгүл")), HasSubstr("talas@example.org")));
  EXPECT_THAT(browser.get("/en/people?done=remove").body, HasSubstr("The account was removed."));
  EXPECT_EQ(browser.get(path(focal)).status, Status::not_found);
}

TEST_F(People, NobodyRemovesAnAccountWhoseRolesTheyCouldNotGive) {
  auto browser = as(national);
  EXPECT_THAT(browser.get(path(administrator)).body, Not(HasSubstr("value=\"remove\"")));
  EXPECT_EQ(act(browser, administrator, "remove").status, Status::forbidden);
  EXPECT_EQ(state(administrator), "active");
}

TEST_F(People, LockingAndEndingARoleAreAskedOnceMoreAndToldAfterwards) {
  auto browser = as(national);
  auto const role = site.database().read([&](db::Reader& read) { return account::Store(read).roles_of(focal).front().id; });
  auto const press = [&](std::string const& what, std::string const& id) {
    return browser.submit(path(focal), Fields{{"what", what}, {"role", id}});
  };
  for (auto const* what : {"lock", "end_role"}) {
    auto const asked = press(what, id_text(role));
    EXPECT_EQ(asked.status, Status::ok);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Айгүл Мээримдик"), HasSubstr("name=\"sure\" value=\"1\""), HasSubstr("Yes, do it")));
  }
  EXPECT_EQ(state(focal), "active");
  EXPECT_EQ(site.database().read([&](db::Reader& read) { return account::Store(read).grants(focal).size(); }), 1U);
  EXPECT_THAT(browser.get(path(focal) + "?done=lock").body, Not(HasSubstr("signed out everywhere."))) << "an address tells nothing that is not so";
  act(browser, focal, "lock");
  EXPECT_THAT(browser.get(path(focal) + "?done=lock").body, HasSubstr("Locked, and signed out everywhere."));
  act(browser, focal, "end_role", id_text(role));
  EXPECT_EQ(site.database().read([&](db::Reader& read) { return account::Store(read).grants(focal).size(); }), 0U);
  EXPECT_THAT(browser.get("/en/people?done=end_role").body, HasSubstr("The role was ended."));
}

TEST_F(People, TheHintAboutALinkStandsBesideTheButtonThatMakesIt) {
  auto const hint = HasSubstr("Give a link only to somebody");
  EXPECT_THAT(as(regional).get(path(focal)).body, hint);
  auto const colleague = site.person("Конок", "guest@example.org", {Role::national_coordinator, {}, {}, {}});
  auto const body = as(administrator).get(path(colleague)).body;
  EXPECT_THAT(body, HasSubstr("Lock and sign out everywhere"));
  EXPECT_THAT(body, Not(hint));
}

TEST_F(People, ARoleOfSomebodyElseIsNotEndedByItsNumber) {
  auto const role = site.database().read([&](db::Reader& read) { return account::Store(read).roles_of(stranger).front().id; });
  auto browser = as(regional);
  act(browser, focal, "end_role", id_text(role));
  EXPECT_EQ(site.database().read([&](db::Reader& read) { return account::Store(read).grants(stranger).size(); }), 1U);
}

TEST_F(People, ALinkToANewPasswordWorksOnce) {
  auto browser = as(regional);
  auto const page = act(browser, focal, "link");
  ASSERT_EQ(page.status, Status::ok);
  auto const address = "/ky/reset/" + Browser::between(page.body, "https://birge.example/ky/reset/", "\"");
  Browser theirs(site);
  EXPECT_EQ(theirs.submit(address, {{"password", "1234567890"}}).status, Status::unprocessable);
  EXPECT_EQ(theirs.submit(address, {{"password", "тогуз көл үч ат самоор"}}).status, Status::see_other);
  EXPECT_EQ(theirs.get("/en/account").status, Status::ok);
  EXPECT_EQ(theirs.get(address).status, Status::gone);
}

TEST_F(People, ALinkToANewPasswordDoesNotPassTheSecondStep) {
  auto browser = as(national);
  auto const page = act(browser, regional, "link");
  auto const address = "/ky/reset/" + Browser::between(page.body, "https://birge.example/ky/reset/", "\"");
  Browser theirs(site);
  EXPECT_EQ(location(theirs.submit(address, {{"password", "тогуз көл үч ат самоор"}})), "/ky/sign-in/code");
  EXPECT_EQ(theirs.get("/en/people").status, Status::see_other);
}

TEST_F(People, AnInvitationIsUsedOnceAndLookingUsesNothingUp) {
  auto const address = link({Role::member, {}, ours, {}});
  Browser messenger(site), guest(site), late(site);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(messenger.get(address).status, Status::ok);
  auto fields = newcomer();
  fields.emplace_back("form_token", Browser::token(late.get(address).body, address));
  EXPECT_EQ(guest.submit(address, newcomer()).status, Status::see_other);
  EXPECT_EQ(guest.get("/en/account").status, Status::ok);
  EXPECT_EQ(late.post(address, fields).status, Status::gone) << "sent again";
  EXPECT_EQ(late.get(address).status, Status::gone);
}

TEST_F(People, AnInvitationShowsNobodyElsesData) {
  auto browser = as(focal);
  auto const made =
      browser.submit("/en/people/invite",
                     {{"role", "member"}, {"organisation", slug(ours)}, {"name", "Гүлзат Сырова"}, {"login", "0555 98 76 54"}, {"language", "ky"}});
  ASSERT_EQ(made.status, Status::ok);
  auto const address = "/ky/invitation/" + Browser::between(made.body, "https://birge.example/ky/invitation/", "\"");
  Browser messenger(site);
  auto const preview = messenger.get(address);
  EXPECT_EQ(preview.status, Status::ok);
  EXPECT_EQ(preview.cache_control, "no-store");
  for (auto const* word : {"Сырова", "987654", "98 76 54", "Айгүл"}) EXPECT_THAT(preview.body, Not(HasSubstr(word)));
  EXPECT_THAT(preview.body, Not(HasSubstr("og:url\" content=\"https://birge.example/ky/invitation/")));
  EXPECT_THAT(preview.body, HasSubstr("noindex"));
  Browser wrong(site);
  EXPECT_EQ(wrong.submit(address, newcomer("0700 111 222")).status, Status::unprocessable) << "it is for another number";
  EXPECT_EQ(wrong.submit(address, newcomer("0555987654")).status, Status::see_other);
}

TEST_F(People, AnInvitationIsOverAfterSevenDaysAlsoWhenTheClockIsSetBack) {
  auto const address = link({Role::member, {}, ours, {}});
  site.wait(7 * 24h);
  Browser guest(site);
  EXPECT_EQ(guest.get(address).status, Status::gone);
  auto somebody = as(focal);
  somebody.get("/en/account");
  site.clock().set(site.clock().now() - 24h);
  EXPECT_EQ(guest.get(address).status, Status::gone);
}

TEST_F(People, AnInvitationDoesNotOutliveTheRightItCameFrom) {
  auto browser = as(focal);
  auto const made = browser.submit("/en/people/invite", {{"role", "member"}, {"organisation", slug(ours)}});
  auto const address = "/en/invitation/" + Browser::between(made.body, "https://birge.example/en/invitation/", "\"");
  site.database().write([&](db::Tx& tx) { account::set_locked(tx, focal, true, site.clock().now()); });
  Browser guest(site);
  EXPECT_EQ(guest.get(address).status, Status::gone);
}

TEST_F(People, ANameThatIsTakenIsNotTakenOver) {
  Browser guest(site);
  auto const address = link({Role::member, {}, ours, {}});
  EXPECT_EQ(guest.submit(address, newcomer("AIGUL@example.org")).status, Status::unprocessable);
  EXPECT_EQ(guest.submit(address, newcomer()).status, Status::see_other) << "the invitation is still good";
}

TEST_F(People, WhoIsSignedInAddsTheRoleToTheirAccount) {
  auto browser = as(focal);
  auto const address = link({Role::observer, {}, {}, {}});
  EXPECT_EQ(browser.submit(address, {{"add", "1"}}).status, Status::see_other);
  EXPECT_EQ(site.database().read([&](db::Reader& read) { return account::Store(read).grants(focal).size(); }), 2U);
}

TEST_F(People, NobodyInvitesToMoreThanTheyHaveHoweverTheFormIsFilled) {
  struct Try {
    PersonId who;
    Fields fields;
  };
  std::vector<Try> const tries{
      {focal, {{"role", "national_coordinator"}}},
      {focal, {{"role", "administrator"}}},
      {focal, {{"role", "regional_coordinator"}, {"region", "naryn"}}},
      {focal, {{"role", "member"}, {"organisation", slug(theirs)}}},
      {focal, {{"role", "communications_officer"}, {"organisation", slug(ours)}}},
      {regional, {{"role", "regional_coordinator"}, {"region", "talas"}}},
      {regional, {{"role", "focal_point"}, {"organisation", slug(theirs)}}},
      {regional, {{"role", "administrator"}}},
      {national, {{"role", "administrator"}}},
      {administrator, {{"role", "national_coordinator"}}},
      {administrator, {{"role", "member"}, {"organisation", slug(ours)}}},
  };
  for (auto const& attempt : tries) {
    auto browser = as(attempt.who);
    EXPECT_EQ(browser.submit("/en/people/invite", attempt.fields).status, Status::forbidden) << attempt.fields[0].second;
  }
  auto browser = as(focal);
  for (auto const* role : {"", "king", "member"})
    EXPECT_EQ(browser.submit("/en/people/invite", {{"role", role}}).status, Status::unprocessable) << role;
  EXPECT_EQ(open_invitations(), 0U);
}

TEST_F(People, FieldsThatAFormDoesNotHaveChangeNothing) {
  auto browser = as(focal);
  EXPECT_EQ(browser
                .submit("/en/account", {{"name", "Айгүл"},
                                        {"language", "ru"},
                                        {"role", "administrator"},
                                        {"state", "locked"},
                                        {"id", id_text(national)},
                                        {"organisation", slug(theirs)}})
                .status,
            Status::see_other);
  site.database().read([&](db::Reader& read) {
    account::Store store(read);
    EXPECT_EQ(store.find(focal)->name, "Айгүл");
    EXPECT_EQ(store.find(national)->name, "Бакыт Улуттук");
    EXPECT_EQ(store.grants(focal), (std::vector<Grant>{{Role::focal_point, {}, ours, {}}}));
    EXPECT_EQ(store.find(focal)->state, "active");
  });
}

TEST_F(People, AnInvitationIsTakenBackByThoseInItsScopeOnly) {
  link({Role::member, {}, ours, {}});
  auto const id = site.database().read([&](db::Reader& read) { return account::Store(read).open_invitations(site.clock().now()).front().id; });
  auto const take_back = [&](Browser browser) {
    return browser.post("/en/people/invitations/" + id_text(id), {{"form_token", Browser::token(browser.get("/en/account").body, "/en/account")}})
        .status;
  };
  EXPECT_EQ(take_back(as(stranger)), Status::not_found);
  EXPECT_EQ(open_invitations(), 1U);
  EXPECT_EQ(take_back(as(focal)), Status::see_other);
  EXPECT_EQ(open_invitations(), 0U);
}

TEST_F(People, AFormFromAnotherSiteIsRefused) {
  auto browser = as(focal);
  auto const token = Browser::token(browser.get("/en/account").body, "/en/account");
  Fields const good{{"name", "Башкача"}, {"language", "ky"}, {"form_token", token}};
  browser.sent_from = "cross-site";
  EXPECT_EQ(browser.post("/en/account", good).status, Status::forbidden) << "even with the right token";
  browser.sent_from = "same-site";
  EXPECT_EQ(browser.post("/en/account", good).status, Status::forbidden) << "a neighbour under the same domain";
  browser.sent_from.clear();
  browser.origin = "https://evil.example";
  EXPECT_EQ(browser.post("/en/account", good).status, Status::forbidden);
  browser.origin = "null";
  EXPECT_EQ(browser.post("/en/account", {{"name", "Башкача"}}).status, Status::forbidden) << "an old browser, and no token";
  browser.origin = "https://birge.example";
  EXPECT_EQ(browser.post("/en/account", good).status, Status::see_other);
}

TEST_F(People, ATokenIsGoodForItsSessionOnly) {
  auto browser = as(focal), other = as(stranger);
  Fields fields{{"name", "Башкача"}, {"language", "ky"}, {"form_token", Browser::token(other.get("/en/account").body, "/en/account")}};
  auto const refused = browser.post("/en/account", fields);
  EXPECT_EQ(refused.status, Status::forbidden);
  EXPECT_THAT(refused.body, HasSubstr("value=\"Башкача\"")) << "what was typed can be sent again";
  EXPECT_THAT(site.database().read([&](db::Reader& read) { return account::Store(read).find(focal)->name; }), "Айгүл Мээримдик");
}

TEST_F(People, APublicFormsTokenIsForItsPageAndADay) {
  Browser browser(site);
  auto const token = Browser::token(browser.get("/en/sign-in").body, "/en/sign-in");
  EXPECT_EQ(browser.post(link({Role::member, {}, ours, {}}), {{"form_token", token}}).status, Status::forbidden) << "of another form";
  EXPECT_EQ(browser.post("/en/sign-in", {{"form_token", token + "x"}}).status, Status::forbidden);
  EXPECT_EQ(browser.post("/ru/sign-in", {{"form_token", token}}).status, Status::unprocessable) << "the language does not matter";
  site.wait(13h);
  EXPECT_EQ(browser.post("/en/sign-in", {{"form_token", token}}).status, Status::forbidden);
}

TEST_F(People, WhatWasTypedSurvivesTheEndOfTheSession) {
  auto browser = as(focal);
  auto const token = Browser::token(browser.get("/en/account").body, "/en/account");
  site.wait(8 * 24h);
  auto const reply = browser.post("/en/account", {{"name", "Узун текст"}, {"password", "жашыруун сөз"}, {"form_token", token}});
  EXPECT_EQ(reply.status, Status::forbidden);
  EXPECT_THAT(reply.body, HasSubstr("Узун текст"));
  EXPECT_THAT(reply.body, HasSubstr("You are no longer signed in"));
  EXPECT_THAT(reply.body, Not(HasSubstr("жашыруун")));
}

TEST_F(People, MarkupInANameStaysText) {
  auto const bad = site.person("<script>alert(1)</script>", "bad@example.org", {Role::member, {}, ours, {}});
  for (auto const& page :
       {as(focal).get("/en/people").body, as(focal).get(path(bad)).body, as(bad).get("/en/account").body, as(bad).get("/en/activities").body})
    EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
}

}  // namespace
}  // namespace birge::app::testing
