#include <cstdint>
#include <string>

#include "platform/sheet/testing.hpp"

/// The input is what stands in a workbook's parts: rows, shared strings, styles, properties and worksheets, with zero bytes between them.
/// Fuzzing the archive itself would end at its checksums; csv_fuzz reaches it with any bytes.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace birge::sheet::testing;
  Workbook book;
  std::string* const parts[] = {&book.rows, &book.strings, &book.styles, &book.properties, &book.sheets};
  std::size_t part = 0;
  bool replaced = false;
  for (std::size_t at = 0; at < size; ++at) {
    if (data[at] == 0 && part < 4) {
      ++part;
      continue;
    }
    if (part == 4 && !std::exchange(replaced, true)) book.sheets.clear();
    *parts[part] += static_cast<char>(data[at]);
  }
  refusal(zipped(book.parts(), nullptr, ZIP_CM_STORE));
  return 0;
}
