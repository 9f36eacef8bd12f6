#include "features/report/report_paper.hpp"

#include <gtest/gtest.h>

namespace birge::report {
namespace {

TEST(ReportOnPaper, ADateHoldsTogetherWithoutAnInvisibleCharacter) {
  EXPECT_EQ(for_paper("<p>31-\u2060июль – 20-\u2060ноябрь 2017-\u2060ж.</p>"),
            "<p><span class=\"keep\">31-июль</span> – <span class=\"keep\">20-ноябрь</span> <span class=\"keep\">2017-ж.</span></p>");
  EXPECT_EQ(for_paper("<p>«5-\u2060май»\u00A0<b>19</b>-\u2060июнь</p>"),
            "<p><span class=\"keep\">«5-май»</span>\u00A0<b>19</b><span class=\"keep\">-июнь</span></p>");
}

TEST(ReportOnPaper, WhereNoElementMayStandTheCharacterIsLeftOut) {
  EXPECT_EQ(for_paper("<title>5-\u2060май</title><svg aria-label=\"5-\u2060май\"><text>5-\u2060май</text></svg><a title=\"5-\u2060май\">b</a>"),
            "<title>5-май</title><svg aria-label=\"5-май\"><text>5-май</text></svg><a title=\"5-май\">b</a>");
}

TEST(ReportOnPaper, MarkupWithoutDatesAndTablesStaysAsItIs) {
  for (auto const* markup : {"", "<p>a b\u00A0c</p>", "a < b", "<p", "<style>a > b</style>", "<svg>", "<tbody><tr>"})
    EXPECT_EQ(for_paper(markup), markup);
}

TEST(ReportOnPaper, AShortTableStaysWholeAndALongOneBeginsAndEndsWithThreeRows) {
  auto const rows = [](int from, int until) {
    std::string text;
    for (int i = from; i <= until; ++i) text += "<tr class=\"x\"><td>" + std::to_string(i) + "</td></tr>";
    return text;
  };
  EXPECT_EQ(for_paper("<table><tbody>" + rows(1, 7) + "</tbody></table>"), "<table><tbody class=\"whole\">" + rows(1, 7) + "</tbody></table>");
  EXPECT_EQ(for_paper("<tbody>" + rows(1, 8) + "</tbody><tfoot></tfoot>"), "<tbody class=\"whole\">" + rows(1, 3) + "</tbody><tbody>" + rows(4, 5) +
                                                                               "</tbody><tbody class=\"whole\">" + rows(6, 8) +
                                                                               "</tbody><tfoot></tfoot>");
}

TEST(ReportOnPaper, TheSumOfARegionStandsAboveTheFirstOfItsDistricts) {
  std::string const row = "<tr><td>1</td></tr>", sum = "<tr class=\"sum\"><td>2</td></tr>";
  EXPECT_EQ(for_paper("<tbody>" + row + row + row + row + sum + row + row + row + row + row + row + "</tbody>"),
            "<tbody class=\"whole\">" + row + row + row + "</tbody><tbody>" + row + "</tbody><tbody class=\"whole\">" + sum + row + row +
                "</tbody><tbody>" + row + "</tbody><tbody class=\"whole\">" + row + row + row + "</tbody>");
}

}  // namespace
}  // namespace birge::report
