#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/sheet/testing.hpp"
#include "platform/sheet/workbook_parts.hpp"

namespace birge::sheet::testing {
namespace {

using Texts = std::vector<std::vector<std::string>>;

/// The only cell of a workbook whose style 1 has this format code.
Cell cell_shown(std::string const& value, std::string const& format, std::string const& properties = "") {
  Workbook book;
  book.styles = "<numFmts><numFmt numFmtId=\"170\" formatCode=\"" + format +
                "\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs>";
  book.properties = properties;
  book.rows = "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>" + value + "</v></c></row>";
  return rows_of(book.bytes()).at(0).cells.at(0);
}

std::string number_shown(std::string const& value) {
  Workbook book;
  book.rows = "<row><c><v>" + value + "</v></c></row>";
  return texts_of(book.bytes()).at(0).at(0);
}

TEST(Xlsx, NumbersArePrintedWithoutNoise) {
  EXPECT_EQ(number_shown("43357.0"), "43357");
  EXPECT_EQ(number_shown("1E+3"), "1000");
  EXPECT_EQ(number_shown("0.10000000000000001"), "0.1");
  EXPECT_EQ(number_shown("996555123456"), "996555123456");
  EXPECT_EQ(number_shown("-0"), "0");
  EXPECT_EQ(number_shown("2.5E-7"), "0.00000025");
  EXPECT_EQ(number_shown(" 12 "), "12");
  EXPECT_EQ(number_shown("1e999"), "1e999");
}

TEST(Xlsx, DaysAreTold) {
  auto const cell = cell_shown("43357", "dd\\.mm\\.yyyy");
  EXPECT_EQ(cell.type, Cell::Type::day);
  EXPECT_EQ(cell.text, "2018-09-14");
  EXPECT_EQ(cell.day, Day::of(2018, 9, 14));
  EXPECT_EQ(cell.number, 43357);
  EXPECT_EQ(cell_shown("43357.75", "[$-419]d mmmm yyyy;@").text, "2018-09-14");
  EXPECT_EQ(cell_shown("1", "yyyy").text, "1900-01-01");
  EXPECT_EQ(cell_shown("61", "yyyy").text, "1900-03-01");
}

TEST(Xlsx, DayThatNeverWasStaysANumber) {
  EXPECT_EQ(cell_shown("60", "dd.mm.yyyy").type, Cell::Type::number);
  EXPECT_EQ(cell_shown("-5", "dd.mm.yyyy").text, "-5");
  EXPECT_EQ(cell_shown("99999999", "dd.mm.yyyy").type, Cell::Type::number);
}

TEST(Xlsx, MomentsAreTold) {
  auto const cell = cell_shown("43357.395833333336", "dd.mm.yyyy h:mm");
  EXPECT_EQ(cell.type, Cell::Type::moment);
  EXPECT_EQ(cell.text, "2018-09-14 09:30");
  EXPECT_EQ(cell.minutes, 9 * 60 + 30);
  EXPECT_EQ(cell_shown("43357.9999999", "dd.mm.yyyy h:mm").text, "2018-09-15 00:00");
}

TEST(Xlsx, BareTimeHasNoDay) {
  auto const cell = cell_shown("0.39583333333333331", "h:mm");
  EXPECT_EQ(cell.type, Cell::Type::moment);
  EXPECT_EQ(cell.text, "09:30");
  EXPECT_EQ(cell.minutes, 570);
  EXPECT_FALSE(cell.day);
}

TEST(Xlsx, ElapsedTimeIsANumber) {
  auto const cell = cell_shown("1.5", "[h]:mm");
  EXPECT_EQ(cell.type, Cell::Type::number);
  EXPECT_EQ(cell.text, "36:00");
}

TEST(Xlsx, MacintoshDaysAreCountedFrom1904) {
  EXPECT_EQ(cell_shown("41895", "dd.mm.yyyy", "date1904=\"1\"").text, "2018-09-14");
  EXPECT_EQ(cell_shown("0", "dd.mm.yyyy", "date1904=\"true\"").text, "1904-01-01");
}

TEST(Xlsx, FormatCodesAreJudgedByTheirLettersOnly) {
  EXPECT_EQ(shown_by("General"), Shown::number);
  EXPECT_EQ(shown_by("#,##0.00\\ \"days\""), Shown::number);
  EXPECT_EQ(shown_by("[Red]0;[Blue]-0"), Shown::number);
  EXPECT_EQ(shown_by("0.00_d"), Shown::number);
  EXPECT_EQ(shown_by("0;\"dd.mm\"yyyy"), Shown::number);
  EXPECT_EQ(shown_by("mmmm"), Shown::day);
  EXPECT_EQ(shown_by("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"), Shown::day);
  EXPECT_EQ(shown_by("mm:ss.0"), Shown::time);
  EXPECT_EQ(shown_by("[mm]:ss"), Shown::elapsed);
}

TEST(Xlsx, BuiltInFormatsAreKnown) {
  Workbook book;
  book.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"20\"/><xf numFmtId=\"9\"/></cellXfs>";
  book.rows =
      "<row><c s=\"1\"><v>43357</v></c><c s=\"2\"><v>43357.5</v></c><c s=\"3\"><v>0.5</v></c><c s=\"4\"><v>0.5</v></c><c "
      "s=\"99\"><v>7</v></c></row>";
  EXPECT_EQ(texts_of(book.bytes()), (Texts{{"2018-09-14", "2018-09-14 12:00", "12:00", "0.5", "7"}}));
}

TEST(Xlsx, SharedStringsWithRunsAndWithoutPhoneticsAreRead) {
  Workbook book;
  book.strings =
      "<si><t>plain</t></si><si><r><rPr><b/></rPr><t xml:space=\"preserve\">bold </t></r><r><t>and not</t></r></si>"
      "<si><t>課</t><rPh sb=\"0\" eb=\"1\"><t>か</t></rPh></si><si/><si><t>a&amp;b&#10;c_x000D_</t></si>";
  book.rows = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c><c t=\"s\"><v>4</v></c></row>";
  EXPECT_EQ(texts_of(book.bytes()), (Texts{{"plain", "bold and not", "課", "", "a&b\nc\r"}}));
}

TEST(Xlsx, InlineStringsAreRead) {
  Workbook book;
  book.rows =
      "<row><c t=\"inlineStr\"><is><t>one</t></is></c><c t=\"inlineStr\"><is><r><t>two "
      "</t></r><r><t>runs</t></r><rPh><t>no</t></rPh></is></c></row>";
  EXPECT_EQ(texts_of(book.bytes()), (Texts{{"one", "two runs"}}));
}

TEST(Xlsx, FormulasGiveTheirCachedValues) {
  Workbook book;
  book.rows = "<row><c><f>1+1</f><v>2</v></c><c t=\"str\"><f>A1&amp;\"x\"</f><v>2x</v></c><c><f>NOW()</f></c></row>";
  auto const rows = rows_of(book.bytes());
  ASSERT_EQ(rows.at(0).cells.size(), 3u);
  EXPECT_EQ(rows[0].cells[0].number, 2);
  EXPECT_TRUE(rows[0].cells[0].formula);
  EXPECT_EQ(rows[0].cells[1].text, "2x");
  EXPECT_EQ(rows[0].cells[2].type, Cell::Type::empty);
  EXPECT_TRUE(rows[0].cells[2].formula);
}

TEST(Xlsx, AnEmptyValueIsNoValueOfAFormula) {
  Workbook book;
  book.rows = "<row><c><f>SUM(B2:C2)</f><v/></c><c><f>NOW()</f><v> </v></c><c><v>1</v></c></row>";
  auto const rows = rows_of(book.bytes());
  ASSERT_EQ(rows.at(0).cells.size(), 3u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(rows[0].cells[i].type, Cell::Type::empty);
    EXPECT_TRUE(rows[0].cells[i].formula);
  }
}

TEST(Xlsx, FormulaThatShowsNothingIsEmpty) {
  Workbook book;
  book.rows = "<row><c t=\"str\"><f>IF(A2=\"\",\"\",1)</f><v></v></c></row>";
  EXPECT_TRUE(rows_of(book.bytes()).empty());
}

TEST(Xlsx, BooleansErrorsAndNumbersAsTextAreRead) {
  Workbook book;
  book.strings = "<si><t>0012</t></si>";
  book.rows =
      "<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c><c t=\"s\"><v>0</v></c><c "
      "t=\"d\"><v>2018-09-14T09:30:00</v></c></row>";
  auto const rows = rows_of(book.bytes());
  EXPECT_EQ(texts_of(book.bytes()), (Texts{{"TRUE", "FALSE", "#N/A", "0012", "2018-09-14 09:30"}}));
  EXPECT_EQ(rows[0].cells[2].type, Cell::Type::error);
  EXPECT_EQ(rows[0].cells[3].type, Cell::Type::text);
}

TEST(Xlsx, PlacesAreTakenFromReferencesOrCounted) {
  Workbook book;
  book.rows = "<row><c><v>1</v></c></row><row r=\"5\"><c r=\"C5\"><v>2</v></c><c><v>3</v></c></row><row r=\"2\"><c r=\"AA2\"><v>4</v></c></row>";
  auto const rows = rows_of(book.bytes());
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].number, 1);
  EXPECT_EQ(rows[1].number, 5);
  EXPECT_EQ(rows[1].cells.size(), 4u);
  EXPECT_EQ(rows[1].cells[3].text, "3");
  EXPECT_EQ(rows[2].number, 6);
  EXPECT_EQ(rows[2].cells.at(26).text, "4");
}

