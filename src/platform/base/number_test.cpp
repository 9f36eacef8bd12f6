#include "platform/base/number.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace birge {

TEST(WholeNumber, IsNoneWhereAnythingElseStandsInTheText) {
  for (std::string_view const text : {"", " ", "x", "x1y", "1x2", "1 ", " 1", "+1", "1,5", "1.0", "0x1", "--1", "99999999999", "+1234567890",
                                      " 12345678901234567", "абвгдеёжз", "1234567890123456/", ":23456789012345678"})
    EXPECT_EQ(whole_number<int>(text), std::nullopt) << text;
  EXPECT_EQ(whole_number<std::size_t>("-1"), std::nullopt);
}

TEST(WholeNumber, IsReadToItsEnd) {
  EXPECT_EQ(whole_number<int>("0"), 0);
  EXPECT_EQ(whole_number<int>("-12"), -12);
  EXPECT_EQ(whole_number<std::int64_t>("99999999999"), 99'999'999'999);
  EXPECT_EQ(whole_number<std::int64_t>("999999999999999999"), 999'999'999'999'999'999);
  EXPECT_EQ(whole_number<std::int64_t>("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(whole_number<std::int64_t>("9223372036854775808"), std::nullopt);
  EXPECT_EQ(whole_number<std::int8_t>("127"), 127);
  EXPECT_EQ(whole_number<std::int8_t>("128"), std::nullopt);
}

}  // namespace birge
