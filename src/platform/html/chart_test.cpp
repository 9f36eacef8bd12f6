#include "platform/html/chart.hpp"

#include <expat.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <limits>
#include <regex>
#include <set>

namespace birge::chart {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN(), endless = std::numeric_limits<double>::infinity();

/// Reads a drawing as XML; the parser's complaint, or nothing. Collects the ids it meets.
std::string complaint(Html const& drawing, std::set<std::string>* ids = nullptr) {
  auto* parser = XML_ParserCreate("UTF-8");
  struct Seen {
    std::set<std::string> ids;
    std::string twice;
  } seen;
  XML_SetUserData(parser, &seen);
  XML_SetStartElementHandler(parser, [](void* data, char const*, char const** attributes) {
    auto& seen = *static_cast<Seen*>(data);
    for (; *attributes; attributes += 2)
      if (std::string_view(*attributes) == "id" && !seen.ids.insert(attributes[1]).second) seen.twice = attributes[1];
  });
  auto const text = "<page>" + std::string(drawing.text()) + "</page>";
  std::string result;
  if (XML_Parse(parser, text.data(), static_cast<int>(text.size()), 1) != XML_STATUS_OK)
    result = XML_ErrorString(XML_GetErrorCode(parser)) + (": " + text);
  else if (!seen.twice.empty()) result = "the id " + seen.twice + " stands twice";
  XML_ParserFree(parser);
  if (ids) ids->merge(seen.ids);
  return result;
}

Mark mark(std::string label, double value, std::string shown = "7") {
  return {.label = std::move(label), .value = value, .high = value, .shown = std::move(shown), .link = {}, .group = {}};
}

Map map_of(std::vector<Mark> marks) {
  Map map{.width = 100,
          .height = 50,
          .areas = {},
          .points = {},
          .water = "M1 1L2 2L1 2Z",
          .borders = "M0 0L5 5",
          .attribution = "© somebody",
          .file = {}};
  for (auto& m : marks) map.areas.push_back({.outline = "M0 0L90 0L90 40Z", .mark = m, .label_x = 40, .label_y = 20});
  if (!marks.empty()) map.points.push_back({.x = 10, .y = 10, .mark = marks.front()});
  return map;
}

std::string whole(double number) { return std::to_string(static_cast<long>(number)); }

std::vector<Html> all_drawings(Text const& text, std::vector<Mark> const& marks) {
  return {bars(text, marks), columns(text, marks, Today{1, "today"}), pyramid(text, "women", "men", marks, marks),
          choropleth(text, map_of(marks), {"attendances", "nothing yet"}, whole)};
}

Text const question{"Where have we been?", "Most in Naryn.", "Reports of 1 May 2018"};

TEST(Chart, HostileTextStaysText) {
  std::string const hostile = "</title><script>alert(1)</script>\"'&<b onload=x>";
  auto m = mark(hostile, 3, hostile);
  auto second = m;
  m.group = hostile;
  second.group = "other";
  for (auto const& drawing : all_drawings({hostile, hostile, hostile}, {m, second})) {
    EXPECT_THAT(std::string(drawing.text()), Not(HasSubstr("<script")));
    EXPECT_THAT(std::string(drawing.text()), Not(HasSubstr("<b ")));
    EXPECT_EQ(complaint(drawing), "");
  }
}

TEST(Chart, NumbersThatAreNoneAreDrawnAsMissing) {
  for (auto const& drawing : all_drawings(question, {mark("a", nothing), mark("b", endless), mark("c", -4), mark("d", 0)})) {
    auto const text = std::string(drawing.text());
    EXPECT_THAT(text, Not(HasSubstr("nan")));
    EXPECT_THAT(text, Not(HasSubstr("inf")));
    EXPECT_THAT(text, Not(HasSubstr("\"-")));
    EXPECT_THAT(text, HasSubstr("url(#"));
    EXPECT_EQ(complaint(drawing), "");
  }
}

TEST(Chart, ZeroAloneDividesByNothing) {
  for (auto const& drawing : all_drawings(question, {mark("a", 0, "0"), mark("b", 0, "0")})) {
    EXPECT_THAT(std::string(drawing.text()), Not(HasSubstr("nan")));
    EXPECT_THAT(std::string(drawing.text()), HasSubstr("0"));
    EXPECT_EQ(complaint(drawing), "");
  }
}

TEST(Chart, WithoutMarksTheDescriptionStandsInPlaceOfTheDrawing) {
  for (auto const& drawing : all_drawings(question, {})) {
    EXPECT_THAT(std::string(drawing.text()), Not(HasSubstr("<svg")));
    EXPECT_THAT(std::string(drawing.text()), HasSubstr("Most in Naryn."));
  }
}

TEST(Chart, EveryMarkLeadsToWhatIsBehindIt) {
  auto m = mark("Naryn", 12, "12");
  m.link = own_path("/en/activities?region=naryn&state=held");
  for (auto const& drawing : all_drawings(question, {m, mark("Osh", 3)})) {
    EXPECT_THAT(std::string(drawing.text()), HasSubstr(R"(<a href="/en/activities?region=naryn&amp;state=held"><title>Naryn: )"));
    // Readers who listen reach links in a group; inside a picture they are hidden.
    EXPECT_THAT(std::string(drawing.text()), HasSubstr(R"(role="group")"));
  }
}

TEST(Chart, SaysWhatItShowsToThoseWhoCannotSeeIt) {
  for (auto const& drawing : all_drawings(question, {mark("Naryn", 12), mark("Osh", 3)})) {
    auto const text = std::string(drawing.text());
    EXPECT_THAT(text, HasSubstr(">Where have we been?</title>"));
    EXPECT_THAT(text, HasSubstr(">Most in Naryn.</desc>"));
    EXPECT_THAT(text, HasSubstr(R"(role="img" aria-labelledby="c)"));
    EXPECT_THAT(text, HasSubstr("Reports of 1 May 2018"));
  }
}

TEST(Chart, DrawingsOnOnePageShareNoId) {
  std::vector<Mark> const marks{mark("a", nothing), mark("b", 2)};
  auto page = Html();
  for (auto const& drawing : all_drawings(question, marks)) page += drawing;
  for (auto const& drawing : all_drawings({"Another question?", "", ""}, marks)) page += drawing;
  EXPECT_EQ(complaint(page), "");
}

TEST(Chart, ARangeEndsInALighterPart) {
  auto m = mark("Osh", 150, "150–200");
  m.high = 200;
  EXPECT_THAT(std::string(bars(question, {m}).text()), HasSubstr(R"(<rect class="more" x="52.5%")"));
  EXPECT_THAT(std::string(columns(question, {m}).text()), HasSubstr(R"(class="more")"));
}

TEST(Chart, BarsBeginAtZero) {
  auto const text = std::string(bars(question, {mark("a", 50), mark("b", 100)}).text());
  EXPECT_THAT(text, HasSubstr(R"(x="0%" y="24" width="35%")"));
  EXPECT_THAT(text, HasSubstr(R"(x="0%" y="68" width="70%")"));
}

TEST(Chart, TheLongestBarLeavesItsNumbersTheirPlaceOnATelephone) {
  auto confirmed = mark("Osh", 910, "850–910"), reported = mark("Osh", 718, "688–718");
  confirmed.group = "confirmed";
  reported.group = "reported";
  auto const text = std::string(bars(question, {confirmed, reported}).text());
  static std::regex const numbers(R"re(<text x="([0-9.]+)%" dx="6"[^>]*>850–910 \+ 688–718</text>)re");
  std::smatch found;
  ASSERT_TRUE(std::regex_search(text, found, numbers)) << text;
  // 17 characters of 14 px, nearly 9 px each where they are bold, on a drawing 328 px wide.
  EXPECT_LE(std::stod(found[1]) / 100 * 328 + 6 + 17 * 9, 328);
}

TEST(Chart, PartsOfAStackedBarStandBehindOneAnotherAndAreNamed) {
  auto confirmed = mark("Osh", 30, "30"), reported = mark("Osh", 10, "10");
  confirmed.group = "confirmed";
  reported.group = "reported";
  auto const text = std::string(bars(question, {confirmed, reported}).text());
  EXPECT_THAT(text, HasSubstr("30 + 10"));
  EXPECT_THAT(text, HasSubstr(R"(x="52.5%" y="24" width="17.5%")"));
  EXPECT_THAT(text, HasSubstr("confirmed</li>"));
}

TEST(Chart, ALabelTooLongForATelephoneStandsInTwoLines) {
  auto const text = std::string(bars(question, {mark("State and municipal officials and their deputies", 5), mark("b", 3)}).text());
  EXPECT_THAT(text, HasSubstr(">State and municipal officials and</text>"));
  EXPECT_THAT(text, HasSubstr(">their deputies</text>"));
  // The bar below moves down by the second line.
  EXPECT_THAT(text, HasSubstr(R"(x="0%" y="86" width="42%")"));
}

TEST(Chart, ALongLabelIsShortenedButHeardInFull) {
  std::string const label = "Field trip to remote villages together with the local authorities and the police of the district";
  auto const text = std::string(bars(question, {mark(label, 5)}).text());
  EXPECT_THAT(text, HasSubstr("<title>" + label + ": 7</title>"));
  EXPECT_THAT(text, HasSubstr("…</text>"));
}

TEST(Chart, ColumnsLabelOnlyWhatFitsATelephone) {
  std::vector<Mark> marks;
  for (int week = 0; week < 30; ++week) marks.push_back(mark("14.09", week));
  auto const text = std::string(columns(question, marks).text());
  std::size_t labels = 0;
  for (auto at = text.find(">14.09</text>"); at != std::string::npos; at = text.find(">14.09</text>", at + 1)) ++labels;
  EXPECT_GE(labels, 4u);
  EXPECT_LE(labels, 7u);
}

TEST(Chart, WhatIsAheadIsDrawnHollow) {
  auto const text = std::string(columns(question, {mark("a", 1), mark("b", 2)}, Today{1, "today"}).text());
  EXPECT_THAT(text, HasSubstr("ahead-bar"));
  EXPECT_THAT(text, HasSubstr(">today</text>"));
}

TEST(Chart, OfTheBarThatTodayFallsIntoWhatHasHappenedIsSolidAndTheRestHollow) {
  auto const text = std::string(columns(question, {mark("a", 4), mark("b", 8)}, Today{1, "today", 2, 0.5}).text());
  EXPECT_THAT(text, HasSubstr(R"(<rect class="bar mark" x="56%" y="138" width="38%" height="38")"));
  EXPECT_THAT(text, HasSubstr(R"(<rect class="ahead-bar mark" x="56%" y="24" width="38%" height="114")"));
  EXPECT_THAT(text, HasSubstr(R"(<line x1="75%")"));
}

TEST(Classes, ThereAreNoneWithoutValuesAboveZero) {
  EXPECT_TRUE(classes({}).empty());
  EXPECT_TRUE(classes({0, -1, nothing, endless}).empty());
}

TEST(Classes, OneValueMakesOneClass) {
  auto const found = classes({4, 4, 4});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].low, 4);
  EXPECT_EQ(found[0].high, 4);
}

