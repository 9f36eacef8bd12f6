#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>

#include "platform/sheet/testing.hpp"

namespace birge::sheet::testing {
namespace {

using Texts = std::vector<std::vector<std::string>>;

std::string part_of(std::string const& bytes, char const* name) {
  zip_error_t error;
  zip_error_init(&error);
  auto* const zip = zip_open_from_source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error), ZIP_RDONLY, &error);
  zip_stat_t about;
  std::string content;
  if (zip != nullptr && zip_stat(zip, name, 0, &about) == 0) {
    content.resize(about.size);
    auto* const part = zip_fopen(zip, name, 0);
    zip_fread(part, content.data(), content.size());
    zip_fclose(part);
  }
  if (zip != nullptr) zip_discard(zip);
  return content;
}

void write_many_rows(BookWriter& writer) {
  writer.sheet("A", {{"x", 12, {}, {}}});
  for (int row = 0; row < 20'000; ++row) {
    writer.text("a text of some length in row " + std::to_string(row));
    writer.end_row();
  }
}

TEST(BookWriter, FullDiskIsAProblemAndNoHalfWrittenWorkbook) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  auto const handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 16 * 1024;  // what a full disk looks like to a program
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  bool refused = false;
  try {
    BookWriter writer;
    write_many_rows(writer);
    std::move(writer).take();
  } catch (Problem const& problem) { refused = problem.shown.text.find("disk") != std::string::npos; }
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_TRUE(refused);
}

TEST(BookWriter, FolderForTemporaryFilesThatIsNotThereIsAProblem) {
  auto const* const before = std::getenv("TMPDIR");
  std::string const kept = before != nullptr ? before : "";
  ::setenv("TMPDIR", "/nowhere/at/all", 1);
  EXPECT_THROW(BookWriter(), Problem);
  before != nullptr ? ::setenv("TMPDIR", kept.c_str(), 1) : ::unsetenv("TMPDIR");
}

TEST(BookWriter, CellBeforeTheFirstWorksheetIsAnError) {
  BookWriter writer;
  EXPECT_THROW(writer.text("x"), std::logic_error);
}

TEST(BookWriter, WritesWhatIsReadBack) {
  BookWriter writer;
  writer.sheet("Plan", {{"Day", 12, {}, {}}, {"Place", 20, {}, {}}, {"People", 8, {}, {}}, {"Share", 8, {}, {}}, {"Page", 8, {}, {}}},
               {"Dialogue Days", "as of today"});
  writer.day(*Day::of(2018, 9, 14));
  writer.text("Ош & \"Ак-Бата\" <b>");
  writer.number(-25);
  writer.decimal(0.5, 2);
  writer.link("https://example.org/a?b=c&d", "page");
  writer.end_row();
  writer.empty();
  writer.text("=1+1", BookWriter::Style::total);
  writer.number(1234567890123456789);
  writer.end_row();
  auto const bytes = std::move(writer).take();
  EXPECT_EQ(texts_of(bytes), (Texts{{"Dialogue Days"},
                                    {"as of today"},
                                    {"Day", "Place", "People", "Share", "Page"},
                                    {"2018-09-14", "Ош & \"Ак-Бата\" <b>", "-25", "0.5", "page"},
                                    {"", "=1+1", "1234567890123456789"}}));
  auto const rows = rows_of(bytes);
  EXPECT_EQ(rows[3].cells[0].type, Cell::Type::day);
  EXPECT_EQ(rows[4].cells[1].type, Cell::Type::text);
  EXPECT_FALSE(rows[4].cells[1].formula);
}

TEST(BookWriter, AddressesThatAreNoWebPagesBecomeText) {
  BookWriter writer;
  writer.sheet("A", {{"x", 12, {}, {}}});
  writer.link("javascript:alert(1)", "click");
  writer.link("https://example.org/" + std::string(5000, 'x'), "long");
  writer.end_row();
  auto const bytes = std::move(writer).take();
  EXPECT_EQ(texts_of(bytes)[1], (std::vector<std::string>{"click", "long"}));
  EXPECT_EQ(part_of(bytes, "xl/worksheets/_rels/sheet1.xml.rels"), "");
}

