#include <gtest/gtest.h>

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

}  // namespace
}  // namespace birge::app::testing