TEST(Classes, TenDifferentValuesMakeFiveOfTwo) {
  auto const found = classes({10, 9, 8, 7, 6, 5, 4, 3, 2, 1});
  ASSERT_EQ(found.size(), 5u);
  EXPECT_EQ(found[0].high, 2);
  EXPECT_EQ(found[4].low, 9);
}

TEST(Classes, EveryValueLiesInExactlyOneClassSoEqualOnesAreNeverSplit) {
  rc::check([] {
    auto const numbers = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 30));
    std::vector<double> const values(numbers.begin(), numbers.end());
    auto const found = classes(values);
    RC_ASSERT(found.size() <= 5u);
    for (double const value : values) {
      int inside = 0;
      for (auto const& c : found) inside += value >= c.low && value <= c.high;
      RC_ASSERT(inside == 1);
    }
    for (std::size_t i = 1; i < found.size(); ++i) RC_ASSERT(found[i - 1].high < found[i].low);
  });
}

TEST(Map, PrintsItsBreaksTheMeaningOfHatchingAndTheAttribution) {
  auto const text = std::string(
      choropleth(question, map_of({mark("a", 3), mark("b", 40), mark("c", 0)}), {"attendances per 1,000 inhabitants", "never reached"}, whole)
          .text());
  EXPECT_THAT(text, HasSubstr(" 3</li>"));
  EXPECT_THAT(text, HasSubstr(" 40</li>"));
  EXPECT_THAT(text, HasSubstr("never reached</li>"));
  EXPECT_THAT(text, HasSubstr("Reports of 1 May 2018 · © somebody"));
}

