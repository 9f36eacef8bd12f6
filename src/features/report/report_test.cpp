#include "features/report/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "features/report/report_article.hpp"
#include "features/report/report_book.hpp"
#include "features/report/report_plan.hpp"
#include "features/report/report_testing.hpp"
#include "platform/sheet/sheet.hpp"

namespace birge::report {

namespace {

using testing::HasSubstr;
using testing::Not;

class ClosingReport : public testing::TestWithParam<db::Engine> {
protected:
  SampleDatabase database_{GetParam()};
  Say const& say_ = Say::in(Language::en);

  std::string html(Filter const& scope, Texts const& texts = {}, view::Links const& links = {}) {
    return std::string(article(database_.gathered(scope), say_, texts, links, Note::draft).text());
  }
  std::string book(Filter const& scope, Reader reader) {
    return database_->read([&](db::Reader& read) { return workbook(read, gather(read, scope, Language::en, test_now), say_, reader, ""); });
  }
};
INSTANTIATE_TEST_SUITE_P(BothEngines, ClosingReport, db::both_engines(), db::engine_name);

/// The rows of a worksheet below its header, by the text of the first cell.
std::map<std::string, std::vector<sheet::Cell>> rows_of(std::string const& bytes, std::string_view name) {
  std::map<std::string, std::vector<sheet::Cell>> rows;
  auto const book = sheet::open_bytes(bytes);
  for (std::size_t i = 0; i < book->tables().size(); ++i)
    if (book->tables()[i].name == name)
      book->read(i, [&](sheet::Row const& row) {
        if (!row.cells.empty()) rows.emplace(row.cells.front().text, row.cells);
        return true;
      });
  return rows;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

}  // namespace

TEST_P(ClosingReport, OfAPeriodThatEndsBeforeItBeginsIsRefused) {
  auto const scope = database_.scope("sample");
  EXPECT_THROW(scope_of(scope.edition, {}, Day::parse("2026-10-02"), Day::parse("2026-10-01")), Problem);
}

TEST_P(ClosingReport, OfAPlaceThatIsNoRegionIsRefused) {
  database_->read([](db::Reader& read) {
    auto const facts = campaign::facts(read);
    EXPECT_THROW(region_named(read, *facts, "nowhere at all"), Problem);
    EXPECT_THROW(region_named(read, *facts, facts->places->districts().front()->code), Problem);
    auto const naryn = region_named(read, *facts, "naryn");
    for (auto const* name : {"KG04", "Нарын", "Нарынская область", "Naryn oblast"})
      EXPECT_EQ(region_named(read, *facts, name).value, naryn.value) << name;
  });
}

TEST_P(ClosingReport, SaysTheNumbersOfTheFigures) {
  auto const scope = database_.scope("sample");
  auto const figures = database_->read([&](db::Reader& read) {
    auto const facts = campaign::facts(read);
    return insight::figures(read, *facts, scope, facts->today(test_now));
  });
  auto const text = html(scope);
  auto const& total = figures.total;
  EXPECT_THAT(text, HasSubstr("<b>" + say_.number(total[Measure::held]) + "</b>"));
  EXPECT_THAT(text, HasSubstr(say_.range(total.reported().low, total.reported().high) + " reported + " +
                              say_.range(total.confirmed().low, total.confirmed().high) + " confirmed"));
  EXPECT_THAT(text, HasSubstr("<b>" + say_.range(total.audience().low, total.audience().high) + "</b>"));
  ASSERT_GT(total[Measure::held], 0);
  ASSERT_GT(total.unreported, 0);
}

TEST_P(ClosingReport, RegionsAndWhatHasNoRegionAddUpToTheTotal) {
  auto const report = database_.gathered(database_.scope("sample"));
  Line sum;
  for (auto const& region : report.regions) {
    sum.numbers.add(region.figures.total.numbers);
    sum.unreported += region.figures.total.unreported;
  }
  for (auto const& line : report.figures.lines("region"))
    if (activity::reach_of(line.key)) {
      sum.numbers.add(line.numbers);
      sum.unreported += line.unreported;
    }
  EXPECT_EQ(sum.numbers, report.figures.total.numbers);
  EXPECT_EQ(sum.unreported, report.figures.total.unreported);
  EXPECT_EQ(report.regions.size(), 9U);
}

TEST_P(ClosingReport, OrganisationsEndWithTheLineThatReconcilesThem) {
  auto const report = database_.gathered(database_.scope("sample"));
  auto const beyond = beyond_total(report.figures, "organisation");
  ASSERT_TRUE(beyond);
  EXPECT_LT((*beyond)[Measure::planned], 0);
  Line sum = *beyond;
  for (auto const& line : report.figures.lines("organisation")) sum.numbers.add(line.numbers);
  EXPECT_EQ(sum.numbers, report.figures.total.numbers);
  EXPECT_FALSE(beyond_total(report.figures, "kind"));
  EXPECT_FALSE(beyond_total(report.figures, "week"));
}

TEST_P(ClosingReport, OfAPeriodCountsOnlyActivitiesThatBeginInIt) {
  auto const whole = database_.scope("sample");
  auto const first = scope_of(whole.edition, {}, {}, Day::parse("2026-09-30"));
  auto const rest = scope_of(whole.edition, {}, Day::parse("2026-10-01"), {});
  auto const early = database_.gathered(first), late = database_.gathered(rest), all = database_.gathered(whole);
  auto sum = early.figures.total.numbers;
  sum.add(late.figures.total.numbers);
  EXPECT_EQ(sum, all.figures.total.numbers);
  ASSERT_GT(early.figures.total[Measure::planned], 0);
  ASSERT_GT(late.figures.total[Measure::planned], 0);
}

TEST_P(ClosingReport, OfOneRegionSpeaksOfItsDistrictsOnly) {
  auto scope = database_.scope("sample");
  scope.place = database_->read([](db::Reader& read) { return region_named(read, *campaign::facts(read), "naryn"); });
  auto const report = database_.gathered(scope);
  EXPECT_TRUE(report.regions.empty());
  auto const text = html(scope);
  EXPECT_THAT(text, HasSubstr("At-Bashy"));
  EXPECT_THAT(text, Not(HasSubstr("Nooken district")));
}

TEST_P(ClosingReport, StandsStatedFiguresBesideTheirSourceAndAddsThemToNothing) {
  auto const scope = database_.scope("2017");
  auto const report = database_.gathered(scope);
  ASSERT_FALSE(report.editions.front().stated.empty());
  auto const text = html(scope);
  EXPECT_THAT(text, HasSubstr("over 10,000"));
  EXPECT_THAT(text, HasSubstr("unodc.org"));
  EXPECT_LT(report.figures.total[Measure::planned], 77);
  EXPECT_THAT(text, Not(HasSubstr("Sample data")));
}

TEST_P(ClosingReport, TheDateOfASourceEndsItsSentenceOnce) {
  auto const report = database_.gathered(database_.scope("2017"));
  for (auto const language : {Language::ky, Language::ru}) {
    auto const page = article(report, Say::in(language), {}, {}, Note::draft);
    EXPECT_THAT(std::string(page.text()), Not(HasSubstr(".. <a"))) << code(language);
  }
}

TEST_P(ClosingReport, OfARealEditionNeverStandsBesideInventedOnes) {
  for (auto const& edition : database_.gathered(database_.scope("2018")).editions) EXPECT_FALSE(edition.edition->sample);
}

TEST_P(ClosingReport, OfTheSampleIsMarkedAsSample) { EXPECT_THAT(html(database_.scope("sample")), HasSubstr("class=\"sample\"")); }

TEST_P(ClosingReport, OfAnEditionWithNothingInItIsStillAReport) {
  auto const scope = scope_of(database_.scope("2018").edition, {}, Day::parse("2018-01-01"), Day::parse("2018-01-02"));
  auto const text = html(scope);
  EXPECT_THAT(text, HasSubstr("id=\"summary\""));
  EXPECT_THAT(text, HasSubstr("No activity here is on record in Birge."));
}

TEST_P(ClosingReport, OfAnEditionKnownFromSourcesAloneTellsNoAttendancesAndNoPlaceWhereNothingWasHeld) {
  auto const text = html(database_.scope("2017"));
  EXPECT_THAT(text, HasSubstr("<b>77</b><span>activities: published</span>"));
  EXPECT_LT(text.find("<b>77</b>"), text.find("<span>activities held</span>"));
  EXPECT_THAT(text, HasSubstr("attendances: no data"));
  EXPECT_THAT(text, HasSubstr("Districts and cities without an activity on record in Birge: 5"));
  for (auto const* untrue :
       {"<b>0</b>", "0 reported + 0 confirmed", "nothing held", "Nothing was", "where nothing was held", "Attendances by region"})
    EXPECT_THAT(text, Not(HasSubstr(untrue)));
}

TEST_P(ClosingReport, WhereAndByWhomSomethingWasHeldIsComparedWithoutAnyResult) {
  auto const text = html(database_.scope("2017"));
  EXPECT_THAT(text, HasSubstr("Districts and cities reached</th><td class=\"n\">1</td>"));
  EXPECT_THAT(text, HasSubstr("Organisations that held activities</th><td class=\"n\">7</td>"));
  EXPECT_THAT(text, HasSubstr("Attendances reported</th><td class=\"n\">no data</td>"));
}

TEST_P(ClosingReport, TheDraftNoteNamesOneLeadAndTheCoverNoMoreThanItBears) {
  auto const report = database_.gathered(database_.scope("2017"));
  auto const text = std::string(article(report, Say::in(Language::ky), {}, {}, Note::draft).text());
  auto const of = [&](std::string_view begin, std::string_view end) {
    auto const at = text.find(begin);
    return text.substr(at, text.find(end, at) - at);
  };
  EXPECT_EQ(count(of("class=\"notice attention draft\"", "</p>"), "ыйгарым укуктуу"), 0U);
  EXPECT_GT(count(of("class=\"by\"", "</header>"), "ыйгарым укуктуу"), 2U);
  EXPECT_LT(of("class=\"by\"", "</header>").size(), 3000U);
}

TEST_P(ClosingReport, IsAnInterimOneUntilTheEditionIsOver) {
  auto const running = database_.gathered(database_.scope("sample")), over = database_.gathered(database_.scope("2018"));
  EXPECT_EQ(title(running, say_), "Interim report: day 40 of 100 · " + running.edition.name(Language::en));
  EXPECT_EQ(title(over, say_), "Closing report: " + over.edition.name(Language::en));
}

TEST_P(ClosingReport, ListsAreBoundedAndSayHowManyMore) {
  for (int i = 0; i < 40; ++i) database_.add("Late number " + std::to_string(i), "approved");
  auto const report = database_.gathered(database_.scope("sample"));
  EXPECT_EQ(report.unreported.rows.size(), static_cast<std::size_t>(listed));
  EXPECT_GE(report.unreported.total, 40);
  auto const text = html(database_.scope("sample"));
  EXPECT_LE(count(text, "<tr"), 600U);
  EXPECT_THAT(text, HasSubstr("Not listed here but in the workbook: " +
                              say_.number(report.unreported.total - report.unreported.hidden - static_cast<std::int64_t>(listed))));
}

TEST_P(ClosingReport, HostileTitlesStayText) {
  database_.add("<script>alert(1)</script>", "approved");
  auto const text = html(database_.scope("sample"));
  EXPECT_THAT(text, Not(HasSubstr("<script")));
  EXPECT_THAT(text, HasSubstr("&lt;script&gt;"));
}

TEST_P(ClosingReport, TextsOfTheCoordinatorStandInItAndMissingOnesAreNamedInTheDraftNote) {
  auto const texts = read_texts("# Foreword\nWe worked **together**. <img src=x onerror=alert(1)>\n");
  auto const text = html(database_.scope("sample"), texts);
  EXPECT_THAT(text, HasSubstr("<strong>together</strong>"));
  EXPECT_THAT(text, Not(HasSubstr("<img")));
  EXPECT_THAT(text, HasSubstr("Challenges, Conclusions, Recommendations"));
  EXPECT_THAT(text, Not(HasSubstr("id=\"challenges\"")));
  auto const nowhere = [](Part, std::string_view) { return Url(); };
  auto const page = std::string(article_page(database_.gathered(database_.scope("sample")), say_, texts, {}, Part::reading, nowhere).text());
  EXPECT_THAT(page, testing::AllOf(HasSubstr("<strong>together</strong>"), Not(HasSubstr("Draft."))));
}

TEST_P(ClosingReport, ThePagesOfTheSiteHaveEachChapterOfTheDocumentOnceWithTheSameNumbersOfTables) {
  auto const scope = database_.scope("sample");
  auto const report = database_.gathered(scope);
  auto const nowhere = [](Part, std::string_view) { return Url(); };
  auto const chapters = [](std::string_view text) {
    std::multiset<std::string> found;
    constexpr std::string_view begin = "<section class=\"chapter\"", end = "</section>";
    for (auto at = text.find(begin); at != text.npos; at = text.find(begin, at + 1)) found.emplace(text.substr(at, text.find(end, at) - at));
    return found;
  };
  std::multiset<std::string> pages;
  for (auto const part : parts) pages.merge(chapters(article_page(report, say_, {}, {}, part, nowhere).text()));
  EXPECT_GT(pages.size(), 10U);
  EXPECT_EQ(pages, chapters(html(scope)));
}

TEST_P(ClosingReport, NumbersOpenWhereThereIsAnAddress) {
  auto const scope = database_.scope("sample");
  EXPECT_THAT(html(scope), Not(HasSubstr("/en/activities")));
  EXPECT_THAT(html(scope, {}, {.on = true, .address = "https://example.org"}),
              HasSubstr("href=\"https://example.org/en/activities?edition=sample&amp;status=held\""));
}

TEST_P(ClosingReport, ResultsInTimeOpenInTheWorkspaceForThoseWhoAreInIt) {
  auto const scope = database_.scope("sample");
  EXPECT_THAT(
      html(scope, {}, {.on = true, .address = {}, .workspace = true}),
      testing::AllOf(testing::ContainsRegex("/en/work/table[?]edition=sample&amp;place=[a-z-]+&amp;result=missing\">[0-9]+</a>"),
                     testing::ContainsRegex("/en/work/table[?]edition=sample&amp;organisation=[a-z-]+&amp;lead=1&amp;result=due\">[0-9]+</a>")));
  EXPECT_THAT(html(scope, {}, {.on = true, .address = {}}), Not(HasSubstr("/work/table")));
}

TEST_P(ClosingReport, DocumentLoadsNothing) {
  auto const scope = database_.scope("sample");
  auto const page = document(say_, "Report", article(database_.gathered(scope), say_, {}, {}, Note::none));
  EXPECT_THAT(page, Not(HasSubstr("<link")));
  EXPECT_THAT(page, Not(HasSubstr("src=")));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("target-counter"));
}

TEST_P(ClosingReport, DocumentHasNoInvisibleCharactersInItsWords) {
  auto const& say = Say::in(Language::ky);
  auto const page = document(say, "Отчёт", article(database_.gathered(database_.scope("2017")), say, {}, {}, Note::none));
  EXPECT_THAT(page, Not(HasSubstr("\u2060")));
  EXPECT_THAT(page, HasSubstr("<span class=\"keep\">31-июль</span>"));
  EXPECT_THAT(page, HasSubstr("<tbody class=\"whole\">"));
}

TEST_P(ClosingReport, WorkbookHoldsTheSameTotalsAndEveryActivity) {
  auto const scope = database_.scope("sample");
  auto const report = database_.gathered(scope);
  auto const bytes = book(scope, Reader::coordinator);
  auto summary = rows_of(bytes, "Summary");
  EXPECT_EQ(summary["Activities held"].at(1).number, static_cast<double>(report.figures.total[Measure::held]));
  EXPECT_EQ(summary["Attendances confirmed"].at(2).number, static_cast<double>(report.figures.total.confirmed().high));
  EXPECT_EQ(rows_of(bytes, "By kind")["In all"].at(1).number, static_cast<double>(report.figures.total[Measure::planned]));
  auto const activities = rows_of(bytes, "Activities");
  EXPECT_GE(activities.size(), static_cast<std::size_t>(report.figures.total[Measure::planned]));
}

TEST_P(ClosingReport, WorkbookForEveryoneListsPublicActivitiesOnlyAndCountsTheOthers) {
  auto const scope = database_.scope("sample");
  auto const hidden = database_.gathered(scope).figures.total[Measure::hidden];
  ASSERT_GT(hidden, 0);
  auto const all = rows_of(book(scope, Reader::coordinator), "Activities"), open = rows_of(book(scope, Reader::everyone), "Activities");
  EXPECT_EQ(all.size() - open.size() + 1, static_cast<std::size_t>(hidden));
  EXPECT_TRUE(open.contains("Seen only by the coalition: " + say_.number(hidden) + "."));
}

TEST_P(ClosingReport, WorkbookForEveryoneTellsOfAHiddenCorrectionOnlyWhatCounts) {
  auto report = database_.gathered(database_.scope("sample"));
  insight::Correction hidden;
  hidden.is_public = false;
  hidden.title = "Жашыруун сабак";
  hidden.before = hidden.after = {12, 12};
  hidden.others = {message("method of counting")};
  report.corrections.list = {hidden};
  auto const rows = [&](Reader reader) {
    return rows_of(database_->read([&](db::Reader& read) { return workbook(read, report, say_, reader, ""); }), "Corrections after the closing");
  };
  auto const told = [](std::vector<sheet::Cell> const& row) {
    return std::ranges::any_of(row, [](sheet::Cell const& cell) { return cell.text.find("method of counting") != std::string::npos; });
  };
  EXPECT_TRUE(told(rows(Reader::coordinator).at("Жашыруун сабак")));
  EXPECT_FALSE(told(rows(Reader::everyone).at("Seen only by the coalition")));
}

TEST_P(ClosingReport, TitlesNeverRunInTheWorkbook) {
  database_.add("=HYPERLINK(\"http://evil\")", "reported");
  auto const bytes = book(database_.scope("sample"), Reader::coordinator);
  bool found = false;
  for (auto const& [id, cells] : rows_of(bytes, "Activities"))
    for (auto const& cell : cells) {
      EXPECT_FALSE(cell.formula);
      found |= cell.text.find("HYPERLINK") != std::string::npos;
    }
  EXPECT_TRUE(found);
}

TEST_P(ClosingReport, PlanOfTooManyActivitiesIsRefusedOnPaperOnly) {
  Plan plan = database_->read([&](db::Reader& read) { return gather_plan(read, database_.scope("sample"), test_now); });
  ASSERT_FALSE(plan.activities.empty());
  plan.activities.resize(most_planned + 1, plan.activities.front());
  EXPECT_THROW(plan_article(plan, say_), Problem);
  EXPECT_NO_THROW(plan_workbook(plan, say_));
}

TEST_P(ClosingReport, PlanCarriesTheOfficialHeadAndLeavesOutWhatIsCancelled) {
  auto const plan = database_->read([&](db::Reader& read) { return gather_plan(read, database_.scope("sample"), test_now); });
  EXPECT_TRUE(std::ranges::none_of(plan.activities, [](auto const& activity) { return activity.state == activity::State::cancelled; }));
  for (auto const language : languages) EXPECT_THAT(std::string(plan_article(plan, Say::in(language)).text()), HasSubstr("БЕКИТЕМ / УТВЕРЖДАЮ"));
}

}  // namespace birge::report
