#include "features/report/report_texts.hpp"

#include <gtest/gtest.h>

#include "platform/base/problem.hpp"

namespace birge::report {

TEST(ReportTexts, FileThatIsTooLargeIsRefused) { EXPECT_THROW(read_texts(std::string(most_text + 1, 'x')), Problem); }

TEST(ReportTexts, TextThatIsNoUtf8IsRefused) { EXPECT_THROW(read_texts("# Foreword\n\xff\xfe"), Problem); }

TEST(ReportTexts, FileThatIsNotThereIsRefused) { EXPECT_THROW(read_texts_file("/nowhere/texts.md"), Problem); }

TEST(ReportTexts, EachLanguageNamesItsSections) {
  for (auto const* file :
       {"# Баш сөз\nа\n# Кыйынчылыктар\nб\n# Корутунду\nв\n# Сунуштар\nг\n", "# Предисловие\nа\n## Трудности\nб\n# Выводы\nв\n# Рекомендации\nг\n",
        "# Foreword\nа\n# Challenges\nб\n# CONCLUSIONS\nв\n# Recommendations #\nг\n"}) {
    auto const texts = read_texts(file);
    EXPECT_TRUE(texts.missing().empty()) << file;
    EXPECT_TRUE(texts.unknown.empty()) << file;
    EXPECT_EQ(texts.find(Section::challenges, Language::ky)->markdown, "б\n");
  }
}

TEST(ReportTexts, TheReportsLanguageGoesBeforeOthers) {
  auto const texts = read_texts("# Foreword\nenglish\n# Предисловие\nрусский\n");
  EXPECT_EQ(texts.find(Section::foreword, Language::en)->markdown, "english\n");
  EXPECT_EQ(texts.find(Section::foreword, Language::ru)->language, Language::ru);
  EXPECT_NE(texts.find(Section::foreword, Language::ky)->language, Language::ky);
}

TEST(ReportTexts, HeadingWithNothingBelowIsMissing) {
  auto const texts = read_texts("# Foreword\n\n# Conclusions\nDone.\n");
  EXPECT_EQ(texts.missing(), (std::vector{Section::foreword, Section::challenges, Section::recommendations}));
}

TEST(ReportTexts, WhatHidesOrTurnsTextAroundIsTakenOutAndTheRestStays) {
  auto const texts = read_texts("# Foreword\nWe \u202Ereached\u202C \u2066all\u2069\u200F.\x07\n\n- one\n    - two  \n# Conclusions\n\u200B\u202E\n");
  EXPECT_EQ(texts.find(Section::foreword, Language::en)->markdown, "We reached all.\n\n- one\n    - two  \n");
  EXPECT_FALSE(texts.find(Section::conclusions, Language::en)) << "nothing that can be seen";
}

TEST(ReportTexts, WhatWasWrittenOnAPageIsCleanedInTheSameWay) {
  Texts texts;
  texts.set(Section::foreword, Language::ky, "Баары \u202Eжакшы\u202C\r\nболду\u2067.");
  EXPECT_EQ(texts.find(Section::foreword, Language::ky)->markdown, "Баары жакшы\nболду.");
  texts.set(Section::foreword, Language::ky, "\u200F \n");
  EXPECT_TRUE(texts.empty());
}

TEST(ReportTexts, UnknownHeadingOutsideASectionIsNamedAndInsideStays) {
  auto const texts = read_texts("# My notes\nsecret\n# Foreword\nhello\n# Thanks\nto all\n### Deeper\n");
  EXPECT_EQ(texts.unknown, std::vector<std::string>{"My notes"});
  EXPECT_EQ(texts.find(Section::foreword, Language::en)->markdown, "hello\n# Thanks\nto all\n### Deeper\n");
}

TEST(ReportTexts, HeadingInACodeBlockIsText) {
  auto const texts = read_texts("# Foreword\r\n```\n# Conclusions\n```\n");
  EXPECT_FALSE(texts.find(Section::conclusions, Language::en));
}

}  // namespace birge::report
