#include <gmock/gmock.h>

#include <algorithm>
#include <regex>
#include <set>

#include "app/app.hpp"
#include "features/insight/insight_testing.hpp"

namespace birge::app {
namespace {

/// A whole program on a sample edition, asked without a server.
class FiguresLinks : public testing::TestWithParam<db::Engine> {
protected:
  FiguresLinks() {
    database_.sample("sample", 7, 120);
    Config config = Config::load("", false, [](std::string const&) { return std::nullopt; }, {});
    config.set("public_address", "http://test");
    app_ = std::make_unique<App>(std::move(config), std::make_unique<FixedClock>(parse_instant(insight::test_moment).value()),
                                 db::Database::open((*database_).address()));
  }

  http::Reply ask(std::string const& target) {
    http::Message message;
    message.target = target;
    auto const question = target.find('?');
    message.path = target.substr(0, question);
    if (question != std::string::npos) message.query = target.substr(question + 1);
    return app_->answer(message);
  }
  /// A page; of a report all its pages, one after the other.
  std::string text(std::string const& target) {
    auto reply = ask(target);
    EXPECT_EQ(reply.status, http::Status::ok) << target;
    if (!target.starts_with("/en/report")) return reply.body;
    for (auto const* part : {"regions", "districts", "activities", "coverage", "organisations"})
      reply.body += ask(target + (target.find('?') == std::string::npos ? "?part=" : "&part=") + part).body;
    return reply.body;
  }

  /// Ten days ago in Naryn, of the sample edition.
  activity::Activity lecture(activity::State state, std::string title) {
    auto const facts = database_.facts();
    activity::Activity made;
    made.edition = facts->edition("sample")->id;
    made.kind = "lecture";
    made.state = state;
    made.day = made.end_day = insight::test_today().plus(-10);
    made.place = facts->places->by_code("naryn")->id;
    made.lead = facts->organisation_slugs.at("sample-velo");
    made.original = "en";
    made.texts["en"] = {std::move(title), "", ""};
    return made;
  }

