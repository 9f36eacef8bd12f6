#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "app/site_testing.hpp"
#include "features/account/invitation.hpp"
#include "features/account/second_factor.hpp"
#include "platform/db/dump.hpp"

namespace birge::app::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class SignIn : public ::testing::Test {
protected:
  Site site;
  coalition::OrganisationId ours = site.organisation("Мээрим", site.region("naryn"));

  PersonId member(std::string const& login = "0700123456") { return site.person("Айгүл Токтогулова", login, {Role::member, {}, ours, {}}); }
  PersonId coordinator() { return site.person("Бакыт", "bakyt@example.org", {Role::national_coordinator, {}, {}, {}}); }

  Reply try_in(Browser& browser, std::string const& login, std::string const& password, std::string const& next = {}) {
    return browser.submit("/en/sign-in", {{"login", login}, {"password", password}, {"next", next}});
  }
  std::string link(Grant const& grant, std::string const& login = {}) {
    return "/en/invitation/" + account::invite_from_outside(site.database(), site.ids(), {"", login, "en", grant}, site.clock().now());
  }
  /// Everything that is stored, as text.
  std::string dump() {
    std::string all;
    site.database().read([&](db::Reader& read) {
      for (auto const& table : db::tables(read))
        db::each_row(read, table, [&](auto const& values) {
          for (auto const& value : values) all += std::string(value.text) + "\n";
        });
    });
    return all;
  }
};

TEST_F(SignIn, AWrongPasswordAndAnUnknownNameAreToldApartByNothing) {
  member();
  Browser browser(site), other(site);
  auto const wrong = try_in(browser, "0700123456", "not the password");
  auto const unknown = try_in(other, "0700999999", "not the password");
  EXPECT_EQ(wrong.status, Status::unprocessable);
  EXPECT_EQ(unknown.status, Status::unprocessable);
  EXPECT_THAT(wrong.body, HasSubstr("Name and password do not fit together"));
  EXPECT_THAT(wrong.body, HasSubstr("value=\"0700123456\"")) << "what was typed is kept";
  EXPECT_THAT(wrong.body, Not(HasSubstr("not the password")));
  EXPECT_TRUE(browser.cookie().empty());
}

TEST_F(SignIn, TooManyAttemptsHaveToWaitAlsoWithTheRightPassword) {
  member();
  Browser browser(site);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(try_in(browser, "0700123456", "wrong wrong wrong").status, Status::unprocessable) << i;
  EXPECT_EQ(try_in(browser, "+996 700 123 456", std::string(good_password)).status, Status::too_many_requests) << "in any spelling of the number";
  Browser elsewhere(site);
  elsewhere.peer = "198.51.100.7";
  EXPECT_EQ(try_in(elsewhere, "0700123456", std::string(good_password)).status, Status::too_many_requests) << "from any address";
  site.clock().set(site.clock().now() - 24h);
  EXPECT_EQ(try_in(browser, "0700123456", std::string(good_password)).status, Status::too_many_requests) << "a clock that was set back opens nothing";
  site.wait(24h + 16s);
  EXPECT_EQ(try_in(browser, "0700123456", std::string(good_password)).status, Status::see_other);
}

TEST_F(SignIn, TheDelayGrows) {
  member();
  Browser browser(site);
  for (int i = 0; i < 6; ++i) try_in(browser, "0700123456", "wrong wrong wrong");
  site.wait(16s);
  EXPECT_EQ(try_in(browser, "0700123456", "wrong wrong wrong").status, Status::unprocessable);
  site.wait(16s);
  EXPECT_EQ(try_in(browser, "0700123456", "wrong wrong wrong").status, Status::too_many_requests) << "now it is half a minute";
}

TEST_F(SignIn, OneAddressCannotTryManyNames) {
  Browser browser(site);
  Status last = Status::ok;
  for (int i = 0; i < 40 && last != Status::too_many_requests; ++i)
    last = try_in(browser, "07001234" + std::to_string(10 + i), "wrong wrong wrong").status;
  EXPECT_EQ(last, Status::too_many_requests);
  Browser neighbour(site);
  neighbour.peer = "198.51.100.7";
  EXPECT_EQ(try_in(neighbour, "0700555555", "wrong wrong wrong").status, Status::unprocessable);
}

