#include <cstdint>

#include "platform/sheet/sheet.hpp"

/// Any bytes are either rows or a Problem, never a crash, a hang or an error of another kind.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  try {
    auto const book = birge::sheet::open_bytes({reinterpret_cast<char const*>(data), size});
    for (std::size_t table = 0; table < book->tables().size(); ++table) book->read(table, [](birge::sheet::Row const&) { return true; });
  } catch (birge::Problem const&) {}
  return 0;
}