TEST(BookWriter, ShortChoicesStandInTheRuleItself) {
  BookWriter writer;
  writer.sheet("A", {{"Sex", 12, {"women", "men"}, "Choose one"}}, {"Title"});
  auto const bytes = std::move(writer).take();
  auto const sheet = part_of(bytes, "xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, ::testing::HasSubstr("women,men"));
  EXPECT_THAT(sheet, ::testing::HasSubstr("A3:A1048576"));
  EXPECT_THAT(sheet, ::testing::HasSubstr("prompt=\"Choose one\""));
  EXPECT_EQ(open_bytes(bytes)->tables().size(), 1u);
}

TEST(BookWriter, AColumnThatMustBeFilledInHasAHeaderOfItsOwn) {
  BookWriter writer;
  writer.sheet("A", {{"Id", 12, {}, {}}, {"Title", 12, {}, {}, true}, {"Venue", 12, {}, {}}});
  auto const sheet = part_of(std::move(writer).take(), "xl/worksheets/sheet1.xml");
  auto const style = [&](std::string const& cell) {
    auto const at = sheet.find("r=\"" + cell + "\" s=\"");
    EXPECT_NE(at, std::string::npos) << sheet;
    return sheet.substr(at + cell.size() + 8, 1);
  };
  EXPECT_EQ(style("A1"), style("C1"));
  EXPECT_NE(style("A1"), style("B1"));
}

TEST(BookWriter, LongChoicesStandOnAHiddenWorksheet) {
  std::vector<std::string> places;
  for (int i = 0; i < 400; ++i) places.push_back("Place number " + std::to_string(i));
  BookWriter writer;
  writer.sheet("A", {{"Place", 12, places, {}}, {"Topic", 12, {"one, with comma", "two"}, {}}});
  auto const bytes = std::move(writer).take();
  auto const book = open_bytes(bytes);
  ASSERT_EQ(book->tables().size(), 2u);
  EXPECT_EQ(book->tables()[1].name, "Choices");
  EXPECT_TRUE(book->tables()[1].hidden);
  auto const lists = texts_of(bytes, 1);
  ASSERT_EQ(lists.size(), 400u);
  EXPECT_EQ(lists[0], (std::vector<std::string>{"Place number 0", "one, with comma"}));
  auto const sheet = part_of(bytes, "xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, ::testing::HasSubstr("Choices!$A$1:$A$400"));
  EXPECT_THAT(sheet, ::testing::HasSubstr("Choices!$B$1:$B$2"));
}

TEST(BookWriter, WorksheetNamesThatExcelRefusesAreMended) {
  BookWriter writer;
  for (auto const* const name : {"Plan: a/b [c]?", "plan  a b  c", "", "'quoted'", "History", "Choices", "Жалал-Абад облусу боюнча толук отчёт"})
    writer.sheet(name, {{"x", 12, {}, {}}});
  auto const tables = open_bytes(std::move(writer).take())->tables();
  ASSERT_EQ(tables.size(), 7u);
  EXPECT_EQ(tables[0].name, "Plan a b c");
}

TEST(BookWriter, TextsThatXmlCannotHoldAreMended) {
  BookWriter writer;
  writer.sheet("A", {{"x", 12, {}, {}}});
  writer.text(
      std::string("a\x01"
                  "b\nc"));
  writer.text("_x000D_");
  writer.text("broken \xFF");
  writer.text(std::string(40'000, 'x'));
  writer.end_row();
  auto const cells = texts_of(std::move(writer).take()).at(1);
  EXPECT_EQ(cells[0], "ab\nc");
  EXPECT_EQ(cells[1], "_x000D_");
  EXPECT_EQ(cells[3].size(), 32'767u);
}

TEST(BookWriter, EmptyWorkbookOpens) {
  BookWriter writer;
  writer.sheet("A", {{"x", 12, {}, {}}});
  EXPECT_EQ(texts_of(std::move(writer).take()), (Texts{{"x"}}));
}

}  // namespace
}  // namespace birge::sheet::testing