TEST_F(SignIn, ALockedAccountIsOutAtOnce) {
  auto const id = member();
  Browser browser(site, site.session(id));
  EXPECT_EQ(browser.get("/en/account").status, Status::ok);
  site.database().write([&](db::Tx& tx) { account::set_locked(tx, id, true, site.clock().now()); });
  EXPECT_EQ(browser.get("/en/account").status, Status::see_other);
  EXPECT_EQ(try_in(browser, "0700123456", std::string(good_password)).status, Status::unprocessable);
}

TEST_F(SignIn, TheCookieIsForThisSiteOnlyAndHidesFromScripts) {
  member();
  Browser browser(site);
  auto const reply = try_in(browser, "0700123456", std::string(good_password));
  EXPECT_EQ(location(reply), "/en/work");
  auto const cookie = header(reply, "Set-Cookie");
  EXPECT_THAT(cookie, StartsWith("__Host-birge="));
  for (auto const* part : {"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"}) EXPECT_THAT(cookie, HasSubstr(part));
  EXPECT_THAT(cookie, Not(HasSubstr("Domain")));
  EXPECT_THAT(dump(), Not(HasSubstr(browser.cookie()))) << "only its hash is stored";
  EXPECT_THAT(dump(), Not(HasSubstr(std::string(good_password))));
}

TEST_F(SignIn, LeadsOnlyToOwnPages) {
  member();
  for (auto const* next : {"//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "\\\\evil", "/\t/evil.example",
                           "evil", "/en/work\r\nX: y"}) {
    Browser browser(site);
    EXPECT_EQ(location(try_in(browser, "0700123456", std::string(good_password), next)), "/en/work") << next;
  }
  Browser browser(site);
  EXPECT_EQ(location(try_in(browser, "0700123456", std::string(good_password), "/ky/account?x=1")), "/ky/account?x=1");
}

TEST_F(SignIn, ASessionThatSomebodyBroughtAlongIsNotTaken) {
  member();
  Browser browser(site, "a-value-chosen-by-somebody-else-000000000000");
  try_in(browser, "0700123456", std::string(good_password));
  EXPECT_NE(browser.cookie(), "a-value-chosen-by-somebody-else-000000000000");
}

TEST_F(SignIn, EveryStepEndsTheTokenBeforeIt) {
  auto const id = coordinator();
  auto const secret = account::new_totp_secret();
  site.database().write([&](db::Tx& tx) { account::set_factor(tx, id, {"totp", secret, 0}, {}, {}, site.clock().now()); });
  Browser browser(site);
  EXPECT_EQ(location(try_in(browser, "bakyt@example.org", std::string(good_password), "/en/people")), "/en/sign-in/code?next=%2Fen%2Fpeople");
  auto const half_way = browser.cookie();
  EXPECT_EQ(browser.get("/en/people").status, Status::see_other) << "half-way is not in";
  EXPECT_EQ(location(browser.get("/en/people")), "/en/sign-in/code?next=%2Fen%2Fpeople");
  auto const code = account::totp_code(secret, site.clock().now());
  EXPECT_EQ(location(browser.submit("/en/sign-in/code", {{"code", code}, {"next", "/en/people"}})), "/en/people");
  EXPECT_NE(browser.cookie(), half_way);
  EXPECT_EQ(browser.get("/en/people").status, Status::ok);
  Browser thief(site, half_way);
  EXPECT_EQ(location(thief.get("/en/sign-in/code")), "/en/sign-in") << "the token from before is none";
}

TEST_F(SignIn, ACodeIsGoodOnceAlsoForTwoAtATime) {
  auto const id = coordinator();
  auto const secret = account::new_totp_secret();
  site.database().write([&](db::Tx& tx) { account::set_factor(tx, id, {"totp", secret, 0}, {}, {}, site.clock().now()); });
  Browser first(site), second(site);
  try_in(first, "bakyt@example.org", std::string(good_password));
  try_in(second, "bakyt@example.org", std::string(good_password));
  auto const code = account::totp_code(secret, site.clock().now());
  EXPECT_EQ(first.submit("/en/sign-in/code", {{"code", code}}).status, Status::see_other);
  EXPECT_EQ(second.submit("/en/sign-in/code", {{"code", code}}).status, Status::unprocessable) << "read over a shoulder";
  site.clock().set(site.clock().now() - 30s);
  EXPECT_EQ(second.submit("/en/sign-in/code", {{"code", account::totp_code(secret, site.clock().now())}}).status, Status::unprocessable)
      << "of the time before";
}

