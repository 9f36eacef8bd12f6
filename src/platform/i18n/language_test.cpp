#include <gtest/gtest.h>

#include "platform/i18n/say.hpp"

namespace birge {

TEST(Language, UnknownCodesAreNone) {
  EXPECT_EQ(language_of("kg"), std::nullopt);
  EXPECT_EQ(language_of("KY"), std::nullopt);
  EXPECT_EQ(language_of(""), std::nullopt);
}

TEST(Language, CodesAreReadBack) {
  for (Language const language : languages) EXPECT_EQ(language_of(code(language)), language);
  EXPECT_EQ(language_of("test"), Language::test);
}

TEST(Language, ThePseudoLanguageIsNotOffered) { EXPECT_EQ(preferred_language("test", Language::ky), Language::ky); }

TEST(AcceptLanguage, OtherLanguagesAreNotTakenForOurs) {
  EXPECT_EQ(preferred_language("kk, uz;q=0.9, kg;q=0.8", Language::ky), Language::ky);
  EXPECT_EQ(preferred_language("uk-UA, be", Language::en), Language::en);
  EXPECT_EQ(preferred_language("english", Language::ky), Language::ky);
}

TEST(AcceptLanguage, NonsenseGivesTheFallback) {
  for (std::string_view const header : {"", ",,,", ";q=1", "ru;q=", "ru;q=2", "ru;q=0.x", "ru;level=1", "ru;q=1.5", "-", "q=1;ru"})
    EXPECT_EQ(preferred_language(header, Language::ky), Language::ky) << header;
}

TEST(AcceptLanguage, AWeightOfZeroIsARefusal) {
  EXPECT_EQ(preferred_language("ru;q=0", Language::ky), Language::ky);
  EXPECT_EQ(preferred_language("ky;q=0, ru;q=0.1", Language::ky), Language::ru);
}

TEST(AcceptLanguage, TheHighestWeightWins) {
  EXPECT_EQ(preferred_language("ru;q=0.7, en;q=0.9, ky;q=0.8", Language::ky), Language::en);
  EXPECT_EQ(preferred_language("en;q=0.001, ru ; q=0.002", Language::ky), Language::ru);
}

TEST(AcceptLanguage, OfEqualWeightsTheFirstWins) {
  EXPECT_EQ(preferred_language("ru-RU,ru,en-US,en", Language::ky), Language::ru);
  EXPECT_EQ(preferred_language("en;q=0.5,ru;q=0.5", Language::ky), Language::en);
}

TEST(AcceptLanguage, RegionsAndCapitalsDoNotMatter) {
  EXPECT_EQ(preferred_language("KY-kg", Language::en), Language::ky);
  EXPECT_EQ(preferred_language("kk,Ru-KG;Q=0.5", Language::en), Language::ru);
}

TEST(AcceptLanguage, AStarIsOursToChoose) {
  EXPECT_EQ(preferred_language("*", Language::ky), Language::ky);
  EXPECT_EQ(preferred_language("de, *;q=0.5", Language::ru), Language::ru);
  EXPECT_EQ(preferred_language("en;q=0.8, *;q=0.5", Language::ky), Language::en);
  EXPECT_EQ(preferred_language("*, en", Language::ru), Language::en);
  EXPECT_EQ(preferred_language("ky;q=0, *;q=0.5", Language::ky), Language::ru);
}

}  // namespace birge
