#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "app/site_testing.hpp"
#include "features/account/directory.hpp"
#include "features/account/invitation.hpp"
#include "features/account/joining.hpp"
#include "features/account/second_factor.hpp"
#include "features/audit/log.hpp"

namespace birge::app::testing {
namespace {

/// Every statement about people runs on both engines: a campaign's first week at the door.
class FirstWeek : public ::testing::TestWithParam<db::Engine> {};
INSTANTIATE_TEST_SUITE_P(BothEngines, FirstWeek, db::both_engines(), db::engine_name);

TEST_P(FirstWeek, PeopleComeInWorkAndLeave) {
  Site site(GetParam());
  auto const& facts = site.facts();
  auto const link = [&](Grant const& grant) {
    return "/en/invitation/" + account::invite_from_outside(site.database(), site.ids(), {"Бакыт", "", "en", grant}, site.clock().now());
  };

  Browser coordinator(site);
  EXPECT_EQ(location(coordinator.submit(link({Role::national_coordinator, {}, {}, {}}),
                                        {{"name", "Бакыт"}, {"login", "0700 000 001"}, {"password", std::string(good_password)}})),
            "/en/sign-in/setup");
  EXPECT_EQ(coordinator.submit("/en/sign-in/setup", {{"way", "card"}}).status, Status::ok);
  Browser second(site);
  second.submit(link({Role::national_coordinator, {}, {}, {}}),
                {{"name", "Гүлнара"}, {"login", "0700 000 002"}, {"password", std::string(good_password)}});
  auto const secret = Browser::between(second.get("/en/sign-in/setup").body, "name=\"code_secret\" value=\"", "\"");
  EXPECT_EQ(
      second.submit("/en/sign-in/setup", {{"way", "app"}, {"code_secret", secret}, {"code", account::totp_code(secret, site.clock().now())}}).status,
      Status::ok);

  Browser reader(site);
  EXPECT_EQ(reader
                .submit("/en/join", {{"name", "Жаш муун"},
                                     {"kind", "youth"},
                                     {"about", "Лекциялар"},
                                     {"active", "naryn"},
                                     {"contact_name", "Жамиля"},
                                     {"contact", "a@b.kg"}})
                .status,
            Status::ok);
  auto const id = site.database().read([](db::Reader& read) { return account::Register(read).waiting().at(0).id; });
  auto const joining = "/en/joining/" + id_text(id);
  EXPECT_EQ(coordinator.submit(joining, {{"what", "approve"}}).status, Status::see_other);
  auto const joined = second.submit(joining, {{"what", "approve"}});
  ASSERT_EQ(joined.status, Status::ok);
  Browser focal(site);
  EXPECT_EQ(focal
                .submit("/en/invitation/" + Browser::between(joined.body, "birge.example/en/invitation/", "\""),
                        {{"name", "Жамиля"}, {"login", "A@B.kg"}, {"password", std::string(good_password)}})
                .status,
            Status::see_other);
  EXPECT_EQ(focal.get("/en/people").status, Status::ok);
  EXPECT_EQ(focal.get("/en/people/invite").status, Status::ok);
  EXPECT_EQ(focal.submit("/en/account", {{"name", "Жамиля Б."}, {"language", "ru"}}).status, Status::see_other);

  auto const person = site.database().read([](db::Reader& read) { return account::Store(read).by_login("a@b.kg").value(); });
  Browser elsewhere(site, site.session(person));
  auto const sessions = focal.get("/en/account").body;
  EXPECT_EQ(focal.submit("/en/account", "/en/account/sessions", {{"session", Browser::between(sessions, "name=\"session\" value=\"", "\"")}}).status,
            Status::see_other);
  EXPECT_EQ(elsewhere.get("/en/account").status, Status::see_other);
  Browser again(site, site.session(person));
  EXPECT_EQ(again.submit("/en/account", {{"name", "Жамиля Б."}, {"language", "ru"}}).status, Status::see_other) << "nothing new";
  EXPECT_EQ(again.submit("/en/account", "/en/account/sessions", {{"session", "all"}}).status, Status::see_other);
  focal.set_cookie(site.session(person));
  auto const page = "/en/people/" + id_text(person);
  EXPECT_EQ(coordinator.submit(page, {{"what", "lock"}, {"sure", "1"}}).status, Status::see_other);
  EXPECT_EQ(focal.get("/en/account").status, Status::see_other);
  EXPECT_EQ(coordinator.submit(page, {{"what", "unlock"}}).status, Status::see_other);
  auto const reset = coordinator.submit(page, {{"what", "link"}});
  EXPECT_EQ(
      focal.submit("/ru/reset/" + Browser::between(reset.body, "birge.example/ru/reset/", "\""), {{"password", "тогуз көл үч ат самоор"}}).status,
      Status::see_other);
  EXPECT_EQ(focal.submit("/en/account/leave", {{"password", "тогуз көл үч ат самоор"}}).status, Status::see_other);

  site.database().read([&](db::Reader& read) {
    auto const who = account::who(read, std::array{person}).at(person.value);
    EXPECT_EQ(who.name, "");
    EXPECT_EQ(who.role, Role::focal_point) << "under whom it was done stays known";
    EXPECT_TRUE(who.organisation);
    EXPECT_EQ(account::people_who_may(read, account::Permission::confirm, {facts.places->by_code("naryn")->id, {}, {}}).size(), 2U);
    EXPECT_TRUE(account::Store(read).logins(person).empty());
    std::set<std::string> noted;
    std::vector<std::string> of_account;
    for (auto const& entry : audit::entries(read, {}, std::numeric_limits<std::int64_t>::max(), 1000)) {
      noted.insert(entry.action);
      if (entry.object == "account" && entry.action == "changed") of_account.push_back(entry.changes);
    }
    EXPECT_EQ(of_account, std::vector<std::string>{"name\nlanguage\ten\tru"}) << "of a name only that it changed";
    for (auto const* action : {"invited", "account_made", "second_step_set", "asked_to_join", "approved", "locked", "unlocked", "reset_link_made",
                               "session_ended", "signed_out_everywhere", "password_reset", "signed_in", "left"})
      EXPECT_TRUE(noted.contains(action)) << action;
  });
}

}  // namespace
}  // namespace birge::app::testing
