#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "app/site_testing.hpp"
#include "features/activity/activity_store.hpp"

/// How addresses are answered before any page has its say.
namespace birge::app::testing {
namespace {

http::Message asked(http::Method method, std::string const& path) {
  http::Message message;
  message.method = method;
  message.target = message.path = path;
  message.peer = "203.0.113.5";
  message.headers = {{"host", "birge.example"}, {"accept-language", "ru"}};
  return message;
}

Reply answered(Site& site, http::Method method, std::string const& path) { return site.app().answer(asked(method, path)); }

TEST(Endpoint, HeadIsAnsweredAsGetIs) {
  Site site;
  for (auto const* path : {"/", "/en", "/ky/", "/ky/activities", "/ky/activities/", "/ky/nowhere", "/ky/work", "/healthz", "/nowhere"}) {
    auto const get = answered(site, http::Method::get, path), head = answered(site, http::Method::head, path);
    EXPECT_EQ(head.status, get.status) << path;
    EXPECT_EQ(location(head), location(get)) << path;
  }
  EXPECT_EQ(location(answered(site, http::Method::head, "/")), "/ru/");
}

TEST(Endpoint, OnlyItsOwnTagSparesAnAnswerAndNotOneThatResemblesIt) {
  Site site;
  for (auto const* path : {"/ky/activities", "/feeds/agenda-ky.json", "/share/editions/2018-ky.png"}) {
    auto const tag = answered(site, http::Method::get, path).etag;
    ASSERT_FALSE(tag.empty()) << path;
    auto message = asked(http::Method::get, path);
    message.headers.emplace_back("if-none-match", "\"other\", W/\"" + tag + "\"");
    auto const known = http::finish(message, site.app().answer(message));
    EXPECT_EQ(known.status, 304) << path;
    message.headers.back().second = "\"" + tag + "-gzip\"";  // as some proxies mark what they compressed
    auto const resembling = http::finish(message, site.app().answer(message));
    EXPECT_EQ(resembling.status, 200) << path;
    EXPECT_FALSE(resembling.body.empty()) << path;
  }
}

TEST(Endpoint, ErrorsOfTheApiAreProblemsWithTheTitleOfTheirStatus) {
  Site site;
  struct Case {
    http::Method method;
    char const* path;
    int status;
    char const* title;
  };
  for (auto const& [method, path, status, title] : std::initializer_list<Case>{{http::Method::get, "/api/v1/activities/1", 404, "Not Found"},
                                                                               {http::Method::get, "/api/v1/nothing", 404, "Not Found"},
                                                                               {http::Method::post, "/api/v1/codes", 405, "Method Not Allowed"}}) {
    auto const reply = answered(site, method, path);
    EXPECT_EQ(static_cast<int>(reply.status), status) << path;
    EXPECT_EQ(reply.content_type, "application/problem+json") << path;
    auto const problem = boost::json::parse(reply.body);
    EXPECT_EQ(problem.at("type"), "about:blank");
    EXPECT_EQ(problem.at("title"), title);
    EXPECT_EQ(problem.at("status"), status);
    EXPECT_FALSE(problem.at("detail").as_string().empty());
  }
  auto const bad = Browser(site).get("/api/v1/activities?limit=none");
  EXPECT_EQ(boost::json::parse(bad.body).at("title"), "Bad Request");
  for (auto const status : {401, 409, 410, 413, 415, 422, 429, 500, 503})
    EXPECT_FALSE(boost::json::parse(http::problem_json(static_cast<Status>(status), "x").body).at("title").as_string().empty()) << status;
}

/// A proposal, and the page of it before the coordinator who is to answer it.
class EndpointForm : public ::testing::Test {
protected:
  EndpointForm() : browser_(site_) {
    auto const own = site_.organisation("Мээрим фонду", site_.region("naryn"));
    activity::Activity planned;
    planned.edition = site_.facts().edition("2018")->id;
    planned.kind = "lecture";
    planned.state = activity::State::proposed;
    planned.day = planned.end_day = Day::parse("2018-10-25").value();
    planned.place = site_.region("naryn");
    planned.lead = own;
    planned.texts["ky"] = {"Ачык сабак", "", ""};
    proposal_ = site_.database().write([&](db::Tx& tx) {
      activity::Saver saver(tx, site_.ids(), site_.facts(), site_.clock().now());
      auto const made = saver.add(planned, "test");
      saver.finish();
      return made;
    });
    action_ = "/ky/work/activities/" + id_text(proposal_) + "/remarks";
    browser_.set_cookie(site_.session(site_.person("Бакыт", "writer@example.org", {Role::regional_coordinator, site_.region("naryn"), {}, {}})));
    token_ = Browser::token(browser_.get("/ky/work/activities/" + id_text(proposal_)).body, action_);
  }