TEST(Map, WordsOnADarkAreaAreLightOnARimOfItsColour) {
  auto const text = std::string(choropleth(question, map_of({mark("a", 1), mark("b", 40, "1 538–1 628")}), {}, whole).text());
  EXPECT_THAT(text, HasSubstr("class=\"q5 rim value\""));
  EXPECT_THAT(text, HasSubstr("class=\"full value\""));
}

TEST(Map, AnAreaTooSmallForItsNameStandsUnderTheDrawingWithItsNumber) {
  auto map = map_of({mark("a", 1), mark("City", 40, "1 700")});
  map.areas[1].label_x = map.areas[1].label_y = 0;
  map.areas[1].mark.link = own_path("/en/activities");
  EXPECT_THAT(std::string(choropleth(question, map, {}, whole).text()), Not(HasSubstr("City: 1 700</a></li>")));
  map.names_all = true;
  EXPECT_THAT(std::string(choropleth(question, map, {}, whole).text()), HasSubstr("City: 1 700</a></li>"));
}

TEST(Map, AZeroThatIsNotMissingIsDottedWhereTheLegendSaysWhatThatMeans) {
  auto missing = mark("b", 0);
  missing.missing = true;
  auto const map = map_of({mark("a", 0), missing});
  auto const hatched = std::string(choropleth(question, map, {"attendances", "nothing held"}, whole).text());
  auto const told = std::string(choropleth(question, map, {"attendances", "nothing held", "not counted"}, whole).text());
  EXPECT_THAT(hatched, Not(HasSubstr("z)'")));
  EXPECT_THAT(told, HasSubstr("z)'"));
  EXPECT_THAT(told, HasSubstr("h)'"));
  EXPECT_THAT(told, HasSubstr("not counted</li>"));
}

TEST(Map, SaysByWhichEndOfARangeItIsColoured) {
  auto range = mark("b", 150, "150–200");
  Legend const legend{.unit = "attendances", .none = {}, .zero = {}, .lower = "by the lower end"};
  EXPECT_THAT(std::string(choropleth(question, map_of({mark("a", 1), range}), legend, whole).text()), Not(HasSubstr("by the lower end")));
  range.high = 200;
  EXPECT_THAT(std::string(choropleth(question, map_of({mark("a", 1), range}), legend, whole).text()), HasSubstr("by the lower end"));
}

TEST(Map, WithoutASizeIsNotDrawn) {
  Map map = map_of({mark("a", 3)});
  map.width = 0;
  EXPECT_THAT(std::string(choropleth(question, map, {}, whole).text()), Not(HasSubstr("<svg")));
}

}  // namespace
}  // namespace birge::chart
