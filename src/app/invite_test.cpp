#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "app/jobs.hpp"
#include "app/site_testing.hpp"

/// "Invite the campaign to our village": the public form from outside, and what coordinators do with it.
namespace birge::app::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class Invite : public ::testing::Test {
protected:
  Site site;
  place::PlaceId naryn = site.region("naryn");
  coalition::OrganisationId ours = site.organisation("Мээрим", naryn);
  PersonId national = site.person("Бакыт", "bakyt@example.org", {Role::national_coordinator, {}, {}, {}});
  PersonId regional = site.person("Нурлан", "nurlan@example.org", {Role::regional_coordinator, naryn, {}, {}});
  PersonId elsewhere = site.person("Талант", "talas@example.org", {Role::regional_coordinator, site.region("talas"), {}, {}});
  PersonId focal = site.person("Айгүл", "aigul@example.org", {Role::focal_point, {}, ours, {}});
  PersonId observer = site.person("Olivia", "olivia@example.org", {Role::observer, {}, {}, {}});

  Browser as(PersonId person) { return Browser(site, site.session(person)); }
  static Fields typed(std::string const& place = "Кочкор району") {
    return {{"place", place},          {"kind", "lecture"}, {"wish", "Балдар көп суроо берет"}, {"month", "2018-11"},
            {"audience", "pupils"},    {"people", "80"},    {"contact_name", "Жамиля Кызы"},    {"contact", "0555 98 76 54"},
            {"post", "of this page 1"}};
  }
  static Fields with(std::string const& name, std::string const& value) {
    auto fields = typed();
    for (auto& [known, old] : fields)
      if (known == name) old = value;
    return fields;
  }
  std::int64_t stored() {
    return site.database().read([](db::Reader& read) { return read.one<std::int64_t>("select count(*) from village_invitation"); });
  }
  std::string only_id() {
    return id_text(site.database().read([](db::Reader& read) { return read.one<std::int64_t>("select id from village_invitation"); }));
  }
  std::string state() {
    return site.database().read([](db::Reader& read) { return read.one<std::string>("select state from village_invitation"); });
  }
  std::string page() { return "/en/work/invitations/" + only_id(); }
  /// A new activity that answers an invitation, as its form sends it.
  Fields draft_for(std::string const& invitation, std::string const& form_token) {
    return {{"form_token", form_token},
            {"invitation", invitation},
            {"kind", "lecture"},
            {"title", "Лекция"},
            {"day", "2018-11-02"},
            {"reach", "place"},
            {"place", "Кочкор району"},
            {"lead", site.facts().organisation(ours)->slug},
            {"go", "save"}};
  }
  /// Presses the button of a step on the invitation's page.
  Reply press(Browser& browser, std::string const& what, Fields more = {}) {
    auto const path = page();
    auto const body = browser.get(path).body;
    auto const form = body.find("action=\"" + path + "\"");
    more.emplace_back("what", what);
    more.emplace_back("version", Browser::between(body, "name=\"version\" value=\"", "\"", form));
    more.emplace_back("form_token", Browser::token(browser.get("/en/account").body, "/en/account"));
    return browser.post(path, more);
  }
};

TEST_F(Invite, AFormFromElsewhereIsRefused) {
  Browser browser(site);
  auto fields = typed();
  fields.emplace_back("form_token", Browser::token(browser.get("/en/invite").body, "/en/invite"));
  browser.sent_from = "cross-site";
  EXPECT_EQ(browser.post("/en/invite", fields).status, Status::forbidden);
  browser.sent_from.clear();
  browser.origin = "https://elsewhere.example";
  EXPECT_EQ(browser.post("/en/invite", fields).status, Status::forbidden);
  browser.origin.clear();
  fields.back().second = "guessed";
  EXPECT_EQ(browser.post("/en/invite", fields).status, Status::forbidden);
  EXPECT_EQ(stored(), 0);
}

TEST_F(Invite, ATokenThatIsTooOldKeepsWhatWasTyped) {
  Browser browser(site);
  auto fields = typed();
  fields.emplace_back("form_token", Browser::token(browser.get("/en/invite").body, "/en/invite"));
  site.wait(13h);
  auto const reply = browser.post("/en/invite", fields);
  EXPECT_EQ(reply.status, Status::forbidden);
  EXPECT_THAT(reply.body, HasSubstr("Балдар көп суроо берет"));
  EXPECT_EQ(stored(), 0);
}