  insight::CampaignDatabase database_{GetParam()};
  std::unique_ptr<App> app_;
};
INSTANTIATE_TEST_SUITE_P(BothEngines, FiguresLinks, db::both_engines(), db::engine_name);

std::string unescaped(std::string text) {
  for (std::size_t at = 0; (at = text.find("&amp;", at)) != std::string::npos; ++at) text.erase(at + 1, 4);
  return text;
}

struct Link {
  std::string target, number;
  auto operator<=>(Link const&) const = default;
};

/// The numbers of tables and of the big figures, with what they open.
std::set<Link> numbers_of(std::string const& page) {
  std::set<Link> links;
  for (auto const& pattern :
       {std::regex(R"re(<a href="([^"]+)">((?:−)?\(?[0-9][0-9,.–]*\)?)</a>)re"), std::regex(R"re(<a href="([^"]+)"><b>([0-9][0-9,–]*)</b>)re")})
    for (auto found = std::sregex_iterator(page.begin(), page.end(), pattern); found != std::sregex_iterator(); ++found)
      links.insert({unescaped((*found)[1]), (*found)[2]});
  return links;
}

bool counts_heads(std::string const& target) {
  for (auto const* status : {"status=counted", "status=reported", "status=confirmed"})
    if (target.find(status) != std::string::npos) return true;
  return false;
}

/// Whether the page that a number opened says the same number.
bool says(std::string const& page, Link const& link) {
  auto const has = [&](std::string const& words) { return page.find(words) != std::string::npos; };
  if (link.target.find("/figures/units") != std::string::npos)
    return has("<p class=\"lead\">" + link.number + " attendances per 1,000 inhabitants</p>");
  if (link.target.find("without=") != std::string::npos) return has(">" + link.number + "</td></tr>") || has("<td>" + link.number + "</td>");
  if (link.target.find("/figures/people") != std::string::npos)
    return has("<tfoot><tr><th scope=\"row\">In all</th><td></td><td class=\"n\">" + link.number + "</td>");
  if (link.number.starts_with("−"))  // what the last line of a table takes off
    return has("activities " + link.number) || has("attendances: " + link.number) || has("broadcast audience: " + link.number);
  // A report also says how many results there are: a number of activities that opens the list of those with a result.
  if (counts_heads(link.target) && (has("Attendances: " + link.number + ", of them") || has("counted apart: " + link.number + ", of them")))
    return true;
  return has(">" + link.number + " activities<") || has(">" + link.number + " activity<");
}

/// What is left of a part of a page without its links.
std::string outside_links(std::string const& page, std::string const& from, std::string const& until) {
  auto const begin = page.find(from);
  if (begin == std::string::npos) return {};
  return std::regex_replace(page.substr(begin, page.find(until, begin) - begin), std::regex("<a [^>]*>[^<]*</a>"), "");
}

TEST_P(FiguresLinks, EveryNumberOpensAPageThatSaysTheSameNumber) {
  std::set<Link> links;
  for (auto const* page : {"/en/figures", "/en/figures?place=osh", "/en/figures/districts", "/en/figures/organisations", "/en/", "/en/regions/naryn",
                           "/en/organisations/sample-velo", "/en/editions/sample"})
    links.merge(numbers_of(text(page)));
  EXPECT_GT(links.size(), 400u);
  for (auto const& link : links) {
    if (link.number == "0") continue;  // there is nothing to say about nothing
    // The number of districts opens the page of districts, which is no list of activities.
    if (link.target.find("/activities") == std::string::npos && link.target.find("/figures/people") == std::string::npos &&
        link.target.find("/figures/units") == std::string::npos && link.target.find("without=") == std::string::npos)
      continue;
    EXPECT_TRUE(says(text(link.target), link)) << link.number << " opens " << link.target;
  }
  EXPECT_TRUE(std::ranges::any_of(links, [](Link const& link) { return link.target.find("without=") != std::string::npos; }));
}

TEST_P(FiguresLinks, TheNumberOfOrganisationsOfAComparisonStandsOnThePageItOpens) {
  auto const page = text("/en/figures/compare");
  std::smatch found;
  ASSERT_TRUE(std::regex_search(page, found, std::regex(R"re(<a href="(/en/figures/organisations[^"]*)">([0-9]+)</a>)re")));
  EXPECT_NE(text(unescaped(found[1])).find(">" + found[2].str() + " organisations held activities.<"), std::string::npos);
}

TEST_P(FiguresLinks, ARateOpensToEveryActivityBehindItPageByPage) {
  std::set<Link> rates;
  for (auto const& link : numbers_of(text("/en/figures/districts")))
    if (link.target.find("/figures/units?unit=") != std::string::npos) rates.insert(link);
  EXPECT_GT(rates.size(), 10u);
  std::regex const listed(R"re(<th scope="row"><a href="/en/activities/)re"), next(R"re(rel="next" href="([^"]+)")re");
  std::regex const told(R"re(Activities: ([0-9,]+)\. Inhabitants)re"), unlisted(R"re(>([0-9]+) activit(?:y|ies) that only the coalition sees)re");
  for (auto const& rate : rates) {
    auto page = text(rate.target);
    std::smatch found;
    ASSERT_TRUE(std::regex_search(page, found, told)) << rate.target;
    auto const all = std::stoi(found[1]);
    int rows = std::regex_search(page, found, unlisted) ? std::stoi(found[1]) : 0;
    for (int pages = 0; pages < 20; ++pages) {
      rows += static_cast<int>(std::distance(std::sregex_iterator(page.begin(), page.end(), listed), std::sregex_iterator()));
      if (!std::regex_search(page, found, next)) break;
      page = text(unescaped(found[1]));
    }
    EXPECT_EQ(rows, all) << rate.target;
  }
}

TEST_P(FiguresLinks, AReportOpensToTheSameNumbersAlsoForSomeDaysOrARegion) {
  for (auto const* page : {"/en/report", "/en/report?from=2026-09-15&until=2026-10-13", "/en/report?place=osh&from=2026-09-20"}) {
    auto const links = numbers_of(text(page));
    EXPECT_GT(links.size(), 60u);
    int asked = 0;
    for (auto const& link : links)
      if (link.target.find("/activities?") != std::string::npos && ++asked % 3 == 0) {
        EXPECT_TRUE(says(text(link.target), link)) << link.number << " opens " << link.target;
      }
  }
}

TEST_P(FiguresLinks, AReportOpensSexAndAgeAndItsOrganisationsToTheSameNumbers) {
  for (auto const* page : {"/en/report", "/en/report?place=osh"}) {
    int people = 0, organisations = 0;
    for (auto const& link : numbers_of(text(page))) {
      if (link.target.find("/figures/people") != std::string::npos && ++people % 4 == 0) {
        EXPECT_TRUE(says(text(link.target), link)) << link.number << " opens " << link.target;
      }
      if (link.target.find("/figures/organisations") == std::string::npos) continue;
      ++organisations;
      EXPECT_NE(text(link.target).find(">" + link.number + " organisation"), std::string::npos) << link.number << " opens " << link.target;
    }
    EXPECT_GT(people, 8) << page;
    EXPECT_EQ(organisations, 1) << page;
  }
  EXPECT_EQ(text("/en/report?from=2026-09-15").find("/figures/people"), std::string::npos) << "that page knows no period";
}

TEST_P(FiguresLinks, TheSummaryAndTheKindsOfARegionInAReportOpen) {
  auto const report = text("/en/report");
  auto const anything = std::regex(">[^<]*[1-9]");
  auto const kinds = report.find("<caption id=\"t-kinds-osh\">");
  ASSERT_NE(kinds, std::string::npos);
  auto const sum = outside_links(report.substr(kinds), "In all", "</tr>");
  ASSERT_FALSE(sum.empty());
  EXPECT_FALSE(std::regex_search(sum, anything)) << sum;
  for (auto const& [number, status] :
       {std::pair("planned", ""), std::pair("reported \\+", "&amp;status=reported"), std::pair("confirmed", "&amp;status=confirmed")}) {
    std::regex const linked("<a href=\"[^\"]*edition=sample" + std::string(status) + "\">[0-9,–]+</a> " + number);
    EXPECT_TRUE(std::regex_search(report, linked)) << number;
  }
  EXPECT_TRUE(std::regex_search(report, std::regex("<b><a href=\"/en/figures/districts[?]edition=sample\">[0-9]+</a></b>")));
}

TEST_P(FiguresLinks, NoNumberOfALargeEditionOpensAListThatOnlySaysThatThereAreMore) {
  database_.sample("large", 9, 2600);
  auto const links_of = [&](std::string const& page) { return numbers_of(text(page)); };
  int large = 0;
  for (std::string const page :
       {"/en/figures?edition=large", "/en/figures/districts?edition=large", "/en/figures/organisations?edition=large", "/en/figures/compare",
        "/en/editions/large", "/en/report?edition=large", "/en/report?edition=large&from=2026-09-12&until=2026-12-05"})
    for (auto const& link : links_of(page)) {
      if (link.target.find("/activities?") == std::string::npos || link.number.find(',') == std::string::npos) continue;
      ++large;
      auto const opened = text(link.target);
      EXPECT_EQ(opened.find("More than"), std::string::npos) << link.number << " opens " << link.target;
      EXPECT_TRUE(says(opened, link)) << link.number << " opens " << link.target;
    }
  EXPECT_GT(large, 40);
}

TEST_P(FiguresLinks, AComparisonNeverAddsAStatedFigureAndLinksItToItsSource) {
  auto const page = text("/en/figures/compare");
  EXPECT_NE(page.find("over 10,000</a>"), std::string::npos);
  EXPECT_NE(page.find(">77</a>"), std::string::npos);
  for (auto const& link : numbers_of(page)) {
    if (link.number == "77") { EXPECT_FALSE(link.target.starts_with("/en/")); }
    if (link.target.starts_with("/en/activities")) { EXPECT_TRUE(says(text(link.target), link)) << link.number << " opens " << link.target; }
  }
}

TEST_P(FiguresLinks, AnEditionWithoutAResultNeverSaysThatNobodyCame) {
  database_.add([&] {
    auto const facts = database_.facts();
    activity::Activity made;
    made.edition = facts->edition("2017")->id;
    made.kind = "lecture";
    made.state = activity::State::held;
    made.day = made.end_day = Day::parse("2017-09-01").value();
    made.place = facts->places->by_code("naryn")->id;
    made.lead = facts->organisation_slugs.at("unodc");
    made.original = "en";
    made.texts["en"] = {"Opening", "", ""};
    return std::vector{made};
  }());
  for (auto const* page : {"/en/figures?edition=2017", "/en/editions/2017"}) {
    auto const shown = text(page);
    EXPECT_EQ(shown.find("<b>0</b>"), std::string::npos) << page;
    EXPECT_NE(shown.find("attendances: no data"), std::string::npos) << page;
    EXPECT_LT(shown.find("<b>77</b><span>activities: published</span>"), shown.find("activity held</span>")) << page;
  }
  for (auto const* page : {"/en/figures?edition=2017", "/en/figures/districts?edition=2017"}) {
    auto const shown = text(page);
    EXPECT_NE(shown.find("Districts and cities without an activity on record in Birge: 57"), std::string::npos) << page;
    EXPECT_EQ(shown.find("Where has nothing been held"), std::string::npos) << page;
    EXPECT_EQ(shown.find("per 1,000 inhabitants"), std::string::npos) << page;
  }
  auto const compared = text("/en/figures/compare");
  EXPECT_NE(compared.find("data-label=\"2017\"><span class=\"soft\">no data</span>"), std::string::npos);
  EXPECT_NE(compared.find("data-label=\"2017\"><a href=\"/en/figures/organisations?edition=2017\">1</a>"), std::string::npos)
      << "who held something is known without a result";
}

TEST_P(FiguresLinks, APageOfOneLineAskedForWithoutItLeadsToTheTableOfAllLines) {
  std::pair<char const*, char const*> const ways[]{{"/en/figures/people", "/en/figures#people"},
                                                   {"/en/figures/people?sex=&band=", "/en/figures#people"},
                                                   {"/en/figures/people?edition=2017&place=osh", "/en/figures?edition=2017&place=osh#people"},
                                                   {"/en/figures/units", "/en/figures/districts#rates"},
                                                   {"/en/figures/units?edition=2018&unit=", "/en/figures/districts?edition=2018#rates"}};
  for (auto const& [asked, led] : ways) {
    auto const reply = ask(asked);
    EXPECT_EQ(reply.status, http::Status::see_other) << asked;
    EXPECT_THAT(reply.headers, testing::Contains(std::pair<std::string, std::string>("Location", led))) << asked;
  }
}

TEST_P(FiguresLinks, ThePartsOfWhatWasHeldAddUpToIt) {
  std::regex const parts(R"re(<b>([0-9]+)</b><span>activities held</span><small>([0-9]+) reported, ([0-9]+) confirmed, ([0-9]+) without)re");
  auto const page = std::regex_replace(text("/en/figures"), std::regex("</?a[^>]*>"), "");
  std::smatch found;
  ASSERT_TRUE(std::regex_search(page, found, parts));
  EXPECT_EQ(std::stoi(found[1]), std::stoi(found[2]) + std::stoi(found[3]) + std::stoi(found[4]));
}

TEST_P(FiguresLinks, NoNumberOfATileOrOfOtherOrganisationsIsWithoutALink) {
  for (auto const* page : {"/en/figures", "/en/figures?place=osh", "/en/", "/en/regions/naryn"}) {
    auto tiles = outside_links(text(page), "<ul class=\"numbers\">", "</ul>");
    ASSERT_FALSE(tiles.empty()) << page;
    // A country has as many districts as it has.
    tiles = std::regex_replace(tiles, std::regex("of [0-9]+ in the country"), "");
    EXPECT_FALSE(std::regex_search(tiles, std::regex(">[^<]*[1-9][^<]*<"))) << page << ": " << tiles;
  }
  auto const figures = text("/en/figures");
  auto const others = figures.find(" other organisations</a>");
  ASSERT_NE(others, std::string::npos);
  auto const row = outside_links(figures.substr(others), " other organisations", "</tr>");
  EXPECT_FALSE(std::regex_search(row, std::regex(">[^<]*[1-9]"))) << row;
}

TEST_P(FiguresLinks, WhatALineTakesOffOrAddsUpOpensToTheSameNumber) {
  auto made = lecture(activity::State::reported, "For parents, pupils and teachers");
  made.audiences = {"parents", "pupils", "teachers"};
  made.result = activity::Result{};
  made.result->attendance = activity::Count{30, 35};
  made.result->reported_day = insight::test_today();
  database_.add({made});
  std::set<std::string> opened;
  for (auto const* page : {"/en/figures", "/en/figures?place=osh", "/en/figures/organisations", "/en/report", "/en/report?place=osh&from=2026-09-20"})
    for (auto const& link : numbers_of(text(page)))
      for (auto const* name : {"several=hosts", "several=topics", "several=audiences", "other_than="})
        if (link.number != "0" && link.target.find(name) != std::string::npos) {
          opened.insert(name);
          EXPECT_TRUE(says(text(link.target), link)) << link.number << " opens " << link.target << " on " << page;
        }
  EXPECT_THAT(opened, testing::SizeIs(4));
  std::regex const more(R"re(<a href="([^"]+)">and [0-9]+ more kinds?: ([0-9]+)</a>)re");
  auto const figures = text("/en/figures");
  std::smatch found;
  ASSERT_TRUE(std::regex_search(figures, found, more));
  Link const link{unescaped(found[1]), found[2]};
  EXPECT_TRUE(says(text(link.target), link)) << link.number << " opens " << link.target;
}

TEST_P(FiguresLinks, OrganisationsBeyondTheFirstOfAReportOpenToTheSumsOfTheirLines) {
  std::vector<activity::Activity> made;
  for (int i = 0; i < 36; ++i) {
    auto each = lecture(i % 2 == 0 ? activity::State::reported : activity::State::confirmed, "Evening " + std::to_string(i));
    each.lead = database_.organisation("Club " + std::to_string(i) + " (sample)");
    each.result = activity::Result{};
    each.result->attendance = activity::Count{21 + 2 * i, 21 + 2 * i};
    each.result->reported_day = insight::test_today();
    made.push_back(each);
  }
  database_.add(made);
  std::string const address = "/en/figures/organisations?edition=sample&without=30";
  std::set<std::string> numbers;
  for (auto const& link : numbers_of(text("/en/report")))
    if (link.target == address) numbers.insert(link.number);
  EXPECT_GE(numbers.size(), 4u);
  auto const opened = text(address);
  auto const sums = opened.find("<tr class=\"sum\">");
  ASSERT_NE(sums, std::string::npos);
  auto const line = opened.substr(sums, opened.find("</tr>", sums) - sums);
  for (auto const& number : numbers) EXPECT_NE(line.find("<td>" + number + "</td>"), std::string::npos) << number << " in " << line;
}

/// The numbers of counting tables that open nothing, each with its line.
std::vector<std::string> numbers_without_link(std::string const& page) {
  std::vector<std::string> found;
  std::regex const row("<tr[^>]*>[\\s\\S]*?</tr>"), cell("<td[^>]*>([^<]*[1-9][^<]*)</td>");
  for (auto table = page.find("<table class=\"counts\">"); table != std::string::npos; table = page.find("<table class=\"counts\">", table + 1)) {
    auto const text = page.substr(table, page.find("</table>", table) - table);
    for (auto line = std::sregex_iterator(text.begin(), text.end(), row); line != std::sregex_iterator(); ++line) {
      auto const cells = line->str();
      for (auto each = std::sregex_iterator(cells.begin(), cells.end(), cell); each != std::sregex_iterator(); ++each)
        found.push_back((*each)[1].str() + " of" + std::regex_replace(cells, std::regex("<[^>]*>"), " "));
    }
  }
  return found;
}

TEST_P(FiguresLinks, EachNumberOfACountingTableOpens) {
  for (auto const* page :
       {"/en/figures", "/en/figures?place=osh", "/en/figures/districts", "/en/figures/organisations", "/en/report", "/en/report?place=osh"}) {
    auto const shown = text(page);
    EXPECT_NE(shown.find("<table class=\"counts\">"), std::string::npos) << page;
    EXPECT_THAT(numbers_without_link(shown), testing::IsEmpty()) << page;
  }
}

TEST_P(FiguresLinks, WhatIsHeldAndNotReportedOpensAsAListOfItsOwn) {
  std::regex const awaiting(R"re(<a href="([^"]*status=awaiting)">([0-9,]+)</a> without a report yet)re");
  std::regex const overdue(R"re(known to be held: <a href="([^"]*status=overdue)">([0-9,]+)</a>)re");
  for (auto const* page : {"/en/figures", "/en/figures?place=osh"})
    for (auto const& pattern : {awaiting, overdue}) {
      auto const shown = text(page);
      std::smatch found;
      ASSERT_TRUE(std::regex_search(shown, found, pattern)) << page;
      Link const link{unescaped(found[1]), found[2]};
      EXPECT_TRUE(says(text(link.target), link)) << link.number << " opens " << link.target;
    }
}

TEST_P(FiguresLinks, AReportOpensWhatNobodySaid) {
  auto made = lecture(activity::State::held, "About nothing that was said");
  database_.add({made});
  auto const report = text("/en/report");
  for (auto const& [name, link] : {std::pair("Topic not said", "topic=none"), std::pair("Audience not said", "audience=none")}) {
    auto const at = report.find(std::string("<th scope=\"row\">") + name);
    ASSERT_NE(at, std::string::npos) << name;
    EXPECT_NE(report.substr(at, report.find("</tr>", at) - at).find(link), std::string::npos) << name;
  }
}

TEST_P(FiguresLinks, ARateAndACellLeadToWhoCountedAndConfirmed) {
  for (auto const* page : {"/en/figures/people?sex=female", "/en/figures/units?unit=kochkor"})
    EXPECT_NE(text(page).find("href=\"/en/figures/behind?"), std::string::npos) << page;
}

TEST_P(FiguresLinks, BehindANumberBroadcastsTellTheirAudienceAndWhatWasCancelledSaysSo) {
  auto const broadcasts = text("/en/figures/behind?kind=radio_programme&status=counted"), cancelled = text("/en/figures/behind?status=cancelled");
  EXPECT_NE(broadcasts.find("<small>audience: "), std::string::npos);
  EXPECT_NE(cancelled.find("<li>Not held: cancelled.</li>"), std::string::npos);
  EXPECT_EQ(cancelled.find("No result yet."), std::string::npos);
  EXPECT_NE(cancelled.find("data-label=\"Attendances\">–</td>"), std::string::npos);
}

TEST_P(FiguresLinks, TheContentsOfAReportLeadToEachChapterOnItsPage) {
  std::regex const entry(R"re(<li><a href="([^"#]*)#([^"]+)">)re");
  for (auto const* page : {"/en/report", "/en/report?place=osh&from=2026-09-20"}) {
    auto const first = ask(page).body;
    auto const contents = first.substr(first.find("<nav class=\"contents\""), first.find("</nav>", first.find("<nav class=\"contents\"")));
    int chapters = 0;
    for (auto found = std::sregex_iterator(contents.begin(), contents.end(), entry); found != std::sregex_iterator(); ++found, ++chapters)
      EXPECT_NE(ask(unescaped((*found)[1])).body.find("id=\"" + (*found)[2].str() + "\""), std::string::npos) << found->str();
    EXPECT_GT(chapters, 10) << page;
  }
  EXPECT_EQ(ask("/en/report?part=everything").status, http::Status::not_found);
}

TEST_P(FiguresLinks, DaysOfAReportThatCannotBeReadStayInTheFormWithASentence) {
  auto const reply = ask("/en/report?from=2026-13-45&until=2026-10-13&place=osh");
  EXPECT_EQ(reply.status, http::Status::bad_request);
  for (auto const* shown :
       {"is not a date. Write it like 25.10.2026.", "name=\"until\" type=\"date\" value=\"2026-10-13\"", "value=\"osh\" selected"})
    EXPECT_NE(reply.body.find(shown), std::string::npos) << shown;
  EXPECT_NE(ask("/en/report?from=2026-10-20&until=2026-10-13").body.find("The end of the period is before its beginning."), std::string::npos);
}

TEST_P(FiguresLinks, AnUnknownEditionRegionOrCellIsNotFound) {
  for (auto const* page : {"/en/figures?edition=1999", "/en/figures?place=atlantis", "/en/figures/people?sex=other",
                           "/en/figures/units?unit=atlantis", "/en/regions/atlantis", "/en/organisations/nobody", "/en/editions/1999",
                           "/share/editions/1999-ky.png", "/share/editions/2018.png", "/share/activities/0-ky.png"})
    EXPECT_EQ(ask(page).status, http::Status::not_found) << page;
}

TEST_P(FiguresLinks, ASharePictureIsAPngThatSaysWhenItIsASample) {
  auto const picture = ask("/share/editions/sample-ky.png");
  EXPECT_EQ(picture.content_type, "image/png");
  EXPECT_TRUE(picture.body.starts_with("\x89PNG"));
  EXPECT_FALSE(picture.etag.empty());
  EXPECT_NE(picture.etag, ask("/share/editions/sample-ru.png").etag);
}

TEST_P(FiguresLinks, EveryPageOfFiguresStaysLean) {
  auto const page = text("/ky/figures");
  EXPECT_LT(page.size(), 120'000u);
  EXPECT_EQ(page.find("style=\""), std::string::npos);
}

}  // namespace
}  // namespace birge::app
