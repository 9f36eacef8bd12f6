#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/html/html.hpp"

/// Drawings as SVG with presentation attributes, so that they look the same on a page, on paper and in a PDF; the stylesheet only adds
/// the dark colours. Each comes as a <figure class="chart"> with its title, legend and source, has a title and a description for those
/// who cannot see it, and every mark can be a link to what is behind it. Bars, columns and pyramids are laid out in percentages, so that
/// their text keeps its size from a telephone of 360 px to a projector.
namespace birge::chart {

/// One number of a chart: `label` as shown, `value` and, for a range, `high` (not less than value); `shown` is the number in words of the
/// language. A value that is negative or not a finite number counts as missing.
struct Mark {
  std::string label;
  double value = 0;
  double high = 0;
  std::string shown;
  Url link;              ///< empty path: no link
  bool missing = false;  ///< drawn hatched: no data or never reached
  std::string group;     ///< for stacked bars: which part this is
};

struct Text {
  std::string title;        ///< the finding or the question
  std::string description;  ///< the text alternative; shown in place of the drawing when there are no marks
  std::string source;       ///< source and date, printed under the drawing
};

/// Horizontal bars with the label above and the number at the end of each, zero baseline. Neighbouring marks of the same label and
/// different groups are the parts of one stacked bar; its numbers are printed one by one ("120 + 45") and a legend names the groups.
Html bars(Text const& text, std::vector<Mark> marks);

/// Where what has happened ends in a row of bars, and the word that stands there ("today").
struct Today {
  std::size_t bar = 0;  ///< the one that today falls into, or the first that lies ahead; all behind it are ahead
  std::string label;
  double over = 0;  ///< what of that bar's value has happened already
  double into = 0;  ///< how far into that bar today stands, 0 to 1
};

/// Vertical bars over time (weeks), with the label of every nth bar, as many as fit a telephone. What lies ahead of
/// `today` is drawn hollow.
Html columns(Text const& text, std::vector<Mark> marks, std::optional<Today> const& today = {});

/// Two-sided bars by age band: the left side and the right side share the bands' order; the bands are named by the left marks.
Html pyramid(Text const& text, std::string const& left_label, std::string const& right_label, std::vector<Mark> left, std::vector<Mark> right);

/// One area of a map: its outline as SVG path data in the map's own coordinates. Outlines are long and stay where they are kept: whoever draws
/// a map keeps them until it is drawn.
struct Area {
  std::string_view outline;
  Mark mark;
  double label_x = 0, label_y = 0;  ///< where its name and number stand; both 0: they are not drawn
  double room = 0;                  ///< width_of(outline), where it is known already
  int part = 0;                     ///< its number in the map's file
};

/// How far an outline reaches from west to east. Understands the M, L and Z commands that our boundaries are written in, absolute or relative;
/// enough to tell whether a name fits.
double width_of(std::string_view outline);

/// A place without an outline (a city): a circle at a point.
struct Point {
  double x = 0, y = 0;
  Mark mark;
};

struct Map {
  double width = 0, height = 0;  ///< of the coordinates
  std::vector<Area> areas;
  std::vector<Point> points;
  std::string_view water;    ///< outlines of lakes
  std::string_view borders;  ///< heavier lines between regions
  std::string attribution;   ///< as the licence asks
  double letters = 24;       ///< size of the names and numbers on a drawing 1,000 wide; small ones are for paper and wide screens only
  bool names_all = false;    ///< areas too small for their name stand with it and their number in a list under the drawing
  Url file;                  ///< where the outlines stand as well, under p0, p1, ..., water and borders; empty: only here
};

struct Legend {
  std::string unit;        ///< what is counted
  std::string none;        ///< what hatching means
  std::string zero = {};   ///< what dots mean: a zero that is not missing; empty: it is hatched as well
  std::string lower = {};  ///< said where marks are ranges: the class of a mark is that of its lower end
};

/// Writes a number of the legend in the language of the page.
using Number = std::function<std::string(double)>;

/// A choropleth: classes of a single blue by quantiles of the values (see `classes`), missing hatched, zero hatched or dotted, the breaks
/// printed in the legend.
Html choropleth(Text const& text, Map const& map, Legend const& legend, Number const& number);

/// The lowest and the highest value of one class of a choropleth.
struct Class {
  double low = 0, high = 0;
};

/// Divides the values above zero into at most `count` classes of about the same size, in rising order. Equal values are never split, so
/// there may be fewer classes than asked for, and none where no value is above zero.
std::vector<Class> classes(std::vector<double> values, std::size_t count = 5);

}  // namespace birge::chart
