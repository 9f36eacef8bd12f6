#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>

#include "platform/sheet/testing.hpp"

namespace birge::sheet::testing {
namespace {

using ::testing::HasSubstr;

std::string wide(std::string_view text) {
  std::string result;
  for (char const c : text) (result += c) += '\0';
  return result;
}

TEST(Sheet, FileThatIsNotThereIsRefused) { EXPECT_THROW(open_file("/nowhere/at/all.csv"), Problem); }
TEST(Sheet, FolderIsRefused) { EXPECT_THROW(open_file("/tmp"), Problem); }
TEST(Sheet, EndlessDeviceIsRefused) { EXPECT_THROW(open_file("/dev/zero"), Problem); }
TEST(Sheet, EmptyFileIsRefused) { EXPECT_THAT(refusal(""), HasSubstr("empty")); }

TEST(Sheet, FileOf300MegabytesIsRefusedByItsSizeAlone) {
  std::string name = "/tmp/birge-sheet-XXXXXX";
  int const descriptor = ::mkstemp(name.data());
  ASSERT_GE(descriptor, 0);
  ASSERT_EQ(::ftruncate(descriptor, 300 * 1024 * 1024), 0);  // a hole: takes no place on the disk
  ::close(descriptor);
  try {
    open_file(name);
    ADD_FAILURE() << "not refused";
  } catch (Problem const& problem) {
    EXPECT_EQ(problem.failure, Failure::too_large);
    EXPECT_EQ(std::get<std::int64_t>(problem.shown.arguments.at(0)), 32);
  }
  ::unlink(name.c_str());
}

TEST(Sheet, OldExcelFormatIsRefusedWithTheWayOut) {
  EXPECT_THAT(refusal("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(3000, 'x') + wide("Workbook")), HasSubstr("save it as .xlsx"));
}

TEST(Sheet, WorkbookWithAPasswordIsRefusedAsSuch) {
  EXPECT_THAT(refusal("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(70'000, 'x') + wide("EncryptedPackage")), HasSubstr("password"));
}

TEST(Sheet, EncryptedArchiveIsRefusedAsSuch) {
  Workbook book;
  book.rows = "<row><c><v>1</v></c></row>";
  EXPECT_THAT(refusal(zipped(book.parts(), "secret")), HasSubstr("password"));
}

TEST(Sheet, OpenDocumentIsRefusedWithTheWayOut) {
  EXPECT_THAT(refusal(zipped({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}})), HasSubstr(".ods"));
}

TEST(Sheet, WordDocumentIsRefused) {
  std::string const relations = R"(<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>)";
  EXPECT_THAT(refusal(zipped({{"_rels/.rels", relations}, {"word/document.xml", "<x/>"}})), HasSubstr("no Excel workbook"));
}

TEST(Sheet, ArchiveOfSomethingElseIsRefused) { EXPECT_THAT(refusal(zipped({{"photo.jpg", "x"}})), HasSubstr("no Excel workbook")); }

TEST(Sheet, BinaryWorkbookIsRefused) {
  std::string const relations = R"(<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="xl/workbook.bin"/></Relationships>)";
  EXPECT_THAT(refusal(zipped({{"_rels/.rels", relations}, {"xl/workbook.bin", "x"}})), HasSubstr(".xlsb"));
}

TEST(Sheet, WorkbookCutOffAnywhereIsRefused) {
  Workbook book;
  for (int i = 0; i < 500; ++i) book.rows += "<row><c><v>" + std::to_string(i * 7919) + "</v></c></row>";
  auto const whole = book.bytes();
  ASSERT_EQ(refusal(whole), "");
  for (std::size_t size = 4; size < whole.size(); size += 37) EXPECT_NE(refusal(whole.substr(0, size)), "") << size;
}

TEST(Sheet, WorkbookWithAnyByteChangedIsReadOrRefusedButNeverCrashes) {
  Workbook book;
  book.rows = "<row><c t=\"s\"><v>0</v></c><c><v>5</v></c></row>";
  book.strings = "<si><t>Osh</t></si>";
  auto const whole = book.bytes();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto broken = whole;
    broken[at] = static_cast<char>(broken[at] ^ 0x55);
    refusal(broken);
  }
}

TEST(Sheet, SmallArchiveThatUnpacksToMuchIsRefused) {
  Workbook book;
  book.rows = "<row><c><v>1</v></c></row>" + std::string(60 * 1024 * 1024, ' ');
  EXPECT_THAT(refusal(book.bytes()), HasSubstr("unpacks to far more"));
}

TEST(Sheet, ArchiveThatUnpacksPastTheTotalIsRefused) {
  Workbook book;
  book.rows = "<row><c><v>1</v></c></row>" + std::string(2 * 1024 * 1024, ' ');
  Limits limits;
  limits.unpacked_bytes = 1024 * 1024;
  EXPECT_THAT(refusal(book.bytes(), limits), HasSubstr("unpacks to far more"));
}

TEST(Sheet, DocumentTypeDeclarationIsRefused) {
  auto parts = Workbook{}.parts();
  parts[3].second =
      R"(<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>)";
  EXPECT_THAT(refusal(zipped(parts)), HasSubstr("damaged"));
}

TEST(Sheet, TagWithoutEndIsRefusedBeforeItFillsTheMemory) {
  auto parts = Workbook{}.parts();
  parts[3].second = "<worksheet><sheetData><row r=\"" + std::string(12 * 1024 * 1024, '1');
  EXPECT_THAT(refusal(zipped(parts)), HasSubstr("damaged"));
}

TEST(Sheet, ElementsNestedTooDeepAreRefused) {
  Workbook book;
  for (int i = 0; i < 100'000; ++i) book.rows += "<a>";
  EXPECT_THAT(refusal(book.bytes()), HasSubstr("damaged"));
}

TEST(Sheet, TooManySharedStringsAreRefused) {
  Workbook book;
  for (int i = 0; i < 3000; ++i) book.strings += "<si><t>" + std::string(1000, 'x') + "</t></si>";
  Limits limits;
  limits.text_bytes = 1024 * 1024;
  EXPECT_THAT(refusal(book.bytes(), limits), HasSubstr("of text"));
}

TEST(Sheet, SharedStringThatIsNotThereIsRefused) {
  Workbook book;
  book.rows = "<row><c t=\"s\"><v>7</v></c></row>";
  book.strings = "<si><t>one</t></si>";
  EXPECT_THAT(refusal(book.bytes()), HasSubstr("damaged"));
}

TEST(Sheet, TenThousandColumnsAreRefused) {
  Workbook book;
  book.rows = "<row>";
  for (int i = 0; i < 10'000; ++i) book.rows += "<c><v>1</v></c>";
  book.rows += "</row>";
  EXPECT_THAT(refusal(book.bytes()), HasSubstr("columns"));
  std::string csv;
  for (int i = 0; i < 10'000; ++i) csv += "a,";
  EXPECT_THAT(refusal(csv + "b\n"), HasSubstr("columns"));
}

TEST(Sheet, HeaderThatIsLongerThanTheSampleIsRefusedForItsColumnsNotItsLength) {
  std::string csv;
  for (int i = 0; i < 10'000; ++i) csv += (i > 0 ? ";" : "") + std::string("Колонка, со словами ") + std::to_string(i);
  EXPECT_THAT(refusal(csv + "\r\n1;2\r\n"), HasSubstr("columns"));
}

TEST(Sheet, TooManyRowsAreRefused) {
  Limits limits;
  limits.rows = 10;
  std::string csv;
  Workbook book;
  for (int i = 0; i < 11; ++i) csv += "a,b\n", book.rows += "<row><c><v>1</v></c></row>";
  EXPECT_THAT(refusal(csv, limits), HasSubstr("rows"));
  EXPECT_THAT(refusal(book.bytes(), limits), HasSubstr("rows"));
}

TEST(Sheet, CellThatIsTooLongIsRefused) {
  EXPECT_THAT(refusal("a,b\n" + std::string(40'000, 'x') + ",1\n"), HasSubstr("characters"));
  EXPECT_THAT(refusal("a,b\n" + std::string(400'000, 'x') + ",1\n"), HasSubstr("characters"));
  Workbook book;
  book.rows = "<row><c t=\"str\"><v>" + std::string(40'000, 'x') + "</v></c></row>";
  EXPECT_THAT(refusal(book.bytes()), HasSubstr("characters"));
}

TEST(Sheet, BinaryNoiseIsRefused) {
  std::mt19937 random(7);
  for (std::size_t const size : {100u, 101u, 5'000u, 100'000u}) {
    std::string noise(size, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    EXPECT_NE(refusal(noise), "") << size;
  }
  EXPECT_NE(refusal("\x89PNG\r\n\x1a\n" + std::string(8, '\0') + "IHDR"), "");
  EXPECT_NE(refusal(std::string("\xFF\xD8\xFF\xE0\x00\x10JFIF", 10)), "");
}

TEST(Sheet, WebPageUnderATablesNameIsRefused) {
  EXPECT_THAT(refusal("<html><body><table><tr><td>1</td></tr></table>"), HasSubstr("document, not a table"));
  EXPECT_THAT(refusal("\r\n <?xml version='1.0'?>"), HasSubstr("document, not a table"));
  EXPECT_THAT(refusal("[\n  {\"day\": 1}]"), HasSubstr("document, not a table"));
  EXPECT_THAT(refusal("%PDF-1.4\n1 0 obj\n"), HasSubstr("document, not a table"));
}

TEST(Sheet, ManyQuotesThatNobodyClosesAreRefusedInReasonableTime) {
  std::string csv;
  for (int i = 0; i < 100'000; ++i) csv += "\"a,b\n";
  refusal(csv);
  std::string doubled;
  for (int i = 0; i < 500'000; ++i) doubled += ",\"\"\"x";
  refusal(doubled);
}

}  // namespace
}  // namespace birge::sheet::testing