TEST_F(Invite, ATokenOfAnotherFormIsNoneOfThisOne) {
  Browser browser(site);
  auto fields = typed();
  fields.emplace_back("form_token", Browser::token(browser.get("/en/join").body, "/en/join"));
  EXPECT_EQ(browser.post("/en/invite", fields).status, Status::forbidden);
  EXPECT_EQ(stored(), 0);
}

TEST_F(Invite, AFormThatIsWrongKeepsWhatWasTyped) {
  Browser browser(site);
  auto const reply = browser.submit("/en/invite", with("contact", "<b>nobody</b>"));
  EXPECT_EQ(reply.status, Status::unprocessable);
  EXPECT_THAT(reply.body, AllOf(HasSubstr("Балдар көп суроо берет"), HasSubstr("value=\"Жамиля Кызы\""), HasSubstr("&lt;b&gt;nobody"),
                                HasSubstr("value=\"2018-11\" selected"), HasSubstr("value=\"of this page 1\"")));
  EXPECT_EQ(stored(), 0);
}

TEST_F(Invite, WhatIsWrongIsToldBeforeAllElseAndByTheNameOfItsField) {
  Browser browser(site);
  auto fields = with("wish", std::string(700, 'x'));
  fields.front().second = std::string(130, 'x');
  auto const body = browser.submit("/ru/invite", fields).body, main = body.substr(body.find("<main"));
  EXPECT_THAT(body, HasSubstr("<title>Ошибка: "));
  auto const box = main.find("class=\"notice danger\" role=\"alert\" tabindex=\"-1\" autofocus");
  ASSERT_NE(box, std::string::npos);
  EXPECT_LT(box, main.find("tel:1899"));
  EXPECT_THAT(main, AllOf(HasSubstr("Название села слишком длинное"), HasSubstr("Ваш текст слишком длинный")));
  EXPECT_THAT(browser.get("/ru/invite").body, AllOf(Not(HasSubstr("Ошибка")), Not(HasSubstr("autofocus"))));
}

TEST_F(Invite, WhoIsThankedSeesTheNumbersToCallBeforeWhatComesNext) {
  Browser browser(site);
  auto const reply = browser.submit("/en/invite", typed());
  ASSERT_EQ(reply.status, Status::ok);
  auto const number = reply.body.find("class=\"reference\""), call = reply.body.find("tel:1899", number);
  EXPECT_LT(call, reply.body.find("What happens next"));
}

TEST_F(Invite, AFilledTrapIsRefusedAndLosesNothing) {
  Browser browser(site);
  auto fields = typed();
  fields.emplace_back("more", "http://spam.example");
  auto const reply = browser.submit("/en/invite", fields);
  EXPECT_EQ(reply.status, Status::unprocessable);
  EXPECT_THAT(reply.body, AllOf(HasSubstr("Балдар көп суроо берет"), Not(HasSubstr("spam.example"))));
  EXPECT_EQ(stored(), 0);
}

TEST_F(Invite, ManyFromOneNetworkHaveToWaitAndKeepWhatTheyTyped) {
  Browser browser(site);
  Reply last;
  for (int i = 0; i < 40; ++i) last = browser.submit("/en/invite", with("wish", "Кат " + std::to_string(i)));
  EXPECT_EQ(last.status, Status::too_many_requests);
  EXPECT_THAT(last.body, HasSubstr("Кат 39"));
  auto const before = stored();
  Browser neighbour(site);
  neighbour.peer = "198.51.100.7";
  EXPECT_EQ(neighbour.submit("/en/invite", with("wish", "Башка айыл")).status, Status::ok);
  EXPECT_EQ(stored(), before + 1);
}

TEST_F(Invite, AVillageBehindOneAddressIsNotShutOutByOneOfThem) {
  Browser browser(site);
  for (int i = 0; i < 30; ++i) ASSERT_EQ(browser.submit("/en/invite", with("wish", "Айыл " + std::to_string(i))).status, Status::ok) << i;
  for (int i = 0; i < 100; ++i) {
    browser.submit("/en/invite", with("wish", "Тамаша " + std::to_string(i)));
    site.wait(5s);
  }
  site.wait(2min);
  EXPECT_EQ(browser.submit("/en/invite", with("wish", "Чын айыл")).status, Status::ok);
}

TEST_F(Invite, AFloodFromManyNetworksHasToWaitToo) {
  Status last = Status::ok;
  for (int i = 0; i < 80 && last == Status::ok; ++i) {
    Browser browser(site);
    browser.peer = "198.51.100." + std::to_string(i);
    last = browser.submit("/en/invite", with("wish", std::to_string(i))).status;
  }
  EXPECT_EQ(last, Status::too_many_requests);
  EXPECT_LT(stored(), 70);
  auto const kept = site.database().read([](db::Reader& read) { return read.all<std::string>("select subject from throttle"); });
  for (auto const& subject : kept) EXPECT_EQ(subject.find("198.51"), std::string::npos) << "no address in clear";
}

