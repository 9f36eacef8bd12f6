#include "platform/base/embedded.hpp"

#include <gtest/gtest.h>

namespace birge {

TEST(Embedded, AFileThatIsNotThereIsNull) { EXPECT_EQ(embedded_file("db/migrations/none.sql"), nullptr); }

TEST(Embedded, MigrationsAreInTheBinaryInOrder) {
  auto const files = embedded_folder("db/migrations/");
  ASSERT_FALSE(files.empty());
  EXPECT_TRUE(files.front().name.starts_with("db/migrations/0001_"));
}

}  // namespace birge