TEST(Xlsx, RowsThatAreOnlyFormattedAreLeftOut) {
  Workbook book;
  book.rows = "<row r=\"1\"><c r=\"A1\" s=\"1\"/><c r=\"XFD1\" s=\"1\"/></row><row r=\"9\"><c r=\"A9\"><v>1</v></c><c r=\"B9\" s=\"1\"/></row>";
  auto const rows = rows_of(book.bytes());
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].number, 9);
  EXPECT_EQ(rows[0].cells.size(), 1u);
}

TEST(Xlsx, WhatIsMergedOverSeveralRowsStandsInEachThatHasSomethingOfItsOwn) {
  auto const row = [](int number, std::vector<std::pair<char, std::string>> const& cells) {
    auto text = "<row r=\"" + std::to_string(number) + "\">";
    for (auto const& [column, value] : cells)
      text += std::string("<c r=\"") + column + std::to_string(number) + "\" t=\"inlineStr\"><is><t>" + value + "</t></is></c>";
    return text + "</row>";
  };
  Workbook book;
  book.rows = row(1, {{'A', "wide"}, {'D', "d"}}) + row(2, {{'B', "2"}, {'C', "UNICEF"}}) + row(3, {{'B', "3"}, {'C', "own"}}) + row(4, {}) +
              row(5, {{'B', "5"}}) + row(6, {{'B', "6"}});
  book.merged =
      "<mergeCell ref=\"A1:C1\"/><mergeCell ref=\"C2:D5\"/><mergeCell ref=\"D9:D8\"/><mergeCell ref=\"E2:E6\"/><mergeCell ref=\"nonsense\"/>";
  auto const opened = open_bytes(book.bytes());
  for (int time = 0; time < 2; ++time) {
    std::vector<Row> rows;
    opened->read(0, [&](Row const& row) { return rows.push_back(row), true; });
    ASSERT_EQ(rows.size(), 5u);
    EXPECT_EQ(rows[0].cells.at(1).text, "") << "beside it nothing is repeated";
    EXPECT_EQ(rows[1].cells.at(2).merged_from, 0);
    EXPECT_EQ(rows[2].cells.at(2).text, "own");
    EXPECT_EQ(rows[3].number, 5);
    EXPECT_EQ(rows[3].cells.at(2).text, "UNICEF");
    EXPECT_EQ(rows[3].cells.at(2).merged_from, 2);
    EXPECT_EQ(rows[3].cells.size(), 3u);
    EXPECT_EQ(rows[4].cells.size(), 2u) << "below it nothing is repeated";
  }
}

