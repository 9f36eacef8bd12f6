#include <map>

#include "features/insight/insight.hpp"
#include "features/insight/insight_testing.hpp"
#include "features/insight/insight_view.hpp"

namespace birge::insight {
namespace {

using activity::Activity;
using activity::Cell;
using activity::Sex;
using activity::State;

class InsightFigures : public testing::TestWithParam<db::Engine> {
protected:
  Figures of(Filter const& filter) {
    return database_.read([&](db::Reader& read) { return figures(read, *campaign::facts(read), filter, test_today()); });
  }
  Figures counted(Filter const& filter) {
    return database_.read([&](db::Reader& read) { return figures_from_activities(read, *campaign::facts(read), filter, test_today()); });
  }
  Filter edition(campaign::EditionId id) {
    Filter filter;
    filter.edition = id;
    return filter;
  }
  place::PlaceId place(std::string_view code) { return database_.facts()->places->by_code(code)->id; }
  Activity activity(std::string const& kind, std::string_view where) {
    Activity made;
    made.edition = edition_;
    made.kind = kind;
    made.state = State::reported;
    made.day = made.end_day = test_today().plus(-20);
    made.place = place(where);
    made.lead = database_.facts()->organisation_slugs.begin()->second;
    made.topics = {"trafficking"};
    made.audiences = {"pupils"};
    made.texts["ky"] = {"Сабак", "", ""};
    made.sensitive = database_.facts()->codes.find("kind", kind)->sensitive;
    return made;
  }
  Activity with_result(Activity activity, Count heads, std::vector<Cell> cells = {}) {
    activity::Result result;
    result.attendance = heads;
    result.cells = std::move(cells);
    result.reported_day = activity.day;
    activity.result = std::move(result);
    return activity;
  }

  CampaignDatabase database_{GetParam()};
  campaign::EditionId edition_ = database_.sample("none", 1, 0);
};
INSTANTIATE_TEST_SUITE_P(BothEngines, InsightFigures, db::both_engines(), db::engine_name);

std::map<std::string, std::map<std::string, std::pair<Numbers, std::int64_t>>> lines_of(Figures const& figures) {
  std::map<std::string, std::map<std::string, std::pair<Numbers, std::int64_t>>> all;
  for (auto const& [dimension, lines] : figures.by)
    for (auto const& line : lines) all[dimension][line.key] = {line.numbers, line.unreported};
  return all;
}

void expect_same(Figures const& a, Figures const& b) {
  EXPECT_EQ(a.total.numbers, b.total.numbers);
  EXPECT_EQ(a.total.unreported, b.total.unreported);
  EXPECT_EQ(a.total.unreported_held, b.total.unreported_held);
  EXPECT_EQ(lines_of(a), lines_of(b));
  EXPECT_EQ(a.people, b.people);
  EXPECT_EQ(a.never_reached, b.never_reached);
  ASSERT_EQ(a.coverage.size(), b.coverage.size());
  for (std::size_t i = 0; i < a.coverage.size(); ++i) {
    EXPECT_EQ(a.coverage[i].held, b.coverage[i].held);
    EXPECT_EQ(a.coverage[i].attendance, b.coverage[i].attendance);
  }
}

Numbers sum(std::vector<Line> const& lines) {
  Numbers numbers;
  for (auto const& line : lines) numbers.add(line.numbers);
  return numbers;
}

TEST_P(InsightFigures, TheTalliesAndTheActivitiesAgreeForEveryEditionAndRegion) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    auto filter = edition(database_.sample("seed-" + std::to_string(seed), seed, 60));
    SCOPED_TRACE(seed);
    expect_same(of(filter), counted(filter));
    for (auto const* region : database_.facts()->places->regions()) {
      filter.place = region->id;
      SCOPED_TRACE(region->code);
      expect_same(of(filter), counted(filter));
    }
  }
}

