#include "platform/html/html.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace birge {

TEST(Html, TextIsEscapedWhereverItStands) {
  EXPECT_EQ(html("<p title=\"{}\">{}</p>", "a\"b'c", "<script>&").text(), "<p title=\"a&quot;b&#39;c\">&lt;script&gt;&amp;</p>");
}

TEST(Html, ControlCharactersAreLeftOut) {
  using namespace std::literals;
  EXPECT_EQ(html("{}", "a\0b\x01\x1b\x7f\xc2\x80\xc2\x9f\tc\nd"sv).text(), "ab\tc\nd");
  EXPECT_EQ(html("{}", "«ҢӨҮ» \xc2\xa0№").text(), "«ҢӨҮ» \xc2\xa0№") << "what begins with the same byte stays";
  EXPECT_EQ(html("{}", "\xc2"sv).text(), "\xc2");
}

TEST(Html, MarkupGoesInAsItIs) {
  auto const inner = html("<b>{}</b>", "<");
  EXPECT_EQ(html("<p>{}{}</p>", inner, inner).text(), "<p><b>&lt;</b><b>&lt;</b></p>");
}

TEST(Html, EveryByteIsTakenCareOfAtEveryPlaceOfATextOfAnyLength) {
  // Texts are looked at sixteen bytes at a time, so the places about such a border matter.
  auto const expected = [](unsigned char byte) -> std::string {
    switch (byte) {
      case '&': return "&amp;";
      case '<': return "&lt;";
      case '>': return "&gt;";
      case '"': return "&quot;";
      case '\'': return "&#39;";
      default: break;
    }
    bool const dropped = (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7f;
    return dropped ? std::string() : std::string(1, static_cast<char>(byte));
  };
  for (std::size_t length = 1; length <= 70; ++length)
    for (std::size_t at = 0; at < length; ++at)
      for (unsigned byte = 0; byte < 256; ++byte) {
        std::string text(length, 'a');
        text[at] = static_cast<char>(byte);
        auto const around = std::string(at, 'a') + expected(static_cast<unsigned char>(byte)) + std::string(length - at - 1, 'a');
        ASSERT_EQ(html("{}", text).text(), around) << "byte " << byte << " at " << at << " of " << length;
      }
}

TEST(Html, AnAddressIsEscapedInItsAttribute) {
  EXPECT_EQ(html("<a href=\"{}\">x</a>", own_path("/a?b=1&c=\"2\"")).text(), "<a href=\"/a?b=1&amp;c=&quot;2&quot;\">x</a>");
}

TEST(Html, AnAddressOfAPatternIsWrittenAsTheSameAddressWouldBe) {
  for (auto const* const behind : {"", "&b=1", "'x"}) {
    UrlPattern const pattern("/a?q=", behind);
    for (std::string_view const value : {"", "lecture", "2018-09-10", "a b<\">&'", "ү"})
      EXPECT_EQ(html("<a href=\"{}\">", pattern.with(value)).text(), html("<a href=\"{}\">", pattern.url(value)).text()) << value << behind;
  }
}

TEST(Html, AnAttributeIsThereOnlyWhenItsConditionHolds) {
  EXPECT_EQ(html("<option {}>", BIRGE_WHEN(true, "selected")).text(), "<option selected>");
  EXPECT_EQ(html("<option {}>", BIRGE_WHEN(false, "selected")).text(), "<option >");
}

TEST(Html, DoubledBracesAreBraces) {
  EXPECT_EQ(html("{{}} {{{}}} }}{{", 7).text(), "{} {7} }{");
  EXPECT_EQ(html("{}{}", 1, 2).text(), "12");
}

TEST(Html, NumbersDaysAndIdsAreWrittenForMachines) {
  struct Tag;
  EXPECT_EQ(html("{} {} {}", -1234567, *Day::parse("2018-09-14"), Id<Tag>{33}).text(), "-1234567 2018-09-14 11");
}

RC_GTEST_PROP(Html, EscapedTextHoldsNoMarkup, (std::string const& text)) {
  auto const escaped = html("{}", text);
  RC_ASSERT(escaped.text().find_first_of("<>\"'") == std::string_view::npos);
  RC_ASSERT(escaped.text().find('\0') == std::string_view::npos);
}

}  // namespace birge