TEST_F(SignIn, CodesCannotBeTriedOneAfterAnother) {
  auto const id = coordinator();
  auto const secret = account::new_totp_secret();
  site.database().write([&](db::Tx& tx) { account::set_factor(tx, id, {"totp", secret, 0}, {}, {}, site.clock().now()); });
  Browser browser(site);
  try_in(browser, "bakyt@example.org", std::string(good_password));
  Status last = Status::ok;
  for (int i = 0; i < 8; ++i) last = browser.submit("/en/sign-in/code", {{"code", "00000" + std::to_string(i)}}).status;
  EXPECT_EQ(last, Status::too_many_requests);
}

TEST_F(SignIn, ACardAsksForItsCodesInOrderAndARecoveryCodeHelps) {
  auto const id = coordinator();
  auto const hash = [&](char const* code) { return account::paper_code_hash(id, code); };
  site.database().write([&](db::Tx& tx) {
    account::set_factor(tx, id, {"card", "", 0}, {hash("aaaa-1111"), hash("bbbb-2222")}, {hash("rrrr-9999")}, site.clock().now());
  });
  Browser browser(site);
  try_in(browser, "bakyt@example.org", std::string(good_password));
  EXPECT_THAT(browser.get("/en/sign-in/code").body, HasSubstr("Code number 1 of your card"));
  EXPECT_EQ(browser.submit("/en/sign-in/code", {{"code", "bbbb-2222"}}).status, Status::unprocessable) << "not the one that was asked for";
  EXPECT_EQ(browser.submit("/en/sign-in/code", {{"code", "AAAA 1111"}}).status, Status::see_other);
  Browser again(site);
  try_in(again, "bakyt@example.org", std::string(good_password));
  EXPECT_EQ(again.submit("/en/sign-in/code", {{"code", "aaaa-1111"}}).status, Status::unprocessable) << "crossed out";
  EXPECT_EQ(again.submit("/en/sign-in/code", {{"code", "rrrr-9999"}}).status, Status::see_other);
  Browser third(site);
  try_in(third, "bakyt@example.org", std::string(good_password));
  EXPECT_EQ(third.submit("/en/sign-in/code", {{"code", "rrrr-9999"}}).status, Status::unprocessable);
}

TEST_F(SignIn, ARecoveryCodeIsTypedWithLettersAlsoBySomebodyWithAnApp) {
  auto const id = coordinator();
  site.database().write([&](db::Tx& tx) {
    account::set_factor(tx, id, {"totp", account::new_totp_secret(), 0}, {}, {account::paper_code_hash(id, "rrrr-9999")}, site.clock().now());
  });
  Browser browser(site);
  try_in(browser, "bakyt@example.org", std::string(good_password), "/en/people");
  auto const usual = browser.get("/en/sign-in/code?next=%2Fen%2Fpeople").body;
  EXPECT_THAT(usual, HasSubstr("inputmode=\"numeric\""));
  EXPECT_THAT(usual, HasSubstr("/en/sign-in/code?with=recovery&amp;next=%2Fen%2Fpeople"));
  auto const recovery = browser.get("/en/sign-in/code?with=recovery&next=%2Fen%2Fpeople").body;
  EXPECT_THAT(recovery, AllOf(HasSubstr("Recovery code"), Not(HasSubstr("inputmode=\"numeric\"")), Not(HasSubstr("Code from your app"))));
  auto const wrong = browser.submit("/en/sign-in/code?with=recovery", "/en/sign-in/code", {{"code", "aaaa-1111"}, {"with", "recovery"}});
  EXPECT_EQ(wrong.status, Status::unprocessable);
  EXPECT_THAT(wrong.body, Not(HasSubstr("inputmode=\"numeric\"")));
  auto const right = browser.submit("/en/sign-in/code", {{"code", "rrrr 9999"}, {"with", "recovery"}, {"next", "/en/people"}});
  EXPECT_EQ(location(right), "/en/people");
}