TEST_F(Invite, SentTwiceItIsOneInvitationWithOneNumber) {
  Browser browser(site);
  auto const first = browser.submit("/en/invite", typed()), again = browser.submit("/en/invite", typed());
  ASSERT_EQ(first.status, Status::ok);
  EXPECT_EQ(stored(), 1);
  auto const number = [](Reply const& reply) { return Browser::between(reply.body, "class=\"reference\">", "<"); };
  EXPECT_FALSE(number(first).empty());
  EXPECT_EQ(number(first), number(again));
}

TEST_F(Invite, TheNumbersToCallStandFirstInEveryLanguageAndNoCookieIsSet) {
  for (auto const* language : {"ky", "ru", "en"}) {
    Browser browser(site);
    auto const reply = browser.get("/" + std::string(language) + "/invite");
    EXPECT_EQ(reply.status, Status::ok);
    EXPECT_EQ(header(reply, "Set-Cookie"), "");
    EXPECT_EQ(reply.cache_control, "no-store");
    auto const main = reply.body.find("<main");
    auto const call = reply.body.find("href=\"tel:1899\"", main), form = reply.body.find("<form", main);
    ASSERT_NE(call, std::string::npos);
    EXPECT_LT(call, form);
    EXPECT_NE(reply.body.find("2018", call), std::string::npos) << "since when nobody checked it";
  }
}

TEST_F(Invite, AfterTheCampaignTheFormIsClosedAndTheNumbersStay) {
  site.wait(24h * 60);
  Browser browser(site);
  auto const reply = browser.get("/en/invite");
  EXPECT_THAT(reply.body, AllOf(HasSubstr("tel:1899"), Not(HasSubstr("name=\"contact\""))));
}

TEST_F(Invite, OthersNeitherSeeItNorReachIt) {
  Browser(site).submit("/en/invite", typed());
  auto const path = page();
  EXPECT_EQ(as(elsewhere).get(path).status, Status::not_found);
  EXPECT_EQ(as(elsewhere).get(path + "/pass").status, Status::not_found);
  EXPECT_THAT(as(elsewhere).get("/en/work/invitations").body, Not(HasSubstr(only_id())));
  for (auto const person : {focal, observer}) {
    EXPECT_EQ(as(person).get(path).status, Status::forbidden);
    EXPECT_EQ(as(person).get("/en/work/invitations").status, Status::forbidden);
    EXPECT_THAT(as(person).get("/en/work").body, Not(HasSubstr("/work/invitations")));
  }
  auto stranger = as(elsewhere);
  auto const token = Browser::token(stranger.get("/en/account").body, "/en/account");
  EXPECT_EQ(stranger.post(path, {{"what", "answer"}, {"version", "1"}, {"form_token", token}}).status, Status::not_found);
  EXPECT_EQ(state(), "waiting");
}

TEST_F(Invite, TheCoordinatorsOfItsRegionAndOfTheCountrySeeWhatWasWritten) {
  Browser(site).submit("/ky/invite", "/ky/invite", with("wish", "<script>alert(1)</script>"));
  for (auto const person : {regional, national}) {
    auto browser = as(person);
    EXPECT_THAT(browser.get("/en/work").body, HasSubstr(only_id()));
    auto const list = browser.get("/en/work/invitations").body;
    EXPECT_THAT(list, AllOf(HasSubstr(only_id()), Not(HasSubstr("987 654")), Not(HasSubstr("Жамиля")), Not(HasSubstr("alert"))));
    EXPECT_THAT(browser.get(page()).body,
                AllOf(HasSubstr("+996 555 987 654"), HasSubstr("Жамиля Кызы"), HasSubstr("&lt;script&gt;alert(1)"), Not(HasSubstr("<script>alert"))));
  }
}

TEST_F(Invite, ItIsCalledByItsPlaceAndSaysThatAnyActivityWillDo) {
  Browser(site).submit("/en/invite", with("kind", ""));
  auto browser = as(regional);
  auto const list = browser.get("/en/work/invitations").body;
  auto const title = Browser::between(list, "<p class=\"title\">", "</p>");
  EXPECT_THAT(title, HasSubstr("Kochkor"));
  EXPECT_THAT(list, HasSubstr("Any activity that fits"));
  EXPECT_THAT(Browser::between(browser.get(page()).body, "<h1>", "</h1>"), HasSubstr("Kochkor"));
  EXPECT_THAT(browser.get(page()).body, HasSubstr("<dd>Any activity that fits</dd>"));
}

