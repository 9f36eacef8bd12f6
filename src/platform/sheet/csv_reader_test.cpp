#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "platform/sheet/testing.hpp"

namespace birge::sheet::testing {
namespace {

using ::testing::ElementsAre;
using Texts = std::vector<std::vector<std::string>>;

/// As somebody reads it in English.
std::string english(Message const& message) {
  auto text = message.text;
  for (auto const& argument : message.arguments) {
    auto const* const inner = std::get_if<Message>(&argument);
    text.replace(text.find("{}"), 2, inner ? english(*inner) : std::get<std::string>(argument));
  }
  return text;
}

std::string understood(std::string bytes) { return english(open_bytes(std::move(bytes))->understood()); }

/// "День;Село\n14.09;Ош\n" in UTF-16LE without a mark, made from code units.
std::string utf16(std::u16string_view text, bool big) {
  std::string bytes;
  for (char16_t const unit : text) {
    char const low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
    bytes += big ? high : low;
    bytes += big ? low : high;
  }
  return bytes;
}

TEST(Csv, CommaSemicolonAndTabAreFound) {
  Texts const expected{{"day", "place"}, {"14 Sep", "Osh"}, {"15 Sep", "Naryn"}};
  for (std::string const delimiter : {",", ";", "\t"})
    EXPECT_EQ(texts_of("day" + delimiter + "place\n14 Sep" + delimiter + "Osh\n15 Sep" + delimiter + "Naryn\n"), expected);
  EXPECT_EQ(understood("a;b\n1;2\n"), "UTF-8, semicolon");
  EXPECT_EQ(understood("a\tb\n1\t2\n"), "UTF-8, tab");
  EXPECT_EQ(understood("sep=!\na!b\n1!2\n"), "UTF-8, “!”");
}

TEST(Csv, DecimalCommasDoNotPassForDelimiters) {
  EXPECT_EQ(understood("a;b\n1,5;2,5\n1,5;2,5\n3,5;4,5\n"), "UTF-8, semicolon");
  EXPECT_EQ(understood("1,5;2,5\n1,5;2,5\n"), "UTF-8, semicolon");
  EXPECT_EQ(understood("1,5\t2,5\n1,5\t2,5\n"), "UTF-8, tab");
}

TEST(Csv, CommasAndSemicolonsInTextsDoNotPassForDelimiters) {
  EXPECT_EQ(understood("name;address\nA;Osh, Lenin 5\nB;Osh, Navoi 7\n"), "UTF-8, semicolon");
  EXPECT_EQ(understood("name,topics\nA,x;y;z\nB,x;y\nC,p;q;r\n"), "UTF-8, comma");
  EXPECT_EQ(understood("name;note\n\"a,b,c\";\"d,e\"\n\"a,b,c\";\"d,e\"\n"), "UTF-8, semicolon");
}

TEST(Csv, NumbersSeparatedByCommasAreATable) { EXPECT_EQ(texts_of("1,2,3\n4,5,6\n"), (Texts{{"1", "2", "3"}, {"4", "5", "6"}})); }

TEST(Csv, TitleRowsAboveTheTableDoNotConfuse) {
  EXPECT_EQ(understood("Report for September, 2018\n\nday;place\n14;Osh\n15;Naryn\n"), "UTF-8, semicolon");
}

TEST(Csv, ExcelsDelimiterLineIsFollowedAndNotPartOfTheTable) {
  auto const rows = rows_of("sep=;\r\na;b,c\r\n1;2\r\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].number, 1);
  EXPECT_EQ(rows[0].cells[1].text, "b,c");
}

TEST(Csv, OneColumnIsATable) { EXPECT_EQ(texts_of("place\nOsh\nNaryn\n"), (Texts{{"place"}, {"Osh"}, {"Naryn"}})); }

TEST(Csv, AllEncodingsOfTheSameTextAreRead) {
  Texts const expected{{"Күнү", "Айыл"}, {"14.09", "Ош"}};
  std::u16string const text = u"Күнү;Айыл\r\n14.09;Ош\r\n";
  std::string const utf8 = "Күнү;Айыл\r\n14.09;Ош\r\n";
  EXPECT_EQ(texts_of(utf8), expected);
  EXPECT_EQ(texts_of("\xEF\xBB\xBF" + utf8), expected);
  EXPECT_EQ(texts_of("\xFF\xFE" + utf16(text, false)), expected);
  EXPECT_EQ(texts_of("\xFE\xFF" + utf16(text, true)), expected);
  EXPECT_EQ(texts_of(utf16(text, false)), expected);
  EXPECT_EQ(texts_of(utf16(text, true)), expected);
  EXPECT_EQ(understood("\xFF\xFE" + utf16(u"a\tb\r\n1\t2\r\n", false)), "UTF-16LE, tab");
}

TEST(Csv, Windows1251IsRead) {
  EXPECT_EQ(texts_of("\xC4\xE5\xED\xFC;\xCF\xEE\xEB\n1;\xEC\n2;\xE6\n"), (Texts{{"День", "Пол"}, {"1", "м"}, {"2", "ж"}}));
  EXPECT_EQ(understood("Name;Sex\nAida;\xE6\nBek;\xEC\n"), "Windows-1251, semicolon");
}

TEST(Csv, CyrillicOfDosIsRead) {
  EXPECT_EQ(texts_of("\x84\xA5\xAD\xEC;\x8F\xAE\xAB\n1;\xAC\n2;\xA6\n"), (Texts{{"День", "Пол"}, {"1", "м"}, {"2", "ж"}}));
}

TEST(Csv, WesternLettersAmongLatinOnesAreRead) { EXPECT_EQ(texts_of("ville;pr\xE9nom\nS\xE9gou;A\n")[1][0], "Ségou"); }

TEST(Csv, OneBadByteInALongUtf8FileIsDamageOnly) {
  std::string text = "a;b\n";
  for (int i = 0; i < 100; ++i) text += "Ош;Нарын\n";
  EXPECT_EQ(understood(text + "x\xFFy;1\n"), "UTF-8 with unreadable characters, semicolon");
  EXPECT_EQ(texts_of(text + "x\xFFy;1\n").back()[0], "x\uFFFDy");
  EXPECT_EQ(texts_of(text + "1;О\xD1").back()[1], "О\uFFFD");  // cut off within a character
}

TEST(Csv, QuotesAreReadAsTheStandardSays) {
  EXPECT_EQ(texts_of("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\n1,2"),
            (Texts{{"a", "b"}, {"x, y", "say \"hi\""}, {"two\nlines"}, {"1", "2"}}));
}

TEST(Csv, EveryLineEndIsRead) {
  Texts const expected{{"a", "b"}, {"1", "2"}, {"3", "4"}};
  EXPECT_EQ(texts_of("a,b\n1,2\n3,4\n"), expected);
  EXPECT_EQ(texts_of("a,b\r\n1,2\r\n3,4"), expected);
  EXPECT_EQ(texts_of("a,b\r1,2\r3,4\r"), expected);
}

TEST(Csv, LoneQuoteDoesNotSwallowTheFollowingLines) {
  Texts const expected{{"name", "place"}, {"\"Ala-Too hotel", "Osh"}, {"Club", "Naryn"}, {"A, B", "Talas"}, {"C", "Osh"}};
  EXPECT_EQ(texts_of("name,place\n\"Ala-Too hotel,Osh\nClub,Naryn\n\"A, B\",Talas\nC,Osh\n"), expected);
  EXPECT_EQ(texts_of("name,place\n5\" pipe,Osh\n"), (Texts{{"name", "place"}, {"5\" pipe", "Osh"}}));
  EXPECT_EQ(texts_of("name,place\n\"the \"Ak-Bata\" hall\",Osh\n"), (Texts{{"name", "place"}, {"the \"Ak-Bata\" hall", "Osh"}}));
}

TEST(Csv, BlankRowsAreLeftOutAndCounted) {
  auto const rows = rows_of("a,b\n\n , \n,,\n1,2,,\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].number, 5);
  EXPECT_EQ(rows[1].cells.size(), 2u);
}

// Rows of the ROWCA 3W sample of the HXL showcase (OCHA, github.com/HXLStandard/hxl-showcase, public domain by the Unlicense).
TEST(Csv, WhoDoesWhatWhereOfOchaIsRead) {
  std::string const sample =
      "Cluster,Organization,ProjectCode,FundingStatus,MONTH,Objective,Priority,ActivityId,Activity\n"
      "#sector,#org,,,#period_date,,,#activity_id,#activity\n"
      "Education,United Nations Children's Fund,MLI-14/E/65276,,June,OBJECTIVE 3,Priority 2: Conflict,244,Distribution of educational "
      "materials "
      "for teachers\n"
      "Protection,\"Norwegian Refugee Council, West Africa\",,,,OBJECTIVE 3,,,\n";
  auto const texts = texts_of(sample);
  ASSERT_EQ(texts.size(), 4u);
  EXPECT_EQ(texts[1].size(), 9u);
  EXPECT_EQ(texts[3], (std::vector<std::string>{"Protection", "Norwegian Refugee Council, West Africa", "", "", "", "OBJECTIVE 3"}));
}

TEST(Csv, ReadingStopsWhenTold) {
  int rows = 0;
  open_bytes("a,b\n1,2\n3,4\n")->read(0, [&](Row const&) { return ++rows < 2; });
  EXPECT_EQ(rows, 2);
}

TEST(Csv, RecordsLongerThanAPieceOfTheFileAreRead) {
  std::string row;
  for (int i = 0; i < 900; ++i) row += "\"" + std::string(500, 'a') + "\"\"" + std::to_string(i) + "\",";
  auto const texts = texts_of(row + "end\r\n" + row + "end\r\n");
  ASSERT_EQ(texts.size(), 2u);
  ASSERT_EQ(texts[1].size(), 901u);
  EXPECT_EQ(texts[1][899], std::string(500, 'a') + "\"899");
}

TEST(CsvWriter, FormulasAreShownAndNotRun) {
  EXPECT_EQ(safe_cell("=1+1"), "'=1+1");
  EXPECT_EQ(safe_cell("+996 555"), "'+996 555");
  EXPECT_EQ(safe_cell("-cmd"), "'-cmd");
  EXPECT_EQ(safe_cell("@sum"), "'@sum");
  EXPECT_EQ(safe_cell("\t=1"), "'\t=1");
  EXPECT_EQ(safe_cell("\r=1"), "'\r=1");
  EXPECT_EQ(safe_cell("-1+cmd|'/c calc'!A0"), "'-1+cmd|'/c calc'!A0");
}

TEST(CsvWriter, NumbersAreNotTouched) {
  EXPECT_EQ(safe_cell("-12,5"), "-12,5");
  EXPECT_EQ(safe_cell("-12"), "-12");
  EXPECT_EQ(safe_cell("a=b"), "a=b");
  CsvWriter writer;
  writer.number(-5);
  writer.decimal(-0.25, 1);
  writer.empty();
  writer.text("x");
  writer.end_row();
  EXPECT_EQ(std::move(writer).take(), "\xEF\xBB\xBF-5,-0.2,,x\r\n");
}

TEST(CsvWriter, WhatIsWrittenIsReadBack) {
  auto const text = rc::gen::container<std::string>(rc::gen::element('a', ' ', '"', '"', ',', ';', '\t', '\n', '\r', '=', '1', '\'', '-', '@'));
  EXPECT_TRUE(rc::check([&] {
    auto const table = *rc::gen::container<Texts>(rc::gen::container<std::vector<std::string>>(text));
    CsvWriter writer;
    Texts expected;
    for (auto const& row : table) {
      // A first row of plain words, as every export has, tells the delimiter.
      if (expected.empty()) {
        for (int i = 0; i < 4; ++i) writer.text("column");
        writer.end_row();
        expected.push_back({"column", "column", "column", "column"});
      }
      std::vector<std::string> safe;
      for (std::size_t i = 0; i < 4; ++i) {
        writer.text(i < row.size() ? row[i] : "z");
        safe.push_back(safe_cell(i < row.size() ? row[i] : "z"));
      }
      writer.end_row();
      while (!safe.empty() && safe.back().empty()) safe.pop_back();
      bool blank = true;
      for (auto const& cell : safe) blank = blank && cell.find_first_not_of(" \t\r\n") == std::string::npos;
      if (!blank) expected.push_back(safe);
    }
    if (expected.empty()) return;
    RC_ASSERT(texts_of(std::move(writer).take()) == expected);
  }));
}

}  // namespace
}  // namespace birge::sheet::testing
