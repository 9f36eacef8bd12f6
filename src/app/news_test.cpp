#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "app/site_testing.hpp"
#include "features/account/second_factor.hpp"
#include "features/account/secret_key.hpp"
#include "features/activity/activity_store.hpp"
#include "features/notice/notice_letter.hpp"

/// What is reached without signing in: the link that stops letters and the private calendar; and what goes when somebody leaves.
namespace birge::app::testing {
namespace {

using notice::Rhythm;
using ::testing::HasSubstr;
using ::testing::Not;

class NewsByLink : public ::testing::TestWithParam<db::Engine> {
protected:
  Site site{GetParam()};
  place::PlaceId naryn = site.region("naryn");
  coalition::OrganisationId ours = site.organisation("Мээрим", naryn);
  PersonId focal = site.person("Айгүл", "aigul@example.org", {Role::focal_point, {}, ours, {}});
  PersonId other = site.person("Бакыт", "bakyt@example.org", {Role::focal_point, {}, ours, {}});

  std::string stop_path(PersonId person) {
    auto const address =
        site.database().read([&](db::Reader& read) { return notice::stop_address(site.app().services(), read, Language::en, person); });
    return address.substr(std::string_view("https://birge.example").size());
  }
  notice::Setting setting(PersonId person) {
    return site.database().read([&](db::Reader& read) { return notice::setting(read, person); });
  }
  std::string make_calendar(PersonId person) {
    Browser browser(site, site.session(person));
    auto const body = browser.submit("/en/account/notifications", "/en/account/notifications/calendar", {{"what", "renew"}}).body;
    return "/feeds/my/" + Browser::between(body, "https://birge.example/feeds/my/", "\"");
  }
  activity::ActivityId add(char const* title, activity::State state, bool is_public = true, Day due_day = {}) {
    activity::Activity made;
    made.edition = site.facts().edition("2018")->id;
    made.kind = "lecture";
    made.state = state;
    made.is_public = is_public;
    made.day = made.end_day = Day::parse("2018-10-25").value();
    made.start_minutes = 14 * 60;
    made.due_day = due_day;
    made.place = naryn;
    made.lead = ours;
    made.texts["ky"] = {title, "", ""};
    return site.database().write([&](db::Tx& tx) {
      activity::Saver saver(tx, site.ids(), site.facts(), site.clock().now());
      auto const id = saver.add(made, "test");
      saver.finish();
      return id;
    });
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, NewsByLink, db::both_engines(), db::engine_name);

TEST_P(NewsByLink, AStopLinkThatWasTamperedWithStopsNobody) {
  auto const path = stop_path(focal);
  auto const theirs = "/en/stop-letters/" + id_text(other) + path.substr(path.find('.'));
  for (auto const& wrong : {theirs, path + "x", path.substr(0, path.size() - 1), std::string("/en/stop-letters/" + id_text(focal)),
                            std::string("/en/stop-letters/x.y"), std::string("/en/stop-letters/.")}) {
    EXPECT_EQ(Browser(site).get(wrong).status, Status::not_found) << wrong;
    EXPECT_EQ(Browser(site).post(wrong, {{"List-Unsubscribe", "One-Click"}}).status, Status::not_found) << wrong;
  }
  EXPECT_EQ(setting(other), notice::Setting{});
}

TEST_P(NewsByLink, LookingAtTheStopLinkChangesNothingItsButtonDoes) {
  auto const path = stop_path(focal);
  auto const page = Browser(site).get(path);
  EXPECT_EQ(page.status, Status::ok);
  EXPECT_THAT(page.body, Not(HasSubstr("Айгүл")));
  EXPECT_EQ(setting(focal), notice::Setting{});
  EXPECT_EQ(Browser(site).submit(path, {}).status, Status::ok);
  EXPECT_EQ(setting(focal), (notice::Setting{Rhythm::none, Rhythm::none, Rhythm::none}));
}

TEST_P(NewsByLink, AMailProgramStopsLettersWithOneClickFromAnywhere) {
  Browser program(site);
  program.sent_from = "cross-site";
  program.origin = "https://mail.example";
  EXPECT_EQ(program.post(stop_path(focal), {{"List-Unsubscribe", "One-Click"}}).status, Status::ok);
  EXPECT_EQ(program.post(stop_path(focal), {{"List-Unsubscribe", "One-Click"}}).status, Status::ok) << "again does no harm";
  EXPECT_EQ(setting(focal).waits, Rhythm::none);
  EXPECT_EQ(setting(other), notice::Setting{});
}

TEST_P(NewsByLink, SettingsAreOnesOwnAndWrongOnesChangeNothing) {
  Browser browser(site, site.session(focal));
  EXPECT_EQ(browser.submit("/en/account/notifications", {{"waits", "now"}, {"mine", "weekly"}, {"talk", "hourly"}}).status, Status::see_other);
  EXPECT_EQ(setting(focal), (notice::Setting{Rhythm::now, Rhythm::weekly, Rhythm::daily}));
  EXPECT_EQ(setting(other), notice::Setting{});
}

TEST_P(NewsByLink, AGuessedCalendarIsNotFoundAndGuessingIsSlowedDown) {
  add("Ачык", activity::State::approved);
  Browser browser(site);
  EXPECT_EQ(browser.get("/feeds/my/" + std::string(43, 'a') + ".ics").status, Status::not_found);
  EXPECT_EQ(browser.get("/feeds/my/" + id_text(focal) + ".ics").status, Status::not_found);
  auto const path = make_calendar(focal);
  EXPECT_EQ(browser.get(path.substr(0, path.size() - 4)).status, Status::not_found);
  Status last = Status::ok;
  for (int i = 0; i < 30; ++i) last = browser.get("/feeds/my/guess" + std::to_string(i) + ".ics").status;
  EXPECT_EQ(last, Status::too_many_requests);
}

TEST_P(NewsByLink, TheCalendarHoldsOwnActivitiesWithTheirStateAndWhatIsDue) {
  auto const id = add("Лекция", activity::State::approved, false);
  add("Долбоор", activity::State::draft);
  add("Жарыяланган", activity::State::held, true, activity::never_due);
  auto const reply = Browser(site).get(make_calendar(focal));
  ASSERT_EQ(reply.status, Status::ok);
  EXPECT_THAT(reply.cache_control, HasSubstr("private"));
  EXPECT_EQ(reply.content_type, "text/calendar; charset=utf-8");
  auto text = reply.body;
  for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ")) text.erase(at, 3);
  auto const uid = site.database().read([&](db::Reader& read) { return activity::Store(read).find(id)->uid; });
  EXPECT_THAT(text, HasSubstr("UID:" + uid));
  EXPECT_THAT(text, HasSubstr("UID:due-" + uid));
  EXPECT_THAT(text, HasSubstr("SUMMARY:Лекция ("));
  EXPECT_THAT(text, HasSubstr("SUMMARY:Жарыяланган ("));
  EXPECT_THAT(text, Not(HasSubstr("2197"))) << "what no result is due of has no such day";
  EXPECT_THAT(text, HasSubstr("STATUS:TENTATIVE"));
  EXPECT_THAT(text, HasSubstr("/ky/work/activities/" + id_text(id)));
}

TEST_P(NewsByLink, ACalendarEndsWithItsAddressItsRenewalTheLockOrTheAccount) {
  auto const first = make_calendar(focal), second = make_calendar(focal);
  EXPECT_NE(first, second);
  EXPECT_EQ(Browser(site).get(first).status, Status::not_found);
  EXPECT_EQ(Browser(site).get(second).status, Status::ok);
  site.database().write([&](db::Tx& tx) { account::set_locked(tx, focal, true, site.clock().now()); });
  EXPECT_EQ(Browser(site).get(second).status, Status::not_found);
  site.database().write([&](db::Tx& tx) { account::set_locked(tx, focal, false, site.clock().now()); });
  Browser browser(site, site.session(focal));
  browser.submit("/en/account/notifications", "/en/account/notifications/calendar", {{"what", "end"}});
  EXPECT_EQ(Browser(site).get(second).status, Status::not_found);
}

TEST_P(NewsByLink, TheAddressIsKeptAsAHashOnly) {
  auto const path = make_calendar(focal);
  auto const secret = path.substr(10, path.size() - 14);
  auto const stored = site.database().read([](db::Reader& read) { return read.one<std::string>("select token from calendar_secret"); });
  EXPECT_NE(stored, secret);
  EXPECT_EQ(stored, account::secret_hash(secret));
  EXPECT_THAT(Browser(site, site.session(focal)).get("/en/account/notifications").body, Not(HasSubstr(secret))) << "shown once";
}

TEST_P(NewsByLink, WhoLeavesTakesNewsSettingsAndCalendarAlong) {
  auto const path = make_calendar(focal);
  Browser browser(site, site.session(focal));
  browser.submit("/en/account/notifications", {{"waits", "now"}});
  site.database().write([&](db::Tx& tx) {
    notice::News news;
    news.event = notice::Event::role_ended;
    news.actor = other;
    notice::tell(tx, site.ids(), news, {focal}, site.clock().now());
    notice::begin_period(tx, focal, Rhythm::daily, Day::parse("2018-10-20").value(), Day::parse("2018-10-27").value());
  });
  EXPECT_THAT(browser.get("/en/work").body, HasSubstr("1 unread"));
  browser.submit("/en/account/leave", {{"password", std::string(good_password)}});
  site.database().read([&](db::Reader& read) {
    EXPECT_EQ(read.one<int>("select count(*) from notice where person = $1", focal), 0);
    EXPECT_EQ(read.one<int>("select count(*) from notice_setting where person = $1", focal), 0);
    EXPECT_EQ(read.one<int>("select count(*) from notice_digest where person = $1", focal), 0);
    EXPECT_EQ(read.one<int>("select count(*) from calendar_secret where person = $1", focal), 0);
  });
  EXPECT_EQ(Browser(site).get(path).status, Status::not_found);
}

TEST_P(NewsByLink, AJoiningRequestTellsThoseWhoMayDecideOnIt) {
  auto const here = site.person("Данияр", "daniyar@example.org", {Role::regional_coordinator, naryn, {}, {}});
  auto const elsewhere = site.person("Канат", "kanat@example.org", {Role::regional_coordinator, site.region("talas"), {}, {}});
  Browser(site).submit("/en/join", {{"name", "Жаштар"},
                                    {"kind", "youth"},
                                    {"about", "Биз жаштар менен иштейбиз."},
                                    {"region", "naryn"},
                                    {"regions", "naryn"},
                                    {"contact_name", "Нурлан"},
                                    {"contact", "0700 123 456"}});
  auto const unread = [&](PersonId person) { return site.database().read([&](db::Reader& read) { return notice::unread(read, person); }); };
  EXPECT_EQ(unread(here), 1);
  EXPECT_EQ(unread(elsewhere), 0);
  EXPECT_EQ(unread(focal), 0);
  auto const page = Browser(site, site.session(here)).get("/en/work/news").body;
  EXPECT_THAT(page, HasSubstr("An organisation asks to join"));
  EXPECT_THAT(page, Not(HasSubstr("Нурлан")));
}

class AppSecrets : public ::testing::TestWithParam<db::Engine> {
protected:
  Site site{GetParam()};
  PersonId id = site.person("Айгүл", "aigul@example.org", {Role::focal_point, {}, site.organisation("Мээрим", {}), {}});
  std::string secret = account::new_totp_secret();