TEST_F(Invite, ACoordinatorTakesAnswersDeclinesAndTakesBack) {
  Browser(site).submit("/en/invite", typed());
  auto browser = as(regional);
  EXPECT_EQ(press(browser, "take").status, Status::see_other);
  EXPECT_EQ(state(), "answering");
  EXPECT_EQ(press(browser, "answer").status, Status::see_other);
  EXPECT_EQ(press(browser, "decline", {{"reason", "x"}}).status, Status::conflict);
  EXPECT_EQ(press(browser, "reopen").status, Status::see_other);
  EXPECT_EQ(press(browser, "decline", {{"reason", "Жол жабык"}}).status, Status::see_other);
  EXPECT_EQ(state(), "declined");
  EXPECT_EQ(press(browser, "explode").status, Status::bad_request);
}

TEST_F(Invite, WhoComesSecondIsToldWhoWasFirstAndInWhichStateItIsAndKeepsTheReason) {
  Browser(site).submit("/en/invite", typed());
  auto first = as(national), second = as(regional);
  auto const token = Browser::token(second.get("/en/account").body, "/en/account");
  auto const decline = [&] { return second.post(page(), {{"what", "decline"}, {"version", "1"}, {"reason", "Жол жабык"}, {"form_token", token}}); };
  ASSERT_EQ(press(first, "take").status, Status::see_other);
  auto const open = decline();
  EXPECT_EQ(open.status, Status::conflict);
  EXPECT_THAT(open.body, AllOf(HasSubstr("Somebody else changed this meanwhile."), HasSubstr("State now: being answered."),
                               HasSubstr("Latest step: Бакыт, "), HasSubstr(">Жол жабык</textarea>"), HasSubstr("<details open>")));
  EXPECT_EQ(state(), "answering");
  // Where it can no longer be declined, the reason stands there to be copied.
  ASSERT_EQ(press(first, "pass_on").status, Status::see_other);
  auto const over = decline();
  EXPECT_EQ(over.status, Status::conflict);
  EXPECT_THAT(over.body, AllOf(HasSubstr("State now: passed to the hotline."), HasSubstr("What you typed, to copy it from here"),
                               HasSubstr(">Жол жабык</blockquote>"), Not(HasSubstr("name=\"reason\""))));
  EXPECT_EQ(state(), "passed_on");
  // Back at its beginning it is declined from the page that told of it.
  ASSERT_EQ(press(first, "reopen").status, Status::see_other);
  auto const again = decline();
  EXPECT_THAT(again.body, HasSubstr("State now: waits for an answer."));
  auto const version = Browser::between(again.body, "name=\"version\" value=\"", "\"", again.body.find("action=\"" + page() + "\""));
  EXPECT_EQ(second.post(page(), {{"what", "decline"}, {"version", version}, {"reason", "Жол жабык"}, {"form_token", token}}).status,
            Status::see_other);
  EXPECT_EQ(state(), "declined");
}

TEST_F(Invite, AVersionThatIsNoNumberIsNone) {
  Browser(site).submit("/en/invite", typed());
  auto browser = as(regional);
  auto const token = Browser::token(browser.get("/en/account").body, "/en/account");
  for (auto const* version : {"x1y", "1x", " 1", ""})
    EXPECT_EQ(browser.post(page(), {{"what", "take"}, {"version", version}, {"form_token", token}}).status, Status::conflict) << version;
  EXPECT_EQ(state(), "waiting");
}

TEST_F(Invite, AcceptedItBecomesADraftThatTakesNoWordOver) {
  Browser(site).submit("/en/invite", typed());
  auto browser = as(regional);
  auto const body = browser.get(page()).body;
  auto draft = Browser::between(body, "href=\"/en/work/activities/new?", "\"");
  for (auto at = draft.find("&amp;"); at != std::string::npos; at = draft.find("&amp;")) draft.replace(at, 5, "&");
  ASSERT_THAT(draft, AllOf(HasSubstr("place=kochkor"), HasSubstr("kind=lecture"), HasSubstr("day=2018-11-01"), HasSubstr("expected=80")));
  auto const form = browser.get("/en/work/activities/new?" + draft).body;
  EXPECT_THAT(form, AllOf(HasSubstr("value=\"80\""), HasSubstr("value=\"2018-11-01\""), HasSubstr("name=\"invitation\" value=\"" + only_id()),
                          Not(HasSubstr("Балдар")), Not(HasSubstr("Жамиля")), Not(HasSubstr("987"))));
  auto const stored = browser.post("/en/work/activities", draft_for(only_id(), Browser::token(form, "/en/work/activities")));
  ASSERT_EQ(stored.status, Status::see_other);
  EXPECT_EQ(state(), "answering");
  EXPECT_THAT(browser.get(page()).body, AllOf(HasSubstr("href=\"" + location(stored)), HasSubstr("Draft")));
}

