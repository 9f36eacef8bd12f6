#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "features/overview/overview_testing.hpp"

namespace birge::overview {
namespace {

using activity::State;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Site;
using Captures = std::vector<std::pair<std::string_view, std::string>>;

class OverviewPages : public ::testing::TestWithParam<db::Engine> {
protected:
  Site site_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, OverviewPages, db::both_engines(), db::engine_name);

// Organisations

/// The addresses of the organisations that a page of the list shows, in its order.
std::vector<std::string> listed(std::string const& page) {
  std::regex const card("<li class=\"card\"><h2><a href=\"/en/organisations/([^\"]+)\"");
  std::vector<std::string> slugs;
  for (auto found = std::sregex_iterator(page.begin(), page.end(), card); found != std::sregex_iterator(); ++found) slugs.push_back((*found)[1]);
  return slugs;
}

TEST_P(OverviewPages, AnUnknownOrganisationIsNotFoundAndItsAddressStaysText) {
  EXPECT_THROW(site_.get(organisation, "", Language::en, {{"slug", "nobody"}}), Problem);
  EXPECT_THROW(site_.get(organisation, "", Language::en, {{"slug", "<script>"}}), Problem);
}

TEST_P(OverviewPages, ASearchThatFindsNoOrganisationSaysWhatToDo) {
  auto const page = site_.text(organisations, "q=%3Cscript%3Ealert");
  EXPECT_THAT(page, HasSubstr("No organisation is called like that"));
  EXPECT_THAT(page, HasSubstr("All organisations"));
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
}

TEST_P(OverviewPages, OrganisationsAreFoundByBeginningsOfWordsInAnySpelling) {
  site_.add_organisation("kyzyl-too", "«Кызыл-Тоо өрүк багы» бирикмеси");
  std::vector<std::string> const queries{"q=" + percent_encoded("кызыл"), "q=" + percent_encoded("КЫЗЫЛ орук"), "q=" + percent_encoded("өрү баг"),
                                         "q=kyzyl"};
  for (auto const& query : queries) EXPECT_THAT(listed(site_.text(organisations, query)), ::testing::ElementsAre("kyzyl-too")) << query;
  EXPECT_TRUE(listed(site_.text(organisations, "q=" + percent_encoded("ызыл"))).empty()) << "a word's middle is no beginning";
}

TEST_P(OverviewPages, TheKindNarrowsTheListAndAnUnknownKindDoesNot) {
  auto const all = listed(site_.text(organisations));
  auto const international = listed(site_.text(organisations, "kind=international"));
  EXPECT_GT(international.size(), 2u);
  EXPECT_LT(international.size(), all.size());
  EXPECT_EQ(listed(site_.text(organisations, "kind=dragons")), all);
}

TEST_P(OverviewPages, ALongListOfOrganisationsComesInPagesThatRepeatAndLoseNone) {
  auto const before = listed(site_.text(organisations)).size();
  for (int i = 0; i < 120; ++i) site_.add_organisation("made-" + std::to_string(i), "Уюм " + std::to_string(i));
  std::set<std::string> seen;
  std::string query;
  int pages = 0;
  for (; pages < 5; ++pages) {
    auto const page = site_.text(organisations, query);
    for (auto const& slug : listed(page)) EXPECT_TRUE(seen.insert(slug).second) << slug;
    std::smatch next;
    if (!std::regex_search(page, next, std::regex("rel=\"next\" href=\"/en/organisations\\?([^\"]*)\""))) break;
    query = next[1];
  }
  EXPECT_GE(pages, 1);
  EXPECT_EQ(seen.size(), before + 120);
}

TEST_P(OverviewPages, InventedAndRealOrganisationsNeverStandInOneList) {
  auto const real = listed(site_.text(organisations));
  site_.add_sample("2026-10-20");
  auto const invented = listed(site_.text(organisations));
  for (auto const& slug : real) EXPECT_FALSE(slug.starts_with("sample-"));
  EXPECT_GT(invented.size(), 20u);
  for (auto const& slug : invented) EXPECT_TRUE(slug.starts_with("sample-")) << slug;
}

TEST_P(OverviewPages, AnOrganisationsNumbersOpenItsOwnActivities) {
  auto held = site_.plain("Биринчи");
  held.lead = site_.add_organisation("kyzyl-too", "«Кызыл-Тоо»");
  held.state = State::held;
  held.day = held.end_day = activity::testing::day("2018-10-02");
  auto planned = held;
  planned.state = State::approved;
  planned.texts["ky"].title = "Экинчи";
  planned.day = planned.end_day = activity::testing::day("2018-11-02");
  auto const add = [&](activity::Activity const& made) {
    site_.database().write([&](db::Tx& tx) {
      auto const facts = campaign::facts(tx);
      activity::Saver saver(tx, site_.ids(), *facts, site_.clock().now());
      saver.add(made, "test");
      saver.finish();
    });
  };
  add(held);
  add(planned);
  auto const page = site_.text(organisation, "", {{"slug", "kyzyl-too"}});
  EXPECT_THAT(page, HasSubstr("<b><a href=\"/en/activities?organisation=kyzyl-too\">2</a></b>"));
  EXPECT_THAT(page, HasSubstr("<b><a href=\"/en/activities?organisation=kyzyl-too&amp;status=held\">1</a></b>"));
  EXPECT_LT(page.find("Экинчи"), page.find("Биринчи")) << "what comes next stands before what was last";
  auto older = held;
  older.texts["ky"].title = "Андан мурунку";
  older.day = older.end_day = activity::testing::day("2018-09-20");
  add(older);
  auto const last = site_.text(organisation, "", {{"slug", "kyzyl-too"}});
  EXPECT_LT(last.find("Биринчи"), last.find("Андан мурунку")) << "of what is over the latest stands first";
  EXPECT_THAT(page, HasSubstr("<span lang=\"ky\">«Кызыл-Тоо»</span>"));
  EXPECT_THAT(site_.get(organisation, "", Language::ru, {{"slug", "kyzyl-too"}}).body, HasSubstr("<b>–</b><span>посещения: нет данных</span>"));
}

TEST_P(OverviewPages, WhatLastsStandsAmongWhatComesOnly) {
  auto const today = site_.facts().today(site_.clock().now());
  auto lasting = site_.plain("Көргөзмө уланууда");
  lasting.day = today.plus(-2);
  lasting.end_day = today.plus(2);
  auto const lead = lasting.lead;
  site_.add(lasting);
  auto over = site_.plain("Ошол күнкү лекция");
  over.day = over.end_day = today.plus(-2);
  site_.add(over);
  auto const slug = site_.facts().organisation(lead)->slug;
  auto const page = site_.text(organisation, "", {{"slug", slug}});
  auto const first = page.find("Көргөзмө уланууда");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(page.find("Көргөзмө уланууда", first + 1), std::string::npos);
  EXPECT_THAT(page, HasSubstr("Ошол күнкү лекция"));
  std::set<std::string> ids;
  std::regex const id(" id=\"([^\"]+)\"");
  for (auto found = std::sregex_iterator(page.begin(), page.end(), id); found != std::sregex_iterator(); ++found)
    EXPECT_TRUE(ids.insert((*found)[1]).second) << (*found)[1];
}

TEST_P(OverviewPages, AnOrganisationWithoutActivitiesSaysSoAndNamesItsPart) {
  auto const page = site_.text(organisation, "", {{"slug", "unodc"}});
  EXPECT_THAT(page, HasSubstr("It has no activity of its own in this edition."));
  EXPECT_THAT(page, HasSubstr("partner of this edition"));
}

// Regions

TEST_P(OverviewPages, AnUnknownRegionIsNotFound) {
  for (auto const* code : {"atlantis", "", "kg", "../etc"}) EXPECT_THROW(site_.get(region, "", Language::en, {{"code", code}}), Problem) << code;
}

TEST_P(OverviewPages, ADistrictLeadsToThePageOfItsRegion) {
  auto const reply = site_.get(region, "", Language::en, {{"code", "nooken"}});
  EXPECT_EQ(reply.status, Status::see_other);
  EXPECT_THAT(reply.headers, ::testing::Contains(std::pair<std::string, std::string>("Location", "/en/regions/jalal-abad")));
}

TEST_P(OverviewPages, ARegionShowsItsOwnActivitiesAlone) {
  site_.add(site_.plain("Нарында"));
  auto other = site_.plain("Ошто");
  other.place = site_.place("osh");
  site_.add(other);
  auto const page = site_.text(region, "", {{"code", "naryn"}});
  EXPECT_THAT(page, HasSubstr("Нарында"));
  EXPECT_THAT(page, Not(HasSubstr("Ошто")));
  EXPECT_THAT(page, HasSubstr("/en/activities/sheet?place=naryn"));
  EXPECT_THAT(page, HasSubstr("/feeds/agenda-en.ics?place=naryn"));
}

TEST_P(OverviewPages, ARegionWithNothingAheadSaysSo) {
  EXPECT_THAT(site_.text(region, "", {{"code", "talas"}}), HasSubstr("Nothing more is planned here in this edition."));
}

TEST_P(OverviewPages, TheRegionsPageNamesAllNineAndTheirMapItsSource) {
  auto const page = site_.text(regions), kyrgyz = site_.text(regions, "", {}, Language::ky);
  for (auto const* code : {"issyk-kul", "jalal-abad", "naryn", "batken", "osh", "talas", "chuy", "bishkek", "osh-city"})
    EXPECT_THAT(page, HasSubstr("href=\"/en/regions/" + std::string(code) + "\""));
  EXPECT_THAT(page, HasSubstr("© OpenStreetMap contributors"));
  EXPECT_THAT(kyrgyz, HasSubstr("© OpenStreetMap катышуучулары"));
}

// Editions

TEST_P(OverviewPages, AnUnknownEditionIsNotFound) { EXPECT_THROW(site_.get(edition, "", Language::en, {{"slug", "1999"}}), Problem); }

TEST_P(OverviewPages, AStatedFigureStandsWithItsSourceInTheSourcesLanguage) {
  auto const page = site_.text(edition, "", {{"slug", "2017"}}, Language::ky);
  EXPECT_THAT(page, HasSubstr("<td class=\"n\" data-label=\"Саны\">77</td>"));
  EXPECT_TRUE(std::regex_search(page, std::regex("<a href=\"https://www.unodc.org/[^\"]*\"><span lang=\"en\">")));
  EXPECT_THAT(page, Not(HasSubstr("status=held"))) << "nothing is counted, so nothing opens";
}

TEST_P(OverviewPages, AnEditionKnowsItsStageOnEveryDay) {
  std::pair<char const*, char const*> const stages[] = {
      {"2018-08-01", "In preparation"}, {"2018-10-01", "Under way"}, {"2018-12-20", "Results are coming in"}, {"2019-03-01", "Over"}};
  for (auto const& [day, stage] : stages) {
    site_.at(day);
    EXPECT_THAT(site_.text(editions), HasSubstr(stage)) << day;
  }
}

TEST_P(OverviewPages, EveryPageOfASampleSaysThatItIsOneAndRealPagesDoNot) {
  std::vector<std::pair<Handler, Captures>> const pages{{home, {}},
                                                        {regions, {}},
                                                        {region, {{"code", "osh"}}},
                                                        {organisations, {}},
                                                        {organisation, {{"slug", "sample-velo"}}},
                                                        {editions, {}},
                                                        {edition, {{"slug", "sample"}}},
                                                        {sources, {}},
                                                        {method, {}},
                                                        {open_data, {}}};
  auto const label = "The activities and organisations on this page are invented";
  for (std::size_t i = 0; i < pages.size(); ++i)
    if (pages[i].second.empty() || pages[i].second.front().second == "osh") {
      EXPECT_THAT(site_.text(pages[i].first, "", pages[i].second), Not(HasSubstr(label))) << i;
    }
  site_.add_sample("2026-10-20");
  for (std::size_t i = 0; i < pages.size(); ++i) EXPECT_THAT(site_.text(pages[i].first, "", pages[i].second), HasSubstr(label)) << i;
  EXPECT_THAT(site_.text(edition, "", {{"slug", "2018"}}), Not(HasSubstr(label))) << "a documented edition stays documented beside a sample";
}

// Pictures to share

TEST_P(OverviewPages, APictureIsRefusedForWhatIsNotPublicAndForNamesThatAreNone) {
  auto hidden = site_.plain("ЖАШЫРЫН");
  hidden.is_public = false;
  auto proposed = site_.plain("Сунуш");
  proposed.state = State::proposed;
  std::vector<std::string> names{"0-ky.png", "abc-ky.png", "", "-ky.png", "x.png"};
  for (auto const& made : {hidden, proposed}) names.push_back(id_text(site_.add(made)) + "-ky.png");
  auto const fine = id_text(site_.add(site_.plain()));
  for (auto const& wrong : {fine, fine + ".png", fine + "-ky", fine + "-xx.png", fine + "-ky.jpg"}) names.push_back(wrong);
  for (auto const& name : names) EXPECT_THROW(site_.get(share_activity, "", Language::ky, {{"file", name}}), Problem) << name;
  for (auto const* name : {"2018.png", "2018-xx.png", "1999-ky.png", "2018-ky.svg"})
    EXPECT_THROW(site_.get(share_edition, "", Language::ky, {{"file", name}}), Problem) << name;
}

TEST_P(OverviewPages, APictureIsAPngThatChangesWithWhatItShows) {
  auto made = site_.plain("Биринчи аталыш");
  auto const id = site_.add(made);
  auto const picture = [&](std::string const& language) {
    return site_.get(share_activity, "", Language::ky, {{"file", id_text(id) + "-" + language + ".png"}});
  };
  auto const first = picture("ky");
  EXPECT_EQ(first.content_type, "image/png");
  EXPECT_TRUE(first.body.starts_with("\x89PNG"));
  EXPECT_NE(first.etag, picture("ru").etag);
  EXPECT_EQ(first.etag, picture("ky").etag);
  auto stored = site_.find(id), changed = stored;
  changed.state = State::cancelled;
  site_.replace(changed, stored, "cancelled");
  EXPECT_NE(first.etag, picture("ky").etag) << "a cancelled activity says so";
  EXPECT_TRUE(site_.get(share_edition, "", Language::ky, {{"file", "2018-ky.png"}}).body.starts_with("\x89PNG"));
}

// What explains the data

TEST_P(OverviewPages, SourcesKeepTheirTitlesInTheirLanguageAndMapsSpeakTheReaders) {
  auto const page = site_.text(sources, "", {}, Language::ky);
  EXPECT_TRUE(std::regex_search(page, std::regex("<a href=\"https://[^\"]*\"><span lang=\"en\">Population and Housing Census")));
  EXPECT_THAT(page, HasSubstr("<p>Чек аралар: geoBoundaries"));
  EXPECT_THAT(page, HasSubstr("Мектеп каникулу: 2025-жылдын 5–9-ноябры")) << "what is no publication's title is ours to say";
  for (auto const* english : {"School break", "days off", "For organisations paid", "Official statistics", "data/processed"})
    EXPECT_THAT(page, Not(HasSubstr(english)));
  EXPECT_THAT(site_.text(sources), HasSubstr("School break from 5 to 9 November 2025"));
}

TEST_P(OverviewPages, OpenDataNamesEveryFormatWithItsAddressAndItsLimits) {
  auto const page = site_.text(open_data);
  for (auto const* address : {"/feeds/agenda-en.ics", "/feeds/agenda-en.atom", "/feeds/agenda-en.json", "/feeds/agenda-en.geojson",
                              "/feeds/agenda-en.csv", "/feeds/agenda-en.xlsx", "/feeds/3w-en.csv", "/api/v1/openapi.json"})
    EXPECT_THAT(page, HasSubstr(address));
  EXPECT_THAT(page, HasSubstr("The newest 200 changes"));
  EXPECT_THAT(page, HasSubstr("next_url"));
}

}  // namespace
}  // namespace birge::overview
