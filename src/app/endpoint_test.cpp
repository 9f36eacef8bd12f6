#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "app/site_testing.hpp"

/// How addresses are answered before any page has its say.
namespace birge::app::testing {
namespace {

Reply answered(Site& site, http::Method method, std::string const& path) {
  http::Message message;
  message.method = method;
  message.target = message.path = path;
  message.peer = "203.0.113.5";
  message.headers = {{"host", "birge.example"}, {"accept-language", "ru"}};
  return site.app().answer(message);
}

TEST(Endpoint, HeadIsAnsweredAsGetIs) {
  Site site;
  for (auto const* path : {"/", "/en", "/ky/", "/ky/activities", "/ky/activities/", "/ky/nowhere", "/ky/work", "/healthz", "/nowhere"}) {
    auto const get = answered(site, http::Method::get, path), head = answered(site, http::Method::head, path);
    EXPECT_EQ(head.status, get.status) << path;
    EXPECT_EQ(location(head), location(get)) << path;
  }
  EXPECT_EQ(location(answered(site, http::Method::head, "/")), "/ru/");
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