TEST_F(SignIn, AUsedUpCardAsksForARecoveryCodeAndNotForAnApp) {
  auto const id = coordinator();
  site.database().write([&](db::Tx& tx) {
    account::set_factor(tx, id, {"card", "", 0}, {account::paper_code_hash(id, "aaaa-1111")}, {account::paper_code_hash(id, "rrrr-9999")},
                        site.clock().now());
    ASSERT_TRUE(account::use_code(tx, id, account::paper_code_hash(id, "aaaa-1111"), 1, site.clock().now()));
  });
  Browser browser(site);
  try_in(browser, "bakyt@example.org", std::string(good_password));
  auto const page = browser.get("/en/sign-in/code").body;
  EXPECT_THAT(page, AllOf(HasSubstr("All codes of your card are used."), HasSubstr("Recovery code")));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("Code from your app")), Not(HasSubstr("inputmode=\"numeric\""))));
  EXPECT_EQ(browser.submit("/en/sign-in/code", {{"code", "rrrr-9999"}, {"with", "recovery"}}).status, Status::see_other);
}

TEST_F(SignIn, EveryRoleThatChangesWhatOthersRelyOnNeedsASecondStepAndNoOther) {
  int number = 0;
  auto const naryn = site.region("naryn");
  std::vector<std::pair<Grant, bool>> const cases{{{Role::administrator, {}, {}, {}}, true},
                                                  {{Role::national_coordinator, {}, {}, {}}, true},
                                                  {{Role::regional_coordinator, naryn, {}, {}}, true},
                                                  {{Role::communications_officer, {}, {}, {}}, true},
                                                  {{Role::focal_point, {}, ours, {}}, false},
                                                  {{Role::member, {}, ours, {}}, false},
                                                  {{Role::observer, {}, {}, {}}, false}};
  for (auto const& [grant, needed] : cases) {
    Browser browser(site);
    auto const login = "newcomer" + std::to_string(++number) + "@example.org";
    auto const reply = browser.submit(link(grant), {{"name", "Жаңы"}, {"login", login}, {"password", std::string(good_password)}});
    EXPECT_EQ(location(reply), needed ? "/en/sign-in/setup" : "/en/work") << account::role_code(grant.role);
    EXPECT_EQ(browser.get("/en/account").status, needed ? Status::see_other : Status::ok) << account::role_code(grant.role);
  }
}

TEST_F(SignIn, ACoordinatorSetsUpASecondStepBeforeAnythingElse) {
  auto const path = link({Role::national_coordinator, {}, {}, {}});
  Browser browser(site);
  EXPECT_EQ(location(browser.submit(path, {{"name", "Бакыт"}, {"login", "bakyt@example.org"}, {"password", std::string(good_password)}})),
            "/en/sign-in/setup");
  for (auto const* page : {"/en/people", "/en/account", "/en/work"})
    EXPECT_THAT(location(browser.get(page)), StartsWith("/en/sign-in/setup")) << page;
  auto const page = browser.get("/en/sign-in/setup").body;
  auto const secret = Browser::between(page, "name=\"code_secret\" value=\"", "\"");
  Fields const fields{{"way", "app"}, {"code_secret", secret}};
  auto wrong = fields;
  wrong.emplace_back("code", "000000");
  EXPECT_EQ(browser.submit("/en/sign-in/setup", wrong).status, Status::unprocessable);
  auto right = fields;
  right.emplace_back("code", account::totp_code(secret, site.clock().now()));
  auto const before = browser.cookie();
  auto const done = browser.submit("/en/sign-in/setup", right);
  EXPECT_EQ(done.status, Status::ok);
  EXPECT_THAT(done.body, HasSubstr("Recovery codes"));
  EXPECT_EQ(done.cache_control, "no-store");
  EXPECT_NE(browser.cookie(), before);
  EXPECT_EQ(browser.get("/en/people").status, Status::ok);
}

TEST_F(SignIn, ARoleThatNeedsASecondStepAsksForItAtTheNextPage) {
  auto const id = member();
  Browser browser(site, site.session(id));
  EXPECT_EQ(browser.get("/en/work").status, Status::ok);
  site.database().write([&](db::Tx& tx) {
    account::give_role(tx, site.ids(), id, {Role::regional_coordinator, site.region("naryn"), {}, {}}, {}, site.clock().now());
  });
  EXPECT_THAT(location(browser.get("/en/work")), StartsWith("/en/sign-in/setup"));
}

