#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/overview/overview_testing.hpp"

namespace birge::overview {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Site;

class OverviewHome : public ::testing::TestWithParam<db::Engine> {
protected:
  Site site_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, OverviewHome, db::both_engines(), db::engine_name);

TEST_P(OverviewHome, BeforeTheCampaignCountsTheDaysAndSaysHowToJoin) {
  site_.at("2018-09-01");
  site_.add(site_.plain("Жолго чыгаардан мурда"));
  auto const page = site_.text(home);
  EXPECT_THAT(page, HasSubstr("<b>9</b><span>days until the campaign begins</span>"));
  EXPECT_THAT(page, HasSubstr("How can your organisation take part?"));
  EXPECT_THAT(page, HasSubstr("State Migration Service")) << "the organisations that lead it";
  EXPECT_THAT(page, HasSubstr("Жолго чыгаардан мурда")) << "what is planned already";
  EXPECT_THAT(page, Not(HasSubstr("<progress")));
  EXPECT_THAT(page, Not(HasSubstr("Closing report")));
}

TEST_P(OverviewHome, ASharedLinkShowsTheEdition) {
  auto const page = site_.text(home);
  EXPECT_THAT(page, HasSubstr("<meta property=\"og:title\" content=\"" + site_.edition().name(Language::en) + "\">"));
  EXPECT_THAT(page, HasSubstr("<meta property=\"og:image\" content=\"https://birge.example/share/editions/2018-en.png\">"));
  EXPECT_THAT(page, HasSubstr("<link rel=\"canonical\" href=\"https://birge.example/en/\">"));
}

TEST_P(OverviewHome, EachNumberOfATileOpensItsOwnList) {
  auto held = site_.plain();
  held.state = activity::State::reported;
  held.day = held.end_day = activity::testing::day("2018-10-10");
  held.result = activity::Result{};
  held.result->attendance = activity::Count{30, 30};
  held.result->reported_day = held.day;
  site_.add(held);
  site_.add(site_.plain());
  auto const page = site_.text(home);
  EXPECT_THAT(page, HasSubstr("<small>of <a href=\"/en/activities\">2</a> planned</small>"));
  EXPECT_THAT(page, HasSubstr("<small><a href=\"/en/activities?status=reported\">30</a> reported + 0 confirmed</small>"));
}

TEST_P(OverviewHome, OneOfAKindIsNamedAsOne) {
  auto held = site_.plain();
  held.state = activity::State::reported;
  held.day = held.end_day = activity::testing::day("2018-10-10");
  held.place = site_.place("kochkor");
  held.result = activity::Result{};
  held.result->attendance = activity::Count{1, 1};
  held.result->reported_day = held.day;
  site_.add(held);
  EXPECT_THAT(site_.text(home), ::testing::AllOf(HasSubstr(">1</a></b><span>attendance</span>"), HasSubstr(">1</a></b><span>activity held</span>"),
                                                 HasSubstr(">1</a></b><span>district reached</span>")));
  EXPECT_THAT(site_.text(home, {}, {}, Language::ru), ::testing::AllOf(HasSubstr(">1</a></b><span>мероприятие проведено</span>"),
                                                                       HasSubstr(">1</a></b><span>район или город охвачен</span>")));
}

TEST_P(OverviewHome, BeforeTheCampaignAnEmptyPlanIsSaidInASentence) {
  site_.at("2018-08-01");
  EXPECT_THAT(site_.text(home), HasSubstr("Nothing has been entered yet. Plans appear here as soon as the coordinator has them."));
}

TEST_P(OverviewHome, DuringTheCampaignSaysWhichDayItIsAndWhatIsOnInTheNextSevenDays) {
  site_.add(site_.plain("Коопсуз миграция"));
  auto later = site_.plain("Кийинки айда");
  later.day = later.end_day = activity::testing::day("2018-11-25");
  site_.add(later);
  auto const page = site_.text(home);
  EXPECT_THAT(page, HasSubstr("<b>Day 41</b> <span>of 92</span>"));
  EXPECT_THAT(page, HasSubstr("<progress value=\"41\" max=\"92\">"));
  EXPECT_THAT(page, HasSubstr("Коопсуз миграция"));
  EXPECT_THAT(page, Not(HasSubstr("Кийинки айда")));
}

TEST_P(OverviewHome, WhatBeganBeforeAndLastsIsAmongWhatIsOn) {
  auto const today = site_.facts().today(site_.clock().now());
  auto const add = [&](char const* title, Day from, Day until, activity::State state = activity::State::approved) {
    auto lasting = site_.plain(title);
    lasting.day = from;
    lasting.end_day = until;
    lasting.state = state;
    site_.add(lasting);
  };
  add("Жүрүп жаткан көргөзмө", today.plus(-2), today);
  add("Бүткөн көргөзмө", today.plus(-3), today.plus(-1));
  add("Токтотулган көргөзмө", today.plus(-2), today.plus(3), activity::State::cancelled);
  auto monthly = site_.plain("Ай ичинде");
  monthly.day = activity::testing::day("2018-10-01");
  monthly.end_day = activity::testing::day("2018-10-31");
  monthly.precision = activity::Precision::month;
  site_.add(monthly);
  auto const page = site_.text(home);
  EXPECT_THAT(page, Not(HasSubstr("Ай ичинде")));
  EXPECT_THAT(page, HasSubstr("Жүрүп жаткан көргөзмө"));
  EXPECT_THAT(page, Not(HasSubstr("Бүткөн көргөзмө")));
  EXPECT_THAT(page, Not(HasSubstr("Токтотулган көргөзмө")));
  EXPECT_THAT(site_.text(home, "place=osh"), Not(HasSubstr("Жүрүп жаткан көргөзмө")));
}

TEST_P(OverviewHome, TheRegionIsRememberedInTheAddressAlone) {
  site_.add(site_.plain("Коопсуз миграция"));
  auto const there = site_.text(home, "place=naryn"), elsewhere = site_.text(home, "place=osh"), nowhere = site_.text(home, "place=atlantis");
  EXPECT_THAT(there, HasSubstr("Коопсуз миграция"));
  EXPECT_THAT(elsewhere, Not(HasSubstr("Коопсуз миграция")));
  EXPECT_THAT(elsewhere, HasSubstr("Nothing is planned here in the next seven days."));
  EXPECT_THAT(nowhere, HasSubstr("Коопсуз миграция")) << "a word that names no region chooses none";
  for (auto const& [name, value] : site_.get(home, "place=naryn").headers) EXPECT_NE(name, "Set-Cookie");
}

TEST_P(OverviewHome, TheThreeNumbersOpenAndZeroesDoNot) {
  auto made = site_.plain();
  made.state = activity::State::reported;
  made.day = made.end_day = activity::testing::day("2018-10-10");
  made.result = activity::Result{.version = 1,
                                 .method = "",
                                 .attendance = activity::Count{30, 45},
                                 .audience = {},
                                 .cells = {},
                                 .counted_by = {},
                                 .reported_day = activity::testing::day("2018-10-11"),
                                 .narrative = {}};
  site_.add(made);
  auto const page = site_.text(home);
  EXPECT_THAT(page, HasSubstr("<b><a href=\"/en/activities?status=counted\">30–45</a></b>"));
  EXPECT_THAT(page, HasSubstr("<b><a href=\"/en/activities?status=held\">1</a></b>"));
  EXPECT_THAT(page, HasSubstr("<div class=\"number\"><b>0</b><span>districts reached</span>")) << "it was held in the oblast, in no district";
}

TEST_P(OverviewHome, TheHotlineSaysThatNobodyHasCheckedIt) {
  auto const page = site_.text(home);
  EXPECT_THAT(page, HasSubstr("href=\"tel:1899\""));
  EXPECT_THAT(page, HasSubstr("not checked since 2018"));
}

TEST_P(OverviewHome, InRussianTheHotlineIsANumberThatWasChecked) {
  site_.at("2018-09-01");
  site_.database().write([&](db::Tx& tx) {
    auto const day = activity::testing::day("2018-08-30");
    campaign::record_check(tx, site_.ids(), "1899", day, "Штаб", "Позвонили", true, "", day);
  });
  EXPECT_THAT(site_.text(home, {}, {}, Language::ru), HasSubstr("номер проверен 30")) << "whatever the gender of its name is";
}

TEST_P(OverviewHome, WhileResultsComeInTheyLeadToTheReport) {
  site_.at("2018-12-12");
  auto const page = site_.text(home);
  EXPECT_THAT(page, HasSubstr("The campaign is over. Its last results are coming in."));
  EXPECT_THAT(page, HasSubstr("Closing conference: 14\u00A0December 2018"));
  EXPECT_THAT(page, HasSubstr("href=\"/en/report?edition=2018\""));
  EXPECT_THAT(page, Not(HasSubstr("What is on in the next seven days?")));
}

TEST_P(OverviewHome, AfterAnEditionHelpComesFirstAndNoDateIsInvented) {
  site_.at("2019-06-01");
  auto const page = site_.text(home);
  EXPECT_THAT(page, HasSubstr("This campaign is over. Help is there all year round."));
  EXPECT_LT(page.find("Where is help?"), page.find("What did the last campaign reach?"));
  EXPECT_THAT(page, HasSubstr("The dates of the next campaign have not been set yet."));
}

TEST_P(OverviewHome, BetweenTwoEditionsTheNextOneIsNamedWithItsDates) {
  site_.at("2018-03-01");
  auto const page = site_.text(home);
  EXPECT_THAT(page, HasSubstr("100 Days against Trafficking in Persons 2017"));
  EXPECT_THAT(page,
              HasSubstr("<a href=\"/en/editions/2018\">100 Days against Trafficking in Persons 2018</a>: 10\u00A0September – 10\u00A0December 2018"));
  EXPECT_THAT(page, HasSubstr("What was published about this edition"));
}

/// No country pack, no edition: what `birge serve` shows on a database that was only made.
class OverviewEmpty : public ::testing::TestWithParam<db::Engine> {
protected:
  Reply get(Handler handler, std::vector<std::pair<std::string_view, std::string>> captures = {}, std::string const& query = {}) {
    http::Message message;
    message.path = message.target = "/test";
    message.query = query;
    Request request(message, services_, Say::in(Language::en), http::Parameters::parse(query).value());
    request.local_path = "/test";
    request.captures = std::move(captures);
    return handler(request);
  }

