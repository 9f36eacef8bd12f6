#include <gtest/gtest.h>

#include <fstream>

#include "platform/sheet/testing.hpp"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define BIRGE_MEMORY_IS_MEASURABLE 0  // a sanitizer's own memory would be measured
#else
#define BIRGE_MEMORY_IS_MEASURABLE 1
#endif

namespace birge::sheet::testing {
namespace {

/// A line of /proc/self/status in KB: VmRSS is what the program holds, VmHWM the most it ever held.
long status(std::string const& name) {
  std::ifstream file("/proc/self/status");
  for (std::string word; file >> word;)
    if (long value = 0; word == name + ":" && file >> value) return value;
  return 0;
}

/// How many KB reading takes beyond what the program holds before it.
long kilobytes_to_read(std::string const& path, int expected_rows) {
  std::ofstream("/proc/self/clear_refs") << 5;  // sets VmHWM back to VmRSS
  long const before = status("VmRSS");
  int rows = 0;
  open_file(path)->read(0, [&](Row const& row) {
    rows += row.cells.size() == 20 ? 1 : 0;
    return true;
  });
  EXPECT_EQ(rows, expected_rows);
  return status("VmHWM") - before;
}

struct TemporaryFile {
  explicit TemporaryFile(std::string const& bytes) {
    int const descriptor = ::mkstemp(name.data());
    if (descriptor >= 0) ::close(descriptor);
    std::ofstream(name, std::ios::binary) << bytes;
  }
  ~TemporaryFile() { ::unlink(name.c_str()); }
  std::string name = "/tmp/birge-sheet-XXXXXX";
};

TEST(SheetMemory, FiftyThousandRowsOfTwentyColumnsAreReadWithin64Megabytes) {
  if (!BIRGE_MEMORY_IS_MEASURABLE) GTEST_SKIP() << "not measurable under a sanitizer";
  Workbook book;
  std::string csv;
  for (int row = 0, text = 0; row < 50'000; ++row) {
    book.rows += "<row>";
    for (int column = 0; column < 20; ++column) {
      auto const shown = "Айыл өкмөтү № " + std::to_string(row * 20 + column);
      csv += (column > 0 ? "," : "") + shown;
      if (column % 2 == 0) {
        book.strings += "<si><t>" + shown + "</t></si>";
        book.rows += "<c t=\"s\"><v>" + std::to_string(text++) + "</v></c>";
      } else {
        book.rows += "<c><v>" + std::to_string(column * row) + "</v></c>";
      }
    }
    book.rows += "</row>";
    csv += "\r\n";
  }
  TemporaryFile const csv_file(csv), workbook_file(book.bytes());
  csv = {};
  book = {};
  EXPECT_LT(kilobytes_to_read(csv_file.name, 50'000), 8 * 1024);
  EXPECT_LT(kilobytes_to_read(workbook_file.name, 50'000), 60 * 1024);
}

}  // namespace
}  // namespace birge::sheet::testing
