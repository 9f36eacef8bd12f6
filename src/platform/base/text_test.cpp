#include "platform/base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace birge {

namespace {

/// Text of the characters that make trouble: accents, invisible ones, other scripts, look-alikes, bytes that are no UTF-8.
rc::Gen<std::string> troublesome_text() {
  auto const piece = rc::gen::element<std::string>("a", "A", "h", "c", "s", "k", "z", "y", "e", "t", "x", "d", "j", " ", "\n", "\r\n", "\t", "-", ".",
                                                   "'", "’", "0", "9", "ж", "Д", "д", "и", "а", "у", "т", "с", "ш", "ч", "ң", "Ө", "ү", "Й", "ё", "ь",
                                                   "ъ", "\xcc\x86", "\xcc\x88", "\xcc\xa7", "ç", "ß", "İ", "ı", "ﬁ", "№", "½", "Ⅷ", "Ω", "ς", "ة",
                                                   "١", "中", "한", "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x80\x8f", "\xe2\x80\x8d", "\xd8\x9c",
                                                   "\xef\xbb\xbf", "\xc2\xa0", "\xe2\x80\xa8", "👩‍👧", "🇰🇬", "\xff", "\xe2\x80", "\x01",
                                                   "\xc2\x85", "Ǆ", "ŉ", "ｋ", "µ", "\xcd\x85", "\xe1\xbe\xb3", "ѝ", "Ӂ", "ӥ", "Ѓ");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](std::vector<std::string> const& pieces) {
    std::string text;
    for (auto const& part : pieces) text += part;
    return text;
  });
}

}  // namespace

TEST(Text, BytesThatAreNoUtf8AreFound) {
  for (std::string_view const text : {"\xff", "\xc0\x80", "\xed\xa0\x80", "abcdefgh\xd0", "\xf4\x90\x80\x80", "\x80"}) EXPECT_FALSE(valid_utf8(text));
  EXPECT_TRUE(valid_utf8("Кыргыз Республикасы 🇰🇬"));
  EXPECT_TRUE(valid_utf8(""));
}

TEST(Text, CharactersAreCountedAsAPersonDoes) {
  EXPECT_EQ(length(""), 0u);
  EXPECT_EQ(length("Өзгөн"), 5u);
  EXPECT_EQ(length("й"), 1u);
  EXPECT_EQ(length("\xd0\xb8\xcc\x86"), 1u) << "и with a combining breve";
  EXPECT_EQ(length("👩‍👧🇰🇬"), 2u);
  EXPECT_EQ(length("a\r\nb"), 3u);
}

TEST(Text, ShortenedTextIsCutAtAWord) {
  EXPECT_EQ(shortened("Бир эки үч төрт", 20), "Бир эки үч төрт");
  EXPECT_EQ(shortened("Бир эки үч төрт", 13), "Бир эки үч…");
  EXPECT_EQ(shortened("Кооптондурбаганыбыздан", 10), "Кооптонду…");
  EXPECT_EQ(shortened("abc", 0), "");
  EXPECT_EQ(shortened("abc", 1), "…");
}

RC_GTEST_PROP(Text, ShortenedTextIsNeverLonger, ()) {
  auto const text = clean_line(*troublesome_text());
  auto const limit = *rc::gen::inRange<std::size_t>(1, 20);
  RC_ASSERT(length(shortened(text, limit)) <= limit);
}

TEST(Text, ACleanLineHoldsNothingInvisible) {
  EXPECT_EQ(clean_line("  a \t\n b\xc2\xa0\xc2\xa0 c  "), "a b c");
  EXPECT_EQ(clean_line("a\xe2\x80\xae"
                       "b\xe2\x81\xa6"
                       "c\xe2\x80\x8f\x01\x7f"),
            "abc");
  EXPECT_EQ(clean_line("\xd0\xb8\xcc\x86"), "й") << "composed";
  EXPECT_EQ(clean_line("a\xff"
                       "b"),
            "ab");
  EXPECT_EQ(clean_line("👩‍👧"), "👩‍👧") << "the joiner of an emoji stays";
}

TEST(Text, WhatAPageKeepsTogetherIsPlainInAFile) {
  EXPECT_EQ(plain_spaces("14-\u2060сентябрь, 14\u00A0сентября 2018\u00A0г."), "14-сентябрь, 14 сентября 2018 г.");
  EXPECT_EQ(plain_spaces("Алайский\u00A0р\u2011н"), "Алайский р-н");
  EXPECT_EQ(plain_spaces("\u00A0\u00A0"), "  ");
  EXPECT_EQ(plain_spaces("Коопсуз миграция — «Бирге»"), "Коопсуз миграция — «Бирге»");
}

TEST(Text, LineBreaksStayInATextButNoMoreThanTwo) {
  EXPECT_EQ(clean_text("\n\na \r\nb\r\r\r\r c\xe2\x80\xa8"
                       "d\n"),
            "a\nb\n\nc\nd");
  EXPECT_EQ(clean_line("a\nb"), "a b");
}