TEST(Xlsx, HiddenWorksheetsAreMarked) {
  Workbook book;
  book.sheets = R"(<sheet name="Отчёт &amp; план" sheetId="1" r:id="rId1"/><sheet name="b" sheetId="2" state="hidden" r:id="rId2"/>)"
                R"(<sheet name="c" sheetId="3" state="veryHidden" r:id="rId1"/><sheet name="lost" sheetId="4" r:id="rId77"/>)";
  auto const tables = open_bytes(book.bytes())->tables();
  ASSERT_EQ(tables.size(), 3u);
  EXPECT_EQ(tables[0].name, "Отчёт & план");
  EXPECT_FALSE(tables[0].hidden);
  EXPECT_TRUE(tables[1].hidden);
  EXPECT_TRUE(tables[2].hidden);
}

TEST(Xlsx, NamespacePrefixesAndAbsoluteTargetsAreUnderstood) {
  std::string const relations = R"(<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/)";
  Parts const parts{
      {"_rels/.rels", relations + R"(officeDocument" Target="/book/workbook.xml"/></Relationships>)"},
      {"book/_rels/workbook.xml.rels", relations + R"(worksheet" Target="../pages/one.xml"/></Relationships>)"},
      {"book/workbook.xml", R"(<x:workbook xmlns:x="m" xmlns:q="r"><x:sheets><x:sheet name="S" id="wrong" q:id="a"/></x:sheets></x:workbook>)"},
      {"pages/one.xml", R"(<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>)"}};
  EXPECT_EQ(texts_of(zipped(parts)), (Texts{{"5"}}));
}

TEST(Xlsx, ReadingTwiceGivesTheSame) {
  Workbook book;
  book.rows = "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>";
  auto const opened = open_bytes(book.bytes());
  for (int time = 0; time < 2; ++time) {
    int rows = 0;
    opened->read(0, [&](Row const&) { return ++rows, true; });
    EXPECT_EQ(rows, 2);
  }
  int rows = 0;
  opened->read(0, [&](Row const&) { return ++rows, false; });
  EXPECT_EQ(rows, 1);
}

TEST(Xlsx, WhatTheReceiverThrowsComesThrough) {
  Workbook book;
  book.rows = "<row><c><v>1</v></c></row>";
  EXPECT_THROW(open_bytes(book.bytes())->read(0, [](Row const&) -> bool { throw std::logic_error("mine"); }), std::logic_error);
}

}  // namespace
}  // namespace birge::sheet::testing
