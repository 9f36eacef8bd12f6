#include <gtest/gtest.h>

#include <string_view>

#include "platform/files/clean.hpp"

// Not ours to free: libxlsxwriter 1.1.4 forgets the formula of each drop-down that refers to cells, and fontconfig keeps to the end what it read.
extern "C" char const* __lsan_default_suppressions() { return "leak:lxw_strdup\nleak:libfontconfig"; }

int main(int count, char** arguments) {
  // The process that cleans a file is this program started once more.
  if (count == 3 && arguments[1] == birge::files::clean_command) return birge::files::clean_main(arguments[2]);
  testing::InitGoogleTest(&count, arguments);
  return RUN_ALL_TESTS();
}
