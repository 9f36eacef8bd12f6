#include <gtest/gtest.h>

#include <string_view>

#include "platform/files/clean.hpp"

// libxlsxwriter 1.1.4 forgets the formula of each drop-down that refers to cells; a few bytes that are not ours to free.
extern "C" char const* __lsan_default_suppressions() { return "leak:lxw_strdup\nleak:libfontconfig"; }

int main(int count, char** arguments) {
  // The process that cleans a file is this program started once more.
  if (count == 3 && arguments[1] == birge::files::clean_command) return birge::files::clean_main(arguments[2]);
  testing::InitGoogleTest(&count, arguments);
  return RUN_ALL_TESTS();
}
