#include <gtest/gtest.h>

// libxlsxwriter 1.1.4 forgets the formula of each drop-down that refers to cells; a few bytes that are not ours to free.
extern "C" char const* __lsan_default_suppressions() { return "leak:lxw_strdup"; }

int main(int count, char** arguments) {
  testing::InitGoogleTest(&count, arguments);
  return RUN_ALL_TESTS();
}