TEST(Text, WithoutControlsEverythingElseStaysWhereItIs) {
  EXPECT_EQ(without_controls("- a\r\n    - b  \n\n\n\tc\u00A0d\n"), "- a\n    - b  \n\n\n\tc\u00A0d\n");
  EXPECT_EQ(without_controls("\u202Ea\u202C \u2066b\u2069\u200F\x01\x7f\u200B\u2028c\rd"), "a b\nc\nd");
  EXPECT_EQ(without_controls("\xd0\xb8\xcc\x86"), "й") << "composed";
}

RC_GTEST_PROP(Text, WithoutControlsNoneAreLeft, ()) {
  auto const cleaned = without_controls(*troublesome_text());
  RC_ASSERT(valid_utf8(cleaned));
  RC_ASSERT(without_controls(cleaned) == cleaned);
  for (std::string_view const control :
       {"\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069", "\r", "\x01"})
    RC_ASSERT(cleaned.find(control) == std::string::npos);
}

RC_GTEST_PROP(Text, CleaningLeavesNoDirectionControls, ()) {
  auto const text = *troublesome_text();
  for (auto const& cleaned : {clean_line(text), clean_text(text)}) {
    RC_ASSERT(valid_utf8(cleaned));
    for (std::string_view const control :
         {"\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac", "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa6",
          "\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9", "  ", "\n\n\n", "\r", "\x01"})
      RC_ASSERT(cleaned.find(control) == std::string::npos);
  }
  RC_ASSERT(clean_line(text).find('\n') == std::string::npos);
}

RC_GTEST_PROP(Text, CleaningTwiceChangesNothing, ()) {
  auto const text = *troublesome_text();
  RC_ASSERT(clean_line(clean_line(text)) == clean_line(text));
  RC_ASSERT(clean_text(clean_text(text)) == clean_text(text));
}

TEST(Text, SplittingKeepsEmptyParts) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
  EXPECT_EQ(trim(" \t a b \n"), "a b");
  EXPECT_EQ(trim("  "), "");
}

TEST(EditDistance, CountsWhatAPersonMistypes) {
  EXPECT_EQ(edit_distance("баткен", "баткен", 2), 0);
  EXPECT_EQ(edit_distance("баткен", "бакен", 2), 1);
  EXPECT_EQ(edit_distance("баткен", "бакткен", 2), 1);
  EXPECT_EQ(edit_distance("баткен", "бакнет", 3), 3);
  EXPECT_EQ(edit_distance("баткен", "бтакен", 2), 1) << "two letters swapped are one mistake";
  EXPECT_EQ(edit_distance("kitten", "sitting", 3), 3);
}

TEST(EditDistance, StopsAtItsLimit) {
  EXPECT_EQ(edit_distance("kitten", "sitting", 2), 3);
  EXPECT_EQ(edit_distance("", "abcdef", 2), 3);
  EXPECT_EQ(edit_distance("", "ab", 2), 2);
  EXPECT_EQ(edit_distance("abc", "xyz", 0), 1);
}

RC_GTEST_PROP(EditDistance, IsTheSameBothWays, ()) {
  auto const word = rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c'));
  auto const a = *word;
  auto const b = *word;
  auto const limit = *rc::gen::inRange(0, 6);
  auto const unlimited = edit_distance(a, b, 1000);
  RC_ASSERT(edit_distance(a, b, limit) == edit_distance(b, a, limit));
  RC_ASSERT(edit_distance(a, b, limit) == std::min(unlimited, limit + 1));
  RC_ASSERT((unlimited == 0) == (a == b));
}

RC_GTEST_PROP(Fold, FoldingTwiceChangesNothing, ()) {
  auto const folded = fold(*troublesome_text());
  RC_ASSERT(fold(folded) == folded);
  RC_ASSERT(valid_utf8(folded));
}

TEST(PrefixEnd, LiesBehindEveryWordThatBeginsSoAndBeforeTheNext) {
  for (auto const* word : {"наа", "наря", "нар\xF0\x9F\x91\xA9", "нар"}) EXPECT_LT(std::string(word), prefix_end("нар"));
  EXPECT_GT(std::string("нас"), prefix_end("нар"));
}

TEST(Slug, IsMadeOfLatinLetters) {
  EXPECT_EQ(slug("Ала-Бука"), "ala-buka");
  EXPECT_EQ(slug("«Өзгөн» шаары, №5"), "ozgon-shaary-no5");
  EXPECT_EQ(slug("Чүй Щучинск Юность Объезд"), "chuy-shchuchinsk-yunost-obezd");
  EXPECT_EQ(slug("Çà et là"), "ca-et-la");
  EXPECT_EQ(slug("中文"), "");
  EXPECT_EQ(slug("--a--b--"), "a-b");
}

RC_GTEST_PROP(Slug, IsAlwaysAGoodAddressPart, ()) {
  auto const made = slug(*troublesome_text());
  RC_ASSERT(made.size() <= 60u);
  RC_ASSERT(made.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos);
  RC_ASSERT(made.find("--") == std::string::npos);
  RC_ASSERT(made.empty() || (made.front() != '-' && made.back() != '-'));
}

}  // namespace birge