  db::TestDatabase database_{GetParam()};
  FixedClock clock_{activity::testing::the_moment()};
  IdMaker ids_{clock_, 1};
  Config config_ = Config::load("", false, [](std::string const&) { return std::nullopt; }, {});
  Services services_{clock_, config_, *database_, ids_};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, OverviewEmpty, db::both_engines(), db::engine_name);

TEST_P(OverviewEmpty, ThePagesOfWhatIsNotThereAreNotFound) {
  EXPECT_THROW(get(region, {{"code", "naryn"}}), Problem);
  EXPECT_THROW(get(organisation, {{"slug", "unodc"}}), Problem);
  EXPECT_THROW(get(edition, {{"slug", "2018"}}), Problem);
  EXPECT_THROW(get(share_edition, {{"file", "2018-ky.png"}}), Problem);
}

TEST_P(OverviewEmpty, TheHomePageSaysHowToBegin) {
  auto const page = get(home).body;
  EXPECT_THAT(page, HasSubstr("Here the campaign will stand"));
  EXPECT_THAT(page, HasSubstr("<code>birge init</code>"));
  EXPECT_THAT(page, HasSubstr("<code>birge init --sample</code>"));
}

TEST_P(OverviewEmpty, EveryOtherPageSaysThatNothingIsThereYet) {
  for (auto const handler : {regions, editions}) EXPECT_THAT(get(handler).body, HasSubstr("No edition of the campaign has been entered yet."));
  EXPECT_THAT(get(organisations).body, HasSubstr("No organisation has been entered yet."));
  EXPECT_THAT(get(organisations, {}, "q=unodc").body, HasSubstr("No organisation has been entered yet."));
  for (auto const handler : {sources, method, open_data}) EXPECT_EQ(get(handler).status, Status::ok);
}

}  // namespace
}  // namespace birge::overview
