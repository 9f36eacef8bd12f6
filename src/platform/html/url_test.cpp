#include "platform/html/url.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

namespace birge {

TEST(Url, OtherSchemesAreRefused) {
  for (std::string_view const text :
       {"javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://a.kg", "blob:x", "x:", ":x",
        "http:evil", "http:/evil", "https://", "https:///a", "https://:80", "mailto:", "tel:"})
    EXPECT_FALSE(url(text)) << text;
}

TEST(Url, AnAddressThatHidesWhereItGoesIsRefused) {
  EXPECT_FALSE(url("//evil.example"));
  EXPECT_FALSE(url("/\\evil.example"));
  EXPECT_FALSE(url("\\\\evil.example"));
  EXPECT_FALSE(url("https://bank.kg@evil.example/"));
  EXPECT_FALSE(url("https://bank.kg\xe2\x80\xae/gk.live"));
  EXPECT_FALSE(url("https://bank.kg\xc2\xa0x"));
}

TEST(Url, WhiteSpaceAndControlCharactersAreRefused) {
  using namespace std::literals;
  for (std::string_view const text :
       {" /a"sv, "/a b"sv, "/a\n"sv, "java\tscript:x"sv, "/a\0"sv, "/\x7f"sv, "https://a\xc2\x85.kg"sv, "/\xff"sv, ""sv})
    EXPECT_FALSE(url(text)) << text;
}

TEST(Url, ARelativePathIsRefused) {
  EXPECT_FALSE(url("guide"));
  EXPECT_FALSE(url("www.iom.int"));
  EXPECT_FALSE(url("../a"));
}

TEST(Url, GoodAddressesStayAsTheyAre) {
  for (std::string_view const text : {"/ky/agenda?q=a#b", "/", "?after=x", "#top", "https://iom.int/kyrgyzstan", "HTTP://a.kg:8080", "mailto:a@b.kg",
                                      "tel:+996312000000", "https://ky.wikipedia.org/wiki/Жалал-Абад"}) {
    auto const result = url(text);
    ASSERT_TRUE(result) << text;
    EXPECT_EQ(result->text(), text);
  }
}

TEST(Url, AnOwnPathThatLeavesTheSiteIsAMistakeInTheProgram) {
  for (char const* const path : {"", "a", "//evil", "https://a.kg", "/a b", "/\\evil", "/ү", "/a\nb"})
    EXPECT_THROW(own_path(path), std::logic_error) << path;
  EXPECT_EQ(own_path("/ky/").text(), "/ky/");
  EXPECT_EQ(own_path("?a=1").text(), "?a=1");
}

TEST(Url, PercentEncodingKeepsOnlyUnreservedCharacters) {
  EXPECT_EQ(percent_encoded("Az09-._~"), "Az09-._~");
  EXPECT_EQ(percent_encoded("a b/c?d&e=ү%+"), "a%20b%2Fc%3Fd%26e%3D%D2%AF%25%2B");
}

TEST(UrlPattern, FillsInOneValueAndEncodesIt) {
  UrlPattern const pattern("/ky/activities?place=", "&week=2018-09-10");
  EXPECT_EQ(pattern.url("KG02").text(), "/ky/activities?place=KG02&week=2018-09-10");
  EXPECT_EQ(pattern.url("a/b&\"ү").text(), "/ky/activities?place=a%2Fb%26%22%D2%AF&week=2018-09-10");
  EXPECT_EQ(Url(pattern.with("KG02")), pattern.url("KG02"));
  EXPECT_EQ(UrlPattern("/", "").url("//evil.example").text(), "/%2F%2Fevil.example");
}

TEST(UrlPattern, ThatLeavesTheSiteIsAMistakeInTheProgram) {
  for (auto const& [before, behind] : {std::pair("", ""), std::pair("a", ""), std::pair("//", ""), std::pair("/", "/evil.example"),
                                       std::pair("https://a.kg/", ""), std::pair("/a b", ""), std::pair("/", " b"), std::pair("/ү", "")})
    EXPECT_THROW(UrlPattern(before, behind), std::logic_error) << before << "{}" << behind;
}

}  // namespace birge
