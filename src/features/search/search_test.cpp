#include "features/search/search.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "platform/base/text.hpp"

namespace birge::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

std::string shown(std::string_view typed, std::string_view text) {
  std::string out;
  for (auto const& piece : pieces(wanted(typed), text)) out += piece.found ? "[" + std::string(piece.text) + "]" : std::string(piece.text);
  return out;
}

TEST(Search, OfNothingOrSignsAloneFindsNothing) {
  for (auto const* typed : {"", "   ", "?!", "—"}) {
    EXPECT_TRUE(wanted(typed).empty()) << typed;
    EXPECT_FALSE(fits(wanted(typed), {"Жалал-Абад"})) << typed;
  }
}

TEST(Search, TakesNoMoreThanAHundredCharactersAndEightWords) {
  std::string typed;
  for (int i = 10; i < 90; ++i) typed += "сөз" + std::to_string(i) + " ";
  auto const cut = wanted(typed);
  EXPECT_EQ(cut.words.size(), 8U);
  EXPECT_LE(cut.text.size(), 210U);
}

TEST(Search, FindsInAnySpellingByTheBeginningOfEachWord) {
  for (auto const* typed : {"жалал", "Джалал-Абад", "Jalal-Abad", "ДЖАЛАЛ абад", "абад облусу"})
    EXPECT_TRUE(fits(wanted(typed), {"Жалал-Абад облусу"})) << typed;
  EXPECT_FALSE(fits(wanted("жалал шаары"), {"Жалал-Абад облусу"}));
  EXPECT_FALSE(fits(wanted("алал"), {"Жалал-Абад облусу"}));
}

TEST(Search, LatinLettersAreReadAsPeopleWriteThem) {
  auto const found = [](std::string_view typed, std::string_view text) {
    auto const list = other_spellings(typed);
    return std::ranges::any_of(list, [&](auto const& spelling) { return fits(wanted(spelling), {text}); });
  };
  for (auto const* typed : {"migraciya", "migraciia", "migracia", "migracija", "migrazia", "Migrasiya"})
    EXPECT_TRUE(found(typed, "миграция")) << typed;
  for (auto const* typed : {"lekciya", "leksiya", "LEKCIA"}) EXPECT_TRUE(found(typed, "Лекция")) << typed;
  EXPECT_TRUE(found("konferencia", "Жыйынтыктоочу конференция"));
  EXPECT_TRUE(found("xalyk", "халык"));
  EXPECT_TRUE(found("rajon", "район"));
  EXPECT_THAT(other_spellings("миграция"), IsEmpty());
  EXPECT_THAT(other_spellings("migratsiya"), IsEmpty()) << "it is found as it is";
  EXPECT_FALSE(found("migraciya", "лекция"));
}

TEST(Search, MarksTheWordsThatWereFoundAndChangesNoLetter) {
  EXPECT_EQ(shown("lekts", "Лекция: коопсуз миграция"), "[Лекция]: коопсуз миграция");
  EXPECT_EQ(shown("абад", "«Жалал-Абад» шаары"), "[«Жалал-Абад»] шаары");
  EXPECT_EQ(shown("<bc>", "a <bc> d"), "a <[bc]> d");
  EXPECT_EQ(shown("жок", "Лекция"), "Лекция");
}

TEST(Search, WordsNearbyAreTwoLettersOffAtMostAndShortOnesOne) {
  EXPECT_THAT(nearest("миграцея", {"миграция", "мигрант", "лекция"}), ElementsAre("миграция"));
  EXPECT_THAT(nearest("ошш", {"ош", "алаи"}), ElementsAre("ош"));
  EXPECT_THAT(nearest("ош", {"алаи", "нарын"}), IsEmpty());
  EXPECT_THAT(nearest("ош", {"ош"}), IsEmpty());
}

TEST(Search, AnExcerptHoldsWhatWasFoundAndIsCutBetweenWords) {
  auto const looking = wanted("мектеп");
  EXPECT_EQ(excerpt(looking, "Бул мектеп\nжабык"), "Бул мектеп жабык");
  std::string far;
  for (int i = 0; i < 40; ++i) far += "алты сөз ";
  auto const cut = excerpt(looking, far + "мектеп " + far);
  EXPECT_TRUE(cut.starts_with("…")) << cut;
  EXPECT_TRUE(cut.ends_with("…")) << cut;
  EXPECT_NE(cut.find("мектеп"), std::string::npos);
  EXPECT_TRUE(cut.starts_with("…алты ") || cut.starts_with("…сөз ")) << cut;
  EXPECT_LE(length(cut), 162U);
  EXPECT_EQ(excerpt(looking, ""), "");
}

}  // namespace
}  // namespace birge::search