TEST_F(Invite, ItWaitsAgainWhereWhatWasPlannedForItIsPutAwayOrCancelled) {
  Browser(site).submit("/en/invite", typed());
  auto browser = as(regional);
  auto const form_token = [&] { return Browser::token(browser.get("/en/account").body, "/en/account"); };
  auto const plan = [&] { return location(browser.post("/en/work/activities", draft_for(only_id(), form_token()))); };
  auto const step = [&](std::string const& activity, std::string const& action) {
    auto const id = parse_id(activity.substr(activity.rfind('/') + 1)).value();
    auto const version = site.database().read([&](db::Reader& read) { return read.one<int>("select version from activity where id = $1", id); });
    return browser.post(activity + "/" + action, {{"form_token", form_token()}, {"version", std::to_string(version)}, {"reason", "Сел жүрдү"}});
  };
  auto const activity = plan();
  ASSERT_EQ(state(), "answering");
  EXPECT_THAT(browser.get("/en/work").body, Not(HasSubstr(only_id())));
  ASSERT_EQ(step(activity, "discard").status, Status::see_other);
  EXPECT_EQ(state(), "waiting");
  EXPECT_THAT(browser.get(page()).body, AllOf(HasSubstr("the village waits again"), HasSubstr("Plan another activity")));
  EXPECT_THAT(browser.get("/en/work").body, HasSubstr(only_id()));
  ASSERT_EQ(step(activity, "undo").status, Status::see_other);
  EXPECT_EQ(state(), "answering") << "it was put away by mistake";
  ASSERT_EQ(step(activity, "discard").status, Status::see_other);
  press(browser, "take");
  ASSERT_EQ(step(activity, "undo").status, Status::see_other);
  auto const again = plan();
  EXPECT_EQ(state(), "answering");
  step(activity, "discard");
  EXPECT_EQ(state(), "answering") << "another activity is planned for it by now";
}

TEST_F(Invite, ADraftOfSomebodyElseIsNotTiedToAnInvitationByItsNumber) {
  Browser(site).submit("/en/invite", typed());
  auto browser = as(focal);
  auto const form = browser.get("/en/work/activities/new?kind=lecture").body;
  auto const stored = browser.post("/en/work/activities", draft_for(only_id(), Browser::token(form, "/en/work/activities")));
  EXPECT_EQ(stored.status, Status::see_other) << "the draft itself is the focal point's to make";
  EXPECT_EQ(state(), "waiting");
}

TEST_F(Invite, PassedToTheHotlineTheTextIsHiddenAndGoneAfterAWeek) {
  Browser(site).submit("/en/invite", typed());
  auto browser = as(regional);
  EXPECT_THAT(browser.get(page() + "/pass").body, HasSubstr("value=\"pass_on\""));
  EXPECT_EQ(press(browser, "pass_on").status, Status::see_other);
  auto const body = browser.get(page()).body;
  auto const hidden = body.find("<details>");
  ASSERT_NE(hidden, std::string::npos);
  EXPECT_GT(body.find("Балдар"), hidden) << "only behind a summary";
  EXPECT_THAT(body, AllOf(HasSubstr("tel:1899"), Not(HasSubstr("/work/activities/new?"))));
  EXPECT_THAT(browser.get("/en/work").body, Not(HasSubstr(only_id())));
  worker(site.app().services()).run_due();  // what is done every night begins with the next one
  site.wait(24h * 8);
  worker(site.app().services()).run_due();
  EXPECT_THAT(as(regional).get(page()).body, AllOf(Not(HasSubstr("Балдар")), Not(HasSubstr("987")), HasSubstr("were deleted on")));
}

TEST_F(Invite, AfterTheEditionTheContactIsGone) {
  Browser(site).submit("/en/invite", typed());
  worker(site.app().services()).run_due();
  site.wait(24h * 120);
  worker(site.app().services()).run_due();
  EXPECT_THAT(as(national).get(page()).body, AllOf(Not(HasSubstr("Жамиля")), Not(HasSubstr("987"))));
}

}  // namespace
}  // namespace birge::app::testing
