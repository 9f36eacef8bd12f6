#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>

#include "app/openapi.hpp"
#include "app/site_testing.hpp"

/// The registers of the API in parts.
namespace birge::app::testing {
namespace {

/// The keys of every row, read part by part as "next" says.
std::vector<std::string> walked(Browser& browser, std::string path, char const* key) {
  std::vector<std::string> keys;
  for (int parts = 0; !path.empty() && parts < 1000; ++parts) {
    auto const answer = boost::json::parse(browser.get(path).body);
    for (auto const& row : answer.at("items").as_array()) keys.emplace_back(row.at(key).as_string());
    path.clear();
    if (auto const& next = answer.at("next"); next.is_string())
      path = std::string(next.as_string()).substr(std::string("https://birge.example").size());
  }
  return keys;
}

TEST(ApiRegisters, PartsOfTheListOfPlacesMakeItWhole) {
  Site site;
  Browser browser(site);
  auto const first = boost::json::parse(browser.get("/api/v1/places").body);
  EXPECT_EQ(first.at("items").as_array().size(), 100U);
  auto const keys = walked(browser, "/api/v1/places?limit=7", "code");
  EXPECT_EQ(keys, walked(browser, "/api/v1/places?limit=500", "code"));
  EXPECT_GT(keys.size(), 500U);
  EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), keys.size());
  EXPECT_EQ(keys.front(), site.facts().places->country().code);
}

TEST(ApiRegisters, PartsOfTheListOfOrganisationsMakeItWhole) {
  Site site;
  Browser browser(site);
  for (int i = 0; i < 110; ++i) site.organisation(("Уюм " + std::to_string(i)).c_str(), {});
  auto const keys = walked(browser, "/api/v1/organisations", "slug");
  EXPECT_EQ(keys.size(), site.facts().organisations.size());
  EXPECT_TRUE(std::ranges::is_sorted(keys));
  EXPECT_EQ(keys, walked(browser, "/api/v1/organisations?limit=1", "slug"));
}

TEST(ApiRegisters, ALimitOrPlaceThatIsNoneIsRefused) {
  Site site;
  Browser browser(site);
  for (auto const* query : {"limit=0", "limit=501", "limit=ten"})
    for (auto const* path : {"/api/v1/places?", "/api/v1/organisations?"})
      EXPECT_EQ(browser.get(std::string(path) + query).status, Status::bad_request) << path << query;
  EXPECT_EQ(browser.get("/api/v1/places?after=no-such-key").status, Status::bad_request);
}

TEST(Api, AParameterThatItsDescriptionDoesNotKnowIsRefusedByName) {
  Site site;
  Browser browser(site);
  auto const description = boost::json::parse(browser.get("/api/v1/openapi.json").body);
  for (auto const& [pattern, item] : description.at("paths").as_object()) {
    std::string path = pattern;
    if (auto const brace = path.find('{'); brace != std::string::npos) path.resize(brace + 1), path.back() = '1';
    for (auto const* query : {"?region=zzz", "?state=foo", "?utm_source=messenger", "?Limit=3", "?=x", "?id=1"}) {
      auto const reply = browser.get(path + query);
      EXPECT_EQ(reply.status, Status::bad_request) << path << query;
      EXPECT_EQ(reply.content_type, "application/problem+json") << path << query;
      EXPECT_EQ(header(reply, "Access-Control-Allow-Origin"), "*");
      std::string_view const whole(query);
      std::string const name(whole.substr(1, whole.find('=') - 1));
      auto const detail = std::string(boost::json::parse(reply.body).at("detail").as_string());
      EXPECT_NE(detail.find("«" + name + "»"), std::string::npos) << detail;
    }
    // What the description does know is never refused as unknown.
    for (auto const& parameter : item.at("get").at("parameters").as_array()) {
      if (parameter.at("in") != "query") continue;
      auto const name = std::string(parameter.at("name").as_string());
      EXPECT_NO_THROW(refuse_unknown_parameters(pattern, http::Parameters::of({{name, "x"}}))) << pattern << " " << name;
    }
  }
}

TEST(Api, AParameterThatStandsTwiceIsRefusedSinceOnlyOneWouldBeHeeded) {
  Site site;
  Browser browser(site);
  auto const reply = browser.get("/api/v1/activities?kind=lecture&language=en&kind=training");
  EXPECT_EQ(reply.status, Status::bad_request);
  EXPECT_EQ(boost::json::parse(reply.body).at("detail"), "The parameter “kind” stands in this address more than once.");
}

TEST(Api, WhatMessengersAddToLinksOfPagesIsHarmless) {
  Site site;
  Browser browser(site);
  for (auto const* path : {"/ky/", "/ky/activities", "/ky/figures", "/ky/guide", "/ky/search", "/feeds/agenda-ky.json"})
    EXPECT_EQ(browser.get(std::string(path) + "?utm_source=messenger&fbclid=x").status, Status::ok) << path;
}

TEST(Api, SaysWhatIsWrongInTheLanguageThatWasAskedFor) {
  Site site;
  Browser browser(site);
  for (auto const language : {Language::ky, Language::ru, Language::en}) {
    auto const answer = boost::json::parse(browser.get("/api/v1/activities?limit=ten&language=" + std::string(code(language))).body);
    EXPECT_EQ(answer.at("detail").as_string(), Say::in(language)("“limit” must be a number from 1 to {}.", 100));
  }
}

TEST(ApiRegisters, TheListOfOrganisationsGoesOnWhereTheLastOneReadIsGone) {
  Site site;
  Browser browser(site);
  auto const keys = walked(browser, "/api/v1/organisations", "slug");
  ASSERT_GT(keys.size(), 2U);
  auto const gone = keys[0] + "-";  // between the first two
  ASSERT_TRUE(keys[0] < gone && gone < keys[1]);
  EXPECT_EQ(walked(browser, "/api/v1/organisations?limit=1&after=" + gone, "slug"), std::vector<std::string>(keys.begin() + 1, keys.end()));
}

}  // namespace
}  // namespace birge::app::testing