  void store(std::string const& kept) {
    site.database().write([&](db::Tx& tx) { account::set_factor(tx, id, {"totp", kept, 0}, {}, {}, site.clock().now()); });
  }
  std::string stored() {
    return site.database().read([&](db::Reader& read) { return account::Store(read).factor(id)->secret; });
  }
  Config const& config() { return site.app().services().config; }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, AppSecrets, db::both_engines(), db::engine_name);

TEST_P(AppSecrets, AreReadWithNoOtherKeyAndForNobodyElse) {
  auto const sealed = account::sealed_secret(config().text("secret_key"), id, secret);
  EXPECT_THAT(sealed, Not(HasSubstr(secret)));
  EXPECT_EQ(account::opened_secret(config(), id, sealed), secret);
  EXPECT_EQ(account::opened_secret(config(), PersonId{id.value + 1}, sealed), std::nullopt) << "moved to another account";
  EXPECT_EQ(account::opened_secret(config(), id, account::sealed_secret("another key of thirty-two letters", id, secret)), std::nullopt);
  auto changed = sealed;
  changed[20] = changed[20] == 'A' ? 'B' : 'A';
  EXPECT_EQ(account::opened_secret(config(), id, changed), std::nullopt);
  EXPECT_EQ(account::opened_secret(config(), id, "sealed:short"), std::nullopt);
}

TEST_P(AppSecrets, FromBeforeTheKeyAreSealedAtTheNextStart) {
  store(secret);
  EXPECT_EQ(account::seal_stored_secrets(site.database(), config()), 1);
  EXPECT_THAT(stored(), Not(HasSubstr(secret)));
  EXPECT_EQ(account::seal_stored_secrets(site.database(), config()), 0);
  Browser browser(site);
  browser.submit("/en/sign-in", {{"login", "aigul@example.org"}, {"password", std::string(good_password)}});
  EXPECT_EQ(browser.submit("/en/sign-in/code", {{"code", account::totp_code(secret, site.clock().now())}}).status, Status::see_other);
  EXPECT_EQ(browser.get("/en/work").status, Status::ok);
}

TEST_P(AppSecrets, WithoutTheKeySomebodyIsToldToSetTheSecondStepUpAnewAndGetsInWithARecoveryCode) {
  store(account::sealed_secret("a key that nobody has any more, alas", id, secret));
  site.database().write([&](db::Tx& tx) {
    tx.run("insert into account_code (account, purpose, position, hash) values ($1, 'recovery', 1, $2)", id,
           account::paper_code_hash(id, "k7mp-3xq9"));
  });
  Browser browser(site);
  browser.submit("/en/sign-in", {{"login", "aigul@example.org"}, {"password", std::string(good_password)}});
  EXPECT_THAT(browser.get("/en/sign-in/code").body, HasSubstr("cannot be checked any more"));
  EXPECT_EQ(browser.submit("/en/sign-in/code", {{"code", account::totp_code(secret, site.clock().now())}}).status, Status::unprocessable);
  EXPECT_EQ(browser.submit("/en/sign-in/code", {{"code", "k7mp-3xq9"}}).status, Status::see_other);
  EXPECT_THAT(browser.get("/en/account").body, HasSubstr("Set the second step up anew."));
}

TEST(SecretKey, TheFileIsMadeOnceForItsOwnerAloneAndAShortOneIsRefused) {
  auto const folder = std::filesystem::temp_directory_path() / ("birge-key-" + account::new_secret().substr(0, 8));
  auto config = Config::load("", false, [](std::string const&) { return std::nullopt; }, {});
  config.set("data", folder.string());
  EXPECT_EQ(account::key_file(config), std::nullopt);
  auto const key = account::secret_key(config);
  EXPECT_EQ(account::secret_key(config), key);
  auto const file = folder / "secret.key";
  EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_FALSE(account::restore_key_file(config, "another")) << "a key that is there is never replaced";
  config.set("secret_key", "short");
  EXPECT_THROW(account::secret_key(config), Problem);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace birge::app::testing