  Reply send(Fields more = {}) {
    more.insert(more.end(), {{"remark", "Зал <бош> эмес"}, {"post", "0192f0c1-2d3e-7abc-8def-0123456789ab"}, {"form_token", token_}});
    return browser_.post(action_, more);
  }
  bool offers_again(Reply const& reply) { return reply.body.find("<form method=\"post\" action=\"" + action_) != std::string::npos; }

  Site site_;
  Browser browser_;
  activity::ActivityId proposal_;
  std::string action_, token_;
};

TEST_F(EndpointForm, WhatWasWrittenOfAProposalThatWasWithdrawnIsShownToBeCopied) {
  site_.database().write([&](db::Tx& tx) { tx.run("update activity set state = 'draft' where id = $1", proposal_); });
  auto const reply = send({{"code", "123 456"}});
  ASSERT_EQ(reply.status, Status::not_found);
  EXPECT_NE(reply.body.find("<li>Зал &lt;бош&gt; эмес</li>"), std::string::npos);
  EXPECT_EQ(reply.body.find("123 456"), std::string::npos) << "codes are secrets";
  EXPECT_EQ(reply.body.find("0192f0c1"), std::string::npos) << "nobody typed it";
  EXPECT_FALSE(offers_again(reply)) << "it would not help";
  browser_.sent_from = "cross-site";
  EXPECT_EQ(send().body.find("Зал"), std::string::npos) << "another site's words never stand on a page of this one";
}

TEST_F(EndpointForm, WhatCouldNotBeStoredIsSentOnceMoreWithAButton) {
  site_.database().write([](db::Tx& tx) { tx.run("create trigger refused before insert on remark begin select raise(abort, 'refused'); end"); });
  auto const reply = send();
  ASSERT_EQ(reply.status, Status::internal_error);
  ASSERT_TRUE(offers_again(reply));
  site_.database().write([](db::Tx& tx) { tx.run("drop trigger refused"); });
  auto const text = Browser::between(reply.body, "name=\"remark\" value=\"", "\"");
  EXPECT_EQ(text, "Зал &lt;бош&gt; эмес");
  auto const again = browser_.post(action_, {{"remark", "Зал бош эмес"},
                                             {"post", Browser::between(reply.body, "name=\"post\" value=\"", "\"")},
                                             {"form_token", Browser::token(reply.body, action_)}});
  EXPECT_EQ(again.status, Status::see_other);
  EXPECT_EQ(site_.database().read([](db::Reader& read) { return read.one<int>("select count(*) from remark"); }), 1);
}

TEST(Endpoint, WhoeverHasToWaitIsToldHowLong) {
  Site site;
  site.person("Айгүл", "0700123456", {Role::observer, {}, {}, {}});
  Browser browser(site);
  auto const sign_in = [&] { return browser.submit("/en/sign-in", {{"login", "0700123456"}, {"password", "wrong wrong wrong"}, {"next", ""}}); };
  Reply last;
  for (int i = 0; i < 12; ++i) {
    last = sign_in();
    if (last.status == Status::too_many_requests) break;
  }
  ASSERT_EQ(last.status, Status::too_many_requests);
  EXPECT_EQ(header(last, "Retry-After"), "15");
  site.wait(std::chrono::seconds(16));
  EXPECT_EQ(sign_in().status, Status::unprocessable);
  EXPECT_EQ(header(sign_in(), "Retry-After"), "30");
}

}  // namespace
}  // namespace birge::app::testing