TEST_F(SignIn, ASessionEndsAfterAWeekWithoutUseAndStaysOverWhenTheClockIsSetBack) {
  auto const id = member();
  Browser browser(site, site.session(id));
  site.wait(6 * 24h);
  EXPECT_EQ(browser.get("/en/work").status, Status::ok) << "used, so it goes on";
  site.wait(7 * 24h);
  EXPECT_EQ(browser.get("/en/work").status, Status::see_other);
  member("0555123456");
  Browser somebody(site);
  try_in(somebody, "0555123456", std::string(good_password));
  site.clock().set(site.clock().now() - 24h);
  EXPECT_EQ(browser.get("/en/work").status, Status::see_other);
}

TEST_F(SignIn, ASessionEndsAfterThirtyDaysHoweverMuchItIsUsed) {
  Browser browser(site, site.session(member()));
  for (int day = 0; day < 29; ++day) {
    site.wait(24h);
    ASSERT_EQ(browser.get("/en/work").status, Status::ok) << day;
  }
  site.wait(25h);
  EXPECT_EQ(browser.get("/en/work").status, Status::see_other);
}

TEST_F(SignIn, ACoordinatorsSessionEndsAfterHalfADayWithoutUse) {
  Browser browser(site, site.session(coordinator()));
  site.wait(11h);
  EXPECT_EQ(browser.get("/en/people").status, Status::ok);
  site.wait(13h);
  EXPECT_EQ(browser.get("/en/people").status, Status::see_other);
}

TEST_F(SignIn, SessionsAreListedAndEnded) {
  auto const id = member();
  Browser telephone(site, site.session(id)), office(site, site.session(id));
  auto const stranger = site.person("Башка", "other@example.org", {Role::member, {}, ours, {}});
  Browser other(site, site.session(stranger));
  auto const page = other.get("/en/account").body;
  EXPECT_EQ(telephone.submit("/en/account", "/en/account/sessions", {{"session", "1"}}).status, Status::not_found);
  EXPECT_EQ(telephone.submit("/en/account", "/en/account/sessions", {{"session", "all"}}).status, Status::see_other);
  EXPECT_EQ(office.get("/en/account").status, Status::see_other);
  EXPECT_EQ(other.get("/en/account").status, Status::ok) << "nobody else's";
}

TEST_F(SignIn, ANewPasswordSignsOutEverywhereElse) {
  auto const id = member();
  Browser here(site, site.session(id)), there(site, site.session(id));
  auto const before = here.cookie();
  auto const change = [&](std::string const& now, std::string const& wanted) {
    return here.submit("/en/account", "/en/account/password", {{"password_now", now}, {"password", wanted}}).status;
  };
  EXPECT_EQ(change("wrong wrong", "тогуз көл үч ат самоор"), Status::unprocessable);
  EXPECT_EQ(change(std::string(good_password), "Токтогулова"), Status::unprocessable) << "the own name";
  EXPECT_EQ(change(std::string(good_password), "тогуз көл үч ат самоор"), Status::see_other);
  EXPECT_NE(here.cookie(), before);
  EXPECT_EQ(here.get("/en/account").status, Status::ok);
  EXPECT_EQ(there.get("/en/account").status, Status::see_other);
  Browser thief(site, before);
  EXPECT_EQ(thief.get("/en/account").status, Status::see_other);
}

TEST_F(SignIn, SigningOutEndsTheSessionOnTheServer) {
  Browser browser(site, site.session(member()));
  auto const before = browser.cookie();
  EXPECT_EQ(browser.submit("/en/account", "/en/sign-out", {}).status, Status::see_other);
  EXPECT_TRUE(browser.cookie().empty());
  Browser again(site, before);
  EXPECT_EQ(again.get("/en/account").status, Status::see_other);
}