TEST_P(InsightFigures, WhileTheLinesOfAScopeAreBehindTheTalliesThemselvesAreRead) {
  auto filter = edition(database_.sample("behind", 5, 60));
  (*database_)->write([&](db::Tx& tx) {
    EXPECT_GT(tx.run("update tally_scope set stale = 1, lines = 'nobody reads this' where edition = $1", filter.edition), 1);
  });
  expect_same(of(filter), counted(filter));
  filter.place = place("naryn");
  expect_same(of(filter), counted(filter));
}

TEST_P(InsightFigures, LeavingOutWhatIsLateByOrganisationChangesNothingElse) {
  auto const filter = edition(database_.sample("hosts", 6, 200));
  auto const told = of(filter);
  auto left_out = database_.read([&](db::Reader& read) { return figures(read, *campaign::facts(read), filter, test_today(), Late::without_hosts); });
  EXPECT_EQ(told.late, Late::all);
  EXPECT_EQ(left_out.late, Late::without_hosts);
  std::int64_t late = 0;
  for (auto const& line : told.lines("organisation")) late += line.unreported;
  EXPECT_GT(late, 0);
  for (auto& line : left_out.by.find("organisation")->second) {
    EXPECT_EQ(line.unreported, 0) << line.key;
    line.unreported = told.line("organisation", line.key)->unreported;
  }
  expect_same(told, left_out);
  auto const hosts = database_.read([&](db::Reader& read) { return figures(read, *campaign::facts(read), filter, test_today(), Late::hosts_alone); });
  EXPECT_EQ(hosts.total.unreported, told.total.unreported);
  EXPECT_EQ(hosts.total.unreported_held, told.total.unreported_held);
  EXPECT_EQ(lines_of(hosts)["organisation"], lines_of(told)["organisation"]);
}

TEST_P(InsightFigures, AllRegionsReadAtOnceAgreeWithEachReadByItself) {
  auto whole = edition(database_.sample("at-once", 7, 80));
  auto period = whole;
  period.from = test_today().plus(-30);
  period.until = test_today().plus(-5);
  for (auto const& filter : {whole, period}) {
    auto const by_region = database_.read([&](db::Reader& read) { return figures_by_region(read, *campaign::facts(read), filter, test_today()); });
    expect_same(by_region.whole, counted(filter));
    auto const& regions = database_.facts()->places->regions();
    ASSERT_EQ(by_region.regions.size(), regions.size());
    for (std::size_t i = 0; i < regions.size(); ++i) {
      auto of_region = filter;
      of_region.place = regions[i]->id;
      SCOPED_TRACE(regions[i]->code);
      EXPECT_EQ(by_region.regions[i].filter, of_region);
      expect_same(by_region.regions[i], counted(of_region));
    }
  }
}

TEST_P(InsightFigures, EveryTableWithoutRepeatsAddsUpToTheTotal) {
  for (std::uint64_t seed = 11; seed <= 13; ++seed) {
    auto const figures = of(edition(database_.sample("seed-" + std::to_string(seed), seed, 80)));
    for (auto const* dimension : {"region", "district", "week", "kind"}) {
      SCOPED_TRACE(dimension);
      EXPECT_EQ(sum(figures.lines(dimension)), figures.total.numbers);
      std::int64_t late = 0;
      for (auto const& line : figures.lines(dimension)) late += line.unreported;
      EXPECT_EQ(late, figures.total.unreported);
    }
    Count people;
    for (auto const& [key, numbers] : figures.people) people += Count{numbers[0] + numbers[2], numbers[1] + numbers[3]};
    EXPECT_EQ(people, figures.total.attendance());
  }
}

TEST_P(InsightFigures, ACoHostedActivityCountsOnceInTheTotalAndWithEachHost) {
  auto held = with_result(activity("lecture", "naryn"), {30, 30});
  auto const& slugs = database_.facts()->organisation_slugs;
  for (auto const& [slug, id] : slugs)
    if (id != held.lead && held.co_hosts.empty()) held.co_hosts.push_back(id);
  database_.add({held});
  auto const figures = of(edition(edition_));
  EXPECT_EQ(figures.total[Measure::held], 1);
  EXPECT_EQ(figures.total.attendance(), (Count{30, 30}));
  EXPECT_EQ(figures.lines("organisation").size(), 2u);
  EXPECT_EQ(sum(figures.lines("organisation"))[Measure::held], 2);
}

