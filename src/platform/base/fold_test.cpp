#include <gtest/gtest.h>

#include "platform/base/text.hpp"

namespace birge {

TEST(Fold, DifferentPlacesStayDifferent) {
  EXPECT_NE(fold("Баткен"), fold("Талас"));
  EXPECT_NE(fold("Нарын"), fold("Нурын"));
  EXPECT_NE(fold("11"), fold("1"));
  EXPECT_NE(fold("Кара-Суу"), fold("Кара-Сай"));
}

TEST(Fold, SpellingsOfOnePlaceMeet) {
  for (std::string_view const spelling :
       {"Жалал-Абад", "Джалал-Абад", "ДЖАЛАЛ  АБАД", "Jalal-Abad", "Dzhalal-Abad", "Djalal Abad", "«Жалал–Абад»", " zhalal_abad."})
    EXPECT_EQ(fold(spelling), "жалал абад") << spelling;
  EXPECT_EQ(fold("Jalalabad"), "жалалабад") << "a space is not guessed: matching compares without spaces too";
  EXPECT_EQ(fold("Issyk-Kul"), fold("Иссык-Куль"));
  EXPECT_EQ(fold("Ysyk-Köl"), fold("Ысык-Көл"));
  EXPECT_EQ(fold("Özgön"), fold("Өзгөн"));
  for (std::string_view const spelling : {"Чүй", "Chuy", "Chui", "Чуй", "чyй"}) EXPECT_EQ(fold(spelling), "чуи") << spelling;
  for (std::string_view const spelling : {"Кызыл-Кыя", "Kyzyl-Kyya", "Kyzyl-Kiya", "Kyzyl-Kia", "Кызыл-Кия"})
    EXPECT_EQ(fold(spelling), "кизил кя") << spelling;
  for (std::string_view const spelling : {"Жайыл", "Jayyl", "Zhaiyl", "Джайыл"}) EXPECT_EQ(fold(spelling), fold("Жайыл")) << spelling;
  EXPECT_EQ(fold("Kochkor"), fold("Кочкор"));
  EXPECT_EQ(fold("At-Bashy"), fold("Ат-Башы"));
  EXPECT_EQ(fold("Toktogul'"), fold("Токтогуль"));
}

TEST(Fold, LettersOfTheThreeLanguagesMeet) {
  EXPECT_EQ(fold("ЁЛКА"), fold("елка"));
  EXPECT_EQ(fold("Жеңиш"), fold("Жениш"));
  EXPECT_EQ(fold("Yelena"), fold("Елена"));
  EXPECT_EQ(fold("Aya Yulia Maryam migratsiya"), fold("Ая Юлия Мариам миграция"));
  EXPECT_EQ(fold("Shchukin Tsoi Khan"), fold("Щукин Цой Хан"));
  EXPECT_EQ(fold("otsutstvie"), fold("отсутствие"));
}

TEST(Fold, LatinLettersTypedInACyrillicWordAreReadByTheirShape) {
  EXPECT_EQ(fold("Кaрa-Cуу"), fold("Кара-Суу"));
  EXPECT_EQ(fold("Pоссия"), fold("Россия"));
  EXPECT_EQ(fold("IT-форум"), "ит форум") << "a Latin word beside a Cyrillic one stays Latin";
}

TEST(Fold, AccentsAndForeignFormsGo) {
  EXPECT_EQ(fold("Нооке́н"), fold("Ноокен"));
  EXPECT_EQ(fold("\xd0\x98\xcc\x86"), fold("Й"));
  EXPECT_EQ(fold("ＫＧ０３ ③ ١٨٩٩"), "кг03 3 1899");
  EXPECT_EQ(fold("中文"), "中文");
  EXPECT_EQ(fold("  —!?  "), "");
}

TEST(Fold, FoldingACharacterTwiceChangesNothing) {
  for (char32_t c = 1; c < 0x3000; ++c) {
    std::string text;
    if (c >= 0x800) text = {static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3f)), static_cast<char>(0x80 | (c & 0x3f))};
    else if (c >= 0x80) text = {static_cast<char>(0xc0 | c >> 6), static_cast<char>(0x80 | (c & 0x3f))};
    else text = {static_cast<char>(c)};
    auto const folded = fold(std::string(text).append("а").append(text));
    ASSERT_EQ(fold(folded), folded) << "U+" << std::hex << static_cast<unsigned>(c);
  }
}

TEST(Words, AreFoldedAndComeOnce) {
  EXPECT_EQ(words("Адам сатууга каршы 100 күн: АДАМ, 5 я"), (std::vector<std::string>{"адам", "сатууга", "карши", "100", "кун", "5"}));
  EXPECT_TRUE(words(" - ").empty());
}

}  // namespace birge