TEST_F(SignIn, WhoeverLeavesTakesTheirDataAlong) {
  auto const id = member();
  Browser browser(site, site.session(id));
  EXPECT_EQ(browser.submit("/en/account/leave", {{"password", "wrong wrong"}}).status, Status::unprocessable);
  EXPECT_EQ(browser.submit("/en/account/leave", {{"password", std::string(good_password)}}).status, Status::see_other);
  auto const stored = dump();
  EXPECT_THAT(stored, Not(HasSubstr("Токтогулова")));
  EXPECT_THAT(stored, Not(HasSubstr("700123456")));
  site.database().read([&](db::Reader& read) {
    auto const held = account::Store(read).roles_of(id);
    ASSERT_EQ(held.size(), 1U);
    EXPECT_EQ(held[0].grant.organisation, ours) << "what was done stays under the organisation";
    EXPECT_TRUE(held[0].ended);
  });
  EXPECT_EQ(try_in(browser, "0700123456", std::string(good_password)).status, Status::unprocessable);
}

TEST_F(SignIn, WithoutARelayNoLinkIsMailed) {
  Browser browser(site);
  EXPECT_EQ(Browser::token(browser.get("/en/forgotten").body, "/en/forgotten"), "no form for /en/forgotten");
  EXPECT_EQ(browser.post("/en/forgotten", {{"form_token", Browser::token(browser.get("/en/sign-in").body, "/en/sign-in")}}).status,
            Status::forbidden);
}

TEST(MailedReset, TellsNobodyWhoHasAnAccountAndWorksForAnHour) {
  Site site(db::Engine::sqlite, {{"smtp_address", "smtp://127.0.0.1:1"}, {"mail_from", "birge@birge.example"}});
  site.person("Айгүл", "aigul@example.org", {Role::observer, {}, {}, {}});
  Browser browser(site);
  auto const letters = [&] {
    std::vector<std::string> links;
    site.database().read([&](db::Reader& read) {
      for (auto const& table : db::tables(read))
        db::each_row(read, table, [&](auto const& values) {
          for (auto const& value : values)
            if (auto const secret = Browser::between(std::string(value.text), "birge.example/ky/reset/", "\n"); !secret.empty())
              links.push_back(secret);
        });
    });
    return links;
  };
  auto const unknown = browser.submit("/en/forgotten", {{"login", "nobody@example.org"}});
  EXPECT_TRUE(letters().empty());
  auto const known = browser.submit("/en/forgotten", {{"login", "Aigul@example.org"}});
  EXPECT_EQ(unknown.status, Status::ok);
  EXPECT_EQ(known.body, unknown.body);
  ASSERT_EQ(letters().size(), 1U);
  auto const path = "/ky/reset/" + letters()[0].substr(0, 43);
  EXPECT_EQ(browser.get(path).status, Status::ok);
  site.wait(1h);
  EXPECT_EQ(browser.get(path).status, Status::gone);
  Status last = Status::ok;
  for (int i = 0; i < 8; ++i) last = browser.submit("/en/forgotten", {{"login", "aigul@example.org"}}).status;
  EXPECT_EQ(last, Status::too_many_requests);
}

TEST(MailedReset, IsNoMoreWritesForAKnownAddressThanForAnUnknownOne) {
  Site site(db::Engine::sqlite, {{"smtp_address", "smtp://127.0.0.1:1"}, {"mail_from", "birge@birge.example"}});
  site.person("Айгүл", "aigul@example.org", {Role::observer, {}, {}, {}});
  Browser browser(site);
  auto const revision = [&] { return site.database().read([](db::Reader& read) { return db::Database::revision(read); }); };
  auto const writes_for = [&](std::string const& address) {
    auto const before = revision();
    EXPECT_EQ(browser.submit("/en/forgotten", {{"login", address}}).status, Status::ok);
    return revision() - before;
  };
  EXPECT_EQ(writes_for("nobody@example.org"), 1);
  EXPECT_EQ(writes_for("aigul@example.org"), 1);
}

TEST_F(SignIn, PublicPagesSetNoCookieAndStayAsTheyWere) {
  Browser reader(site);
  auto const reply = reader.get("/en/activities");
  EXPECT_EQ(reply.status, Status::ok);
  EXPECT_FALSE(reply.etag.empty());
  EXPECT_TRUE(header(reply, "Set-Cookie").empty());
  Browser signed_in(site, site.session(member()));
  auto const own = signed_in.get("/en/activities");
  EXPECT_TRUE(own.etag.empty());
  EXPECT_EQ(own.cache_control, "no-store");
  EXPECT_THAT(own.body, HasSubstr("class=\"workspace\""));
}

}  // namespace
}  // namespace birge::app::testing
