#include "platform/base/encoding.hpp"

#include <gtest/gtest.h>

namespace birge {
namespace {

using namespace std::string_literals;

TEST(Encoding, WritesBytesAsDigitsInLowerCase) {
  EXPECT_EQ(hex("\x00\x0f\xab\xff"s), "000fabff");
  EXPECT_EQ(hex(""), "");
}

TEST(Encoding, RefusesWhatIsNoBase64) {
  for (auto const* text : {"A", "AAA", "AA=", "AAAA====", "AA A", "*AAA", "-_-_"}) EXPECT_EQ(from_base64(text), std::nullopt) << text;
}

// RFC 4648, section 10.
TEST(Encoding, GivesTheVectorsOfTheStandardAndReadsThemBack) {
  constexpr std::pair<char const*, char const*> vectors[] = {
      {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
  for (auto const& [bytes, text] : vectors) {
    EXPECT_EQ(base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
  EXPECT_EQ(base64("\xfb\xff\x00"s), "+/8A");
}

}  // namespace
}  // namespace birge