TEST_P(InsightFigures, WhatHasNoTopicOrAudienceGroupStandsInALineThatOpens) {
  auto plain = with_result(activity("lecture", "naryn"), {30, 30});
  plain.topics.clear();
  plain.audiences.clear();
  database_.add({plain, with_result(activity("lecture", "naryn"), {8, 8})});
  auto const whole = of(edition(edition_));
  for (auto const* dimension : {"topic", "audience"}) {
    SCOPED_TRACE(dimension);
    auto const* line = whole.line(dimension, "");
    ASSERT_NE(line, nullptr);
    EXPECT_EQ(line->attendance(), (Count{30, 30}));
    auto const filter = narrowed(edition(edition_), dimension, "");
    database_.read([&](db::Reader& read) {
      auto const facts = campaign::facts(read);
      activity::Store store(read);
      EXPECT_EQ(store.totals(filter, *facts, test_today()).planned, 1);
      EXPECT_EQ(store.totals_from_activities(filter, *facts, test_today()).planned, 1);
    });
  }
}

TEST_P(InsightFigures, ASensitiveKindShowsNoCellBySexOrAge) {
  database_.add({with_result(activity("legal_consultation", "naryn"), {9, 9}, {{Sex::female, "18_28", {6, 6}}, {Sex::male, "18_28", {3, 3}}}),
                 with_result(activity("lecture", "naryn"), {50, 50}, {{Sex::female, "18_28", {50, 50}}})});
  auto const people = of(edition(edition_)).people;
  ASSERT_EQ(people.size(), 2u);
  EXPECT_EQ(people.at({"female", "18_28"})[0], 50);
  EXPECT_EQ(people.at({"withheld", "withheld"})[0], 9);
}

TEST_P(InsightFigures, WhatIsNotBrokenDownIsUnknownAndWhatExceedsItsTotalIsALineOfItsOwn) {
  database_.add({with_result(activity("lecture", "naryn"), {50, 60}, {{Sex::female, "18_28", {20, 20}}}),
                 with_result(activity("lecture", "naryn"), {10, 10}, {{Sex::male, "adult", {14, 14}}})});
  auto const people = of(edition(edition_)).people;
  EXPECT_EQ(people.at({"unknown", "unknown"}), (PeopleNumbers{30, 40, 0, 0}));
  EXPECT_EQ(people.at({"differs", "differs"}), (PeopleNumbers{-4, -4, 0, 0}));
  EXPECT_EQ(people.at({"male", "adult"})[0], 14);
}

TEST_P(InsightFigures, AnActivityOfARegionOnlyIsNeverSpreadOverItsDistricts) {
  database_.add({with_result(activity("lecture", "naryn"), {40, 40})});
  auto const figures = of(edition(edition_));
  ASSERT_EQ(figures.lines("district").size(), 1u);
  EXPECT_EQ(figures.lines("district").front().key, activity::region_only_key(place("naryn")));
  EXPECT_EQ(figures.never_reached.size(), database_.facts()->places->districts().size());
  for (auto const& coverage : figures.coverage) EXPECT_TRUE(coverage.attendance.zero());
}

TEST_P(InsightFigures, ACityIsCoveredTogetherWithTheDistrictThatTheCensusJoinsToIt) {
  database_.add({with_result(activity("lecture", "bishkek"), {40, 45}), with_result(activity("lecture", "alamudun"), {10, 10})});
  auto const figures = of(edition(edition_));
  int found = 0;
  for (auto const& coverage : figures.coverage) {
    if (coverage.attendance.zero()) continue;
    ++found;
    EXPECT_EQ(coverage.attendance, (Count{50, 55}));
    EXPECT_EQ(coverage.held, 2);
    EXPECT_DOUBLE_EQ(coverage.rate_low, 1000.0 * 50 / static_cast<double>(coverage.unit->population));
  }
  EXPECT_EQ(found, 1);
}

