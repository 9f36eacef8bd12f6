#include "platform/http/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace birge::http {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

Reply nothing(Request&) { return {}; }

Route const routes[] = {
    birge::get("/", Public, nothing),
    birge::get("/activities/{id}", Public, nothing),
    birge::get("/activities", Public, nothing),
    birge::get("/activities/new", Public, nothing),
    {Method::post, "/activities/{activity}", Public, nothing, Where::page},
    birge::get("/places/{path*}", Public, nothing),
    birge::get_bare("/static/{file}", Public, nothing),
    birge::get_bare("/", Public, nothing),
    birge::get_bare("/ky", Public, nothing),
};

std::string_view found(Method method, std::string_view path) {
  Router const router(routes);
  auto const found = router.find(method, path);
  return found.route ? found.route->pattern : "";
}

TEST(Router, WhatIsNotThereIsNotFound) {
  for (auto const* path : {"/ky/nothing", "/activities", "/de/activities", "/ky/activities/", "/ky/activities/5/", "/ky/activities//",
                           "/ky//activities", "/ky/static/a.css", "/static/", "/static/a/b", "/ky/places", "/ky/places/", "/kyr/", ""})
    EXPECT_EQ(found(Method::get, path), "") << path;
}

TEST(Router, AnotherMethodIsToldWithThoseAllowed) {
  Router const router(routes);
  auto const put = router.find(Method::put, "/ky/activities/5");
  EXPECT_EQ(put.route, nullptr);
  EXPECT_TRUE(put.other_method);
  EXPECT_EQ(put.allowed, "GET, HEAD, POST");
  EXPECT_FALSE(router.find(Method::put, "/ky/nothing").other_method);
}

TEST(Router, TheSameRouteTwiceIsALogicError) {
  Route const twice[] = {birge::get("/a/{id}", Public, nothing), birge::get("/b", Public, nothing), birge::get("/a/{other}", Public, nothing)};
  EXPECT_THROW(Router{twice}, std::logic_error);
}

TEST(Router, AMalformedPatternIsALogicError) {
  for (auto const* pattern : {"a", "/a/", "/{}", "/{a", "/a{b}", "/{a*}/b", "//"}) {
    Route const one[] = {birge::get(pattern, Public, nothing)};
    EXPECT_THROW(Router{one}, std::logic_error) << pattern;
  }
}

TEST(Router, LiteralSegmentsWinOverCaptures) {
  EXPECT_EQ(found(Method::get, "/ky/activities/new"), "/activities/new");
  EXPECT_EQ(found(Method::get, "/ky/activities/5"), "/activities/{id}");
  EXPECT_EQ(found(Method::post, "/ky/activities/new"), "/activities/{activity}");
}

TEST(Router, PagesLiveUnderALanguage) {
  Router const router(routes);
  auto const page = router.find(Method::get, "/ru/activities");
  EXPECT_EQ(page.language, Language::ru);
  EXPECT_EQ(page.local_path, "/activities");
  EXPECT_EQ(router.find(Method::get, "/test/").local_path, "/");
  EXPECT_EQ(found(Method::get, "/ky/"), "/");
  auto const bare = router.find(Method::get, "/ky");
  EXPECT_EQ(bare.language, std::nullopt);
  EXPECT_EQ(bare.route->pattern, "/ky");
  EXPECT_EQ(router.find(Method::get, "/").route->where, Where::bare);
}

TEST(Router, HeadFindsWhatGetFinds) { EXPECT_EQ(found(Method::head, "/ky/activities"), "/activities"); }

TEST(Router, CapturesAreToldByName) {
  Router const router(routes);
  EXPECT_THAT(router.find(Method::get, "/ky/activities/5").captures, ElementsAre(Pair("id", "5")));
  EXPECT_THAT(router.find(Method::post, "/ky/activities/5").captures, ElementsAre(Pair("activity", "5")));
  EXPECT_THAT(router.find(Method::get, "/ky/places/osh/kara-suu").captures, ElementsAre(Pair("path", "osh/kara-suu")));
  EXPECT_THAT(router.find(Method::get, "/static/a-1.css").captures, ElementsAre(Pair("file", "a-1.css")));
}

}  // namespace
}  // namespace birge::http
