#include "platform/html/markdown.hpp"

#include <gtest/gtest.h>

namespace birge {

namespace {
std::string shown(std::string_view text, int top_heading = 2) { return markdown(text, top_heading).release(); }
bool holds(std::string const& text, std::string_view part) { return text.find(part) != std::string::npos; }
}  // namespace

TEST(Markdown, AScriptAddressBecomesPlainText) {
  for (std::string_view const link :
       {"[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](javascript&colon;alert(1))", "[x](javascript&#58;alert(1))",
        "[x](&#106;avascript:alert(1))", "[x](<java\tscript:alert(1)>)", "[x](data:text/html,x)", "[x](vbscript:x)", "[x](//evil.example)",
        "[x](\\\\evil.example)", "<javascript:alert(1)>", "[x][1]\n\n[1]: javascript:alert(1)", "![x](javascript:alert(1))"}) {
    EXPECT_FALSE(holds(shown(link), "<a")) << link << " gave " << shown(link);
    EXPECT_FALSE(holds(shown(link), "<img")) << link;
  }
}

TEST(Markdown, RawHtmlIsShownAsText) {
  EXPECT_EQ(shown("<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
  EXPECT_EQ(shown("a <b onclick=\"x\">b</b>"), "<p>a &lt;b onclick=&quot;x&quot;&gt;b&lt;/b&gt;</p>\n");
  EXPECT_EQ(shown("<!-- hidden -->"), "<p>&lt;!-- hidden --&gt;</p>\n");
}

TEST(Markdown, AReferenceCannotBecomeMarkup) {
  EXPECT_EQ(shown("&#60;script&#62;"), "<p>&lt;script&gt;</p>\n");
  EXPECT_EQ(shown("&lt;script&gt; &mdash; &laquo;а&raquo;"), "<p>&lt;script&gt; &mdash; &laquo;а&raquo;</p>\n");
  EXPECT_EQ(shown("&#0;&#x110000;"), "<p>\xef\xbf\xbd\xef\xbf\xbd</p>\n");
}

TEST(Markdown, AnAddressCannotLeaveItsAttribute) {
  EXPECT_EQ(shown("[x](/a\"onclick=\"b)"), "<p><a href=\"/a&quot;onclick=&quot;b\">x</a></p>\n");
  EXPECT_EQ(shown("[x](/a 'title\" onclick=\"b')"), "<p><a href=\"/a\">x</a></p>\n");
}

TEST(Markdown, ImagesBecomeLinks) {
  EXPECT_EQ(shown("![Форум театр](https://example.kg/a.png)"), "<p><a href=\"https://example.kg/a.png\">Форум театр</a></p>\n");
  EXPECT_EQ(shown("![](/a.png)"), "<p><a href=\"/a.png\">/a.png</a></p>\n");
}

TEST(Markdown, AnImageInALinkIsOneLink) {
  EXPECT_EQ(shown("[![сүрөт](/a.png)](/b)"), "<p><a href=\"/b\">сүрөт</a></p>\n");
  EXPECT_EQ(shown("![a [b](/c)](/d)"), "<p><a href=\"/d\">a b</a></p>\n");
  EXPECT_EQ(shown("[![a](/a.png)](javascript:x)"), "<p>a</p>\n");
}

TEST(Markdown, HeadingsBeginWhereThePageSays) {
  EXPECT_EQ(shown("# Бир\n## Эки", 3), "<h3>Бир</h3>\n<h4>Эки</h4>\n");
  EXPECT_EQ(shown("###### Алты", 3), "<h6>Алты</h6>\n");
}

TEST(Markdown, ListsNest) {
  EXPECT_EQ(shown("- a\n  - b\n  - c\n- d"), "<ul>\n<li>a<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n</li>\n<li>d</li>\n</ul>\n");
  EXPECT_EQ(shown("3. c\n4. d"), "<ol start=\"3\">\n<li>c</li>\n<li>d</li>\n</ol>\n");
}

TEST(Markdown, TablesKeepTheSideOfTheirNumbers) {
  EXPECT_EQ(shown("| a | b |\n|---|--:|\n| 1 | 2 |"),
            "<table>\n<thead>\n<tr><th>a</th><th class=\"right\">b</th></tr>\n</thead>\n<tbody>\n"
            "<tr><td>1</td><td class=\"right\">2</td></tr>\n</tbody>\n</table>\n");
}

TEST(Markdown, PlainThingsWork) {
  EXPECT_EQ(shown("**Бирге** *иш* `код` ~~эски~~"), "<p><strong>Бирге</strong> <em>иш</em> <code>код</code> <del>эски</del></p>\n");
  EXPECT_EQ(shown("> цитата"), "<blockquote>\n<p>цитата</p>\n</blockquote>\n");
  EXPECT_EQ(shown("a  \nb"), "<p>a<br>\nb</p>\n");
  EXPECT_EQ(shown("```\n<a>\n```"), "<pre><code>&lt;a&gt;\n</code></pre>\n");
  EXPECT_EQ(shown("---"), "<hr>\n");
  EXPECT_EQ(shown("https://iom.kg/?a=1&b=2 и help@iom.kg"),
            "<p><a href=\"https://iom.kg/?a=1&amp;b=2\">https://iom.kg/?a=1&amp;b=2</a> и <a href=\"mailto:help@iom.kg\">help@iom.kg</a></p>\n");
  EXPECT_EQ(shown("[1899](tel:1899)"), "<p><a href=\"tel:1899\">1899</a></p>\n");
  EXPECT_EQ(shown(""), "");
}

TEST(Markdown, DeepNestingIsAnsweredQuickly) {
  std::string deep(20'000, '>');
  deep += " a";
  std::string const brackets(50'000, '[');
  EXPECT_TRUE(holds(shown(deep), "a"));
  EXPECT_TRUE(holds(shown(brackets), "[[["));
}

}  // namespace birge
