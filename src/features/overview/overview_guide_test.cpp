#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/campaign/campaign_guide.hpp"
#include "features/overview/overview_testing.hpp"

namespace birge::overview {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Site;

std::size_t times(std::string const& page, std::string_view text) {
  std::size_t count = 0;
  for (auto at = page.find(text); at != std::string::npos; at = page.find(text, at + 1)) ++count;
  return count;
}

class OverviewGuide : public ::testing::TestWithParam<db::Engine> {
protected:
  void between_editions() { site_.at("2019-06-01"); }
  std::string text(Handler handler, Language language = Language::en) { return site_.text(handler, {}, {}, language); }

  Site site_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(BothEngines, OverviewGuide, db::both_engines(), db::engine_name);

TEST_P(OverviewGuide, APackWithoutOneLeavesNoEmptySection) {
  site_.database().write([](db::Tx& tx) {
    campaign::save_guide(tx, {});
    campaign::touch_facts(tx);
  });
  between_editions();
  auto const page = text(home);
  for (auto const* words :
       {"How to recognise it", "Before you go to work abroad", "If something is wrong", "Signs and advice", "/en/guide", "<ul></ul>"})
    EXPECT_THAT(page, Not(HasSubstr(words)));
  EXPECT_THAT(page, HasSubstr("What comes next?"));
  EXPECT_THAT(text(guide), HasSubstr("Signs and advice for this country have not been entered yet."));
  site_.at("2018-10-20");
  EXPECT_THAT(text(home), Not(HasSubstr("/en/guide")));
}

TEST_P(OverviewGuide, StandsBetweenEditionsInThreeLanguagesBehindTheHelpNumbers) {
  between_editions();
  struct Words {
    Language language;
    char const *sign, *advice, *unchecked;
  };
  for (auto const& [language, sign, advice, unchecked] :
       {Words{Language::ky, "Кетип калбасын деп, тапкан акчаңызды атайылап беришпейт.",
              "Документтериңиздин көчүрмөсүн жасап, жаныңызда алып жүрүңүз.", "азырынча текшериле элек"},
        Words{Language::ru, "Вам нарочно не выплачивают заработанное, чтобы вы не могли уйти.", "Сделайте копии документов и держите их при себе.",
              "ещё не проверено"},
        Words{Language::en, "Your pay is held back on purpose, so that you cannot leave.", "Make copies of your documents and keep them with you.",
              "not checked yet"}}) {
    for (auto const handler : {home, guide}) {
      auto const page = text(handler, language);
      EXPECT_THAT(page, HasSubstr(sign));
      EXPECT_THAT(page, HasSubstr(advice));
      EXPECT_THAT(page, HasSubstr(unchecked));
      EXPECT_LT(page.find("<section id=\"help\">"), page.find(sign)) << "whoever needs help need not read first";
      EXPECT_LT(page.find("href=\"tel:1899\"", page.find("<main")), page.find(sign));
    }
  }
}

TEST_P(OverviewGuide, SaysOfAllSignsTogetherAndOfEachAdviceWhereItComesFromAndOfWhen) {
  between_editions();
  auto const page = text(guide);
  EXPECT_THAT(
      page, HasSubstr("Source: <a href=\"https://www.ilo.org/publications/ilo-indicators-forced-labour\">ILO Indicators of Forced Labour</a>, 2012 · "
                      "not checked yet"));
  EXPECT_THAT(page, HasSubstr("List of the agencies that may find work abroad for citizens</a>, 24\u00A0February 2026 · not checked yet"));
  auto const advice = page.substr(page.find("<section id=\"advice\""), page.find("If something is wrong") - page.find("<section id=\"advice\""));
  EXPECT_GE(times(advice, "<li>"), 5u);
  EXPECT_EQ(times(advice, "<li>"), times(advice, "Source: "));
  EXPECT_EQ(times(page.substr(0, page.find("<section id=\"advice\"")), "Source: "), 1u);
  EXPECT_THAT(text(guide, Language::ru), HasSubstr("Советы Министерства иностранных дел"));
}

TEST_P(OverviewGuide, SaysWhoCheckedALineAndWhenOnceSomebodyDid) {
  between_editions();
  site_.database().write([&](db::Tx& tx) {
    auto const day = activity::testing::day("2019-05-30");
    campaign::record_guide_check(tx, site_.ids(), {"sign", day, "State Migration Service", "read it over", ""}, day);
  });
  auto const page = text(home);
  EXPECT_THAT(page, HasSubstr("checked on 30\u00A0May 2019 by State Migration Service"));
  auto const signs = page.substr(page.find("<section id=\"signs\""), page.find("<section id=\"advice\"") - page.find("<section id=\"signs\""));
  EXPECT_THAT(signs, Not(HasSubstr("not checked yet")));
  EXPECT_THAT(page, HasSubstr("not checked yet")) << "nobody looked at the advice";
}

TEST_P(OverviewGuide, LeadsFromWhatIsWrongToTheNumbersAndBlamesNobody) {
  between_editions();
  auto const page = text(home);
  EXPECT_THAT(page, HasSubstr("call one of the <a href=\"#help\">numbers on this page</a>"));
  EXPECT_THAT(page, HasSubstr("You are not to blame, whatever you agreed to or signed."));
}

TEST_P(OverviewGuide, IsOneDoorAwayWhileACampaignIsPreparedHeldAndClosed) {
  for (auto const* day : {"2018-09-01", "2018-10-20", "2018-12-12"}) {
    site_.at(day);
    auto const page = text(home);
    EXPECT_THAT(page, HasSubstr("<a class=\"door\" href=\"/en/guide\"><b>Signs and advice</b>")) << day;
    EXPECT_THAT(page, Not(HasSubstr("How to recognise it"))) << day;
  }
  between_editions();
  EXPECT_THAT(text(home), HasSubstr("<a href=\"/en/guide\">Signs and advice on a page of their own, to pass on and to print</a>"));
}

// What comes next

TEST_P(OverviewGuide, WithoutANextEditionTheHomePageSaysWhomToAskAndHowToInviteTheCampaign) {
  between_editions();
  auto const page = text(home);
  auto const next = page.substr(page.find("What comes next?"));
  EXPECT_THAT(next, HasSubstr("The dates of the next campaign have not been set yet."));
  EXPECT_THAT(next, HasSubstr("Those who led the last campaign can tell you more:"));
  EXPECT_THAT(next, HasSubstr("State Migration Service"));
  EXPECT_THAT(next, HasSubstr("href=\"/en/join\""));
  EXPECT_THAT(next, HasSubstr("<a class=\"door\" href=\"/en/invite\">"));
  EXPECT_LT(page.find("How to recognise it"), page.find("What comes next?"));
  EXPECT_LT(page.find("What comes next?"), page.find("What did the last campaign reach?"));
}

TEST_P(OverviewGuide, TheNextEditionIsNamedWithItsDatesAndThoseWhoLeadIt) {
  site_.at("2018-03-01");
  auto const page = text(home);
  auto const next = page.substr(page.find("What comes next?"));
  auto const& edition = *site_.facts().edition("2018");
  EXPECT_THAT(next, HasSubstr("100 Days against Trafficking in Persons 2018</a>: 10\u00A0September – 10\u00A0December 2018"));
  EXPECT_THAT(next, HasSubstr("Preparations begin on " + Say::in(Language::en).date(edition.preparation_from)));
  EXPECT_THAT(next, HasSubstr("It is led by:"));
  EXPECT_THAT(next, HasSubstr("State Agency for Youth"));
  EXPECT_THAT(next, Not(HasSubstr("Those who led the last campaign")));
}

}  // namespace
}  // namespace birge::overview