TEST_P(InsightFigures, ADistrictThatWasNoneInTheCampaignIsNotOneOfThemUnlessSomethingWasThere) {
  auto const campaign = database_.facts()->edition(edition_)->campaign_from;
  auto pack = place::kyrgyz_pack();
  for (auto const* code : {"kochkor", "ak-talaa"}) pack = place::with_days(std::move(pack), code, {}, campaign.plus(-1));
  pack = place::with_days(std::move(pack), "jumgal", {}, campaign);
  database_.load(pack);
  database_.add({with_result(activity("lecture", "ak-talaa"), {40, 40})});
  auto filter = edition(edition_);
  auto const figures = of(filter);
  EXPECT_EQ(figures.left_out, std::vector{place("kochkor")});
  auto const facts = database_.facts();
  EXPECT_EQ(figures.counted(facts->places->districts()).size(), facts->places->districts().size() - 1);
  EXPECT_EQ(figures.never_reached.size(), facts->places->districts().size() - 2) << "nor is the one in which something was held";
  EXPECT_NE(std::ranges::find(figures.never_reached, place("jumgal")), figures.never_reached.end()) << "it was one for a day";
  expect_same(figures, counted(filter));
  filter.place = place("naryn");
  EXPECT_EQ(of(filter).left_out, std::vector{place("kochkor")});
  filter.place = place("talas");
  EXPECT_TRUE(of(filter).left_out.empty());
}

TEST_P(InsightFigures, AnEmptyEditionHasZerosAndEveryDistrictStillToReach) {
  auto const figures = of(edition(edition_));
  EXPECT_TRUE(figures.total.numbers.zero());
  EXPECT_EQ(figures.never_reached.size(), database_.facts()->places->districts().size());
  EXPECT_EQ(figures.coverage.size(), database_.facts()->places->census_units().size());
  EXPECT_TRUE(figures.people.empty());
}

TEST(InsightWeeks, TheDrawingLeavesNoWeekOutAndWhatLiesOutsideTheEditionStandsBeside) {
  campaign::Edition edition;
  edition.preparation_from = Day::parse("2017-05-30").value();
  edition.campaign_from = Day::parse("2017-07-31").value();
  edition.campaign_until = Day::parse("2017-08-13").value();
  edition.closing_until = Day::parse("2017-09-30").value();
  auto const line = [](char const* week) {
    Line made{.key = week, .numbers = {}};
    made.numbers[Measure::held] = 1;
    return made;
  };
  Figures figures;
  // The first is an activity of which only the year is known.
  figures.by["week"] = {line("2016-12-26"), line("2017-08-07"), line("2017-08-28")};
  auto const weeks = weeks_of(figures, edition);
  std::vector<std::string> drawn;
  for (auto const week : weeks.drawn) drawn.push_back(week.iso());
  EXPECT_EQ(drawn, (std::vector<std::string>{"2017-07-31", "2017-08-07", "2017-08-14", "2017-08-21", "2017-08-28"}));
  ASSERT_EQ(weeks.beyond.size(), 1u);
  EXPECT_EQ(weeks.beyond.front()->key, "2016-12-26");
}

TEST(InsightCounts, ARateOfAMapIsTheOneThatIsPrintedAndNeverFallsToNothing) {
  EXPECT_DOUBLE_EQ(printed_rate(0), 0);
  EXPECT_DOUBLE_EQ(printed_rate(0.01), 0.1);
  EXPECT_DOUBLE_EQ(printed_rate(0.44), 0.4);
  EXPECT_DOUBLE_EQ(printed_rate(0.46), 0.5);
}

TEST(InsightCounts, ARangeShowsBothEndsAndADifferenceItsSign) {
  auto const& say = Say::in(Language::en);
  EXPECT_EQ(view::count_text(say, {120, 120}), "120");
  EXPECT_EQ(view::count_text(say, {120, 150}), "120–150");
  EXPECT_EQ(view::count_text(say, {-30, -40}), "−(30–40)");
  EXPECT_EQ(view::count_text(say, {20, -20}), "20 / −20");
}

}  // namespace
}  // namespace birge::insight
