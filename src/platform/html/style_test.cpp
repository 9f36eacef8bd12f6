#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "platform/base/embedded.hpp"

/// The promises of web/README.md that a machine can keep: contrast in both themes, the same dark colours by system and by switch,
/// the weight of a first visit, a complete sprite.
namespace birge {
namespace {

std::string content(std::string_view name) {
  auto const* file = embedded_file(name);
  return file ? std::string(file->bytes) : std::string();
}

using Colours = std::map<std::string, std::string>;

/// The tokens of the rule that begins at `selector`, as six hexadecimal digits.
Colours tokens(std::string const& css, std::string const& selector) {
  Colours found;
  auto const begin = css.find(selector + "{");
  if (begin == std::string::npos) return found;
  auto const rule = css.substr(begin, css.find('}', begin) - begin);
  static std::regex const token("--([a-z0-9-]+): *#([0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-f])");
  for (std::sregex_iterator at(rule.begin(), rule.end(), token), end; at != end; ++at) {
    auto value = (*at)[2].str();
    if (value.size() == 3) value = {value[0], value[0], value[1], value[1], value[2], value[2]};
    found[(*at)[1]] = value;
  }
  return found;
}

/// Relative luminance, WCAG 2.2.
double luminance(std::string const& colour) {
  std::array<double, 3> part{};
  for (std::size_t i = 0; i < 3; ++i) {
    auto const value = std::stoi(colour.substr(i * 2, 2), nullptr, 16) / 255.0;
    part[i] = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  }
  return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
}

double contrast(std::string const& a, std::string const& b) {
  auto const lighter = std::max(luminance(a), luminance(b)), darker = std::min(luminance(a), luminance(b));
  return (lighter + 0.05) / (darker + 0.05);
}

constexpr char light_rule[] = ":root", dark_rule[] = ":root[data-theme=dark]", system_dark_rule[] = ":root:not([data-theme=\"light\"])";

class Theme : public testing::TestWithParam<char const*> {};

TEST_P(Theme, BodyTextHasSevenToOneAndTheRestFourAndAHalf) {
  auto const colours = tokens(content("web/style.css"), GetParam());
  ASSERT_GT(colours.size(), 25u);
  auto const at_least = [&](double ratio, char const* text, char const* ground) {
    EXPECT_GE(contrast(colours.at(text), colours.at(ground)), ratio) << text << " on " << ground;
  };
  for (auto const* ground : {"paper", "card", "wash"}) {
    at_least(7, "ink", ground);
    at_least(4.5, "accent", ground);
    at_least(4.5, "soft", ground);
    at_least(3, "edge", ground);  // the line around a field
  }
  at_least(7, "soft", "paper");
  at_least(7, "soft", "card");
  at_least(4.5, "accent", "tint");
  at_least(4.5, "deep", "tint");
  at_least(4.5, "amber", "amber-wash");
  at_least(4.5, "red", "red-wash");
  at_least(4.5, "red", "card");
  at_least(4.5, "green", "green-wash");
  at_least(4.5, "on-accent", "accent");
  at_least(4.5, "on-accent", "deep");
  for (auto const* fill : {"q1", "q2", "q3"}) at_least(4.5, "pale", fill);
  for (auto const* fill : {"q4", "q5"}) at_least(4.5, "full", fill);
  EXPECT_GE(contrast("ffffff", colours.at("help")), 4.5) << "the number to call";
  EXPECT_GE(contrast("ffffff", colours.at("band")), 7) << "the line around it";
}

TEST_P(Theme, ClassesOfAMapRunOneWay) {
  auto const colours = tokens(content("web/style.css"), GetParam());
  std::vector<double> steps;
  for (auto const* name : {"q1", "q2", "q3", "q4", "q5"}) steps.push_back(luminance(colours.at(name)));
  EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()) || std::is_sorted(steps.rbegin(), steps.rend()));
}

INSTANTIATE_TEST_SUITE_P(Style, Theme, testing::Values(light_rule, dark_rule));

TEST(Style, TheSwitchShowsTheSameDarkAsTheSystem) {
  auto const css = content("web/style.css");
  ASSERT_FALSE(tokens(css, dark_rule).empty());
  EXPECT_EQ(tokens(css, dark_rule), tokens(css, system_dark_rule));
}

TEST(Style, FirstVisitStaysFarUnderItsBudget) {
  std::size_t bytes = 0;
  for (auto const* name : {"web/style.css", "web/site.js", "web/icons.svg"}) {
    auto const* file = embedded_file(name);
    ASSERT_NE(file, nullptr) << name;
    bytes += file->brotli.size();
  }
  EXPECT_LE(bytes, 12u * 1024) << "40 KB in all leave at least 28 for the page itself";
}

TEST(Style, SheetsLoadNothingFromElsewhere) {
  for (auto const* name : {"web/style.css", "web/work.css", "web/report.css", "web/icons.svg"}) {
    auto const text = content(name);
    EXPECT_FALSE(text.empty()) << name;
    EXPECT_EQ(text.find("url("), std::string::npos) << name;
    EXPECT_EQ(text.find("@import"), std::string::npos) << name;
  }
}

std::multiset<std::string> icon_ids() {
  auto const sprite = content("web/icons.svg");
  static std::regex const id("<symbol id=\"([a-z-]+)\" viewBox=\"0 0 24 24\">");
  std::multiset<std::string> ids;
  for (std::sregex_iterator at(sprite.begin(), sprite.end(), id), end; at != end; ++at) ids.insert((*at)[1]);
  return ids;
}

TEST(Icons, EveryIdStandsOnce) {
  auto const ids = icon_ids();
  EXPECT_GE(ids.size(), 55u);
  for (auto const& id : ids) EXPECT_EQ(ids.count(id), 1u) << id;
}

TEST(Icons, EveryOneThatACountryPackNamesIsInTheSprite) {
  auto const ids = icon_ids();
  for (auto const& file : embedded_folder("countries/")) {
    if (!file.name.ends_with("/codes.csv")) continue;
    // list,code,icon,...: the first three columns are plain words
    static std::regex const row("(?:^|\n)(kind|topic),([^,\n]*),([^,\n]*),");
    std::string const text(file.bytes);
    for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at)
      EXPECT_EQ(ids.count((*at)[3]), 1u) << file.name << ": " << (*at)[2] << " has the icon \"" << (*at)[3] << "\"";
  }
}

}  // namespace
}  // namespace birge
