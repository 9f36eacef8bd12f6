#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/html/html.hpp"

/// Drawings as SVG with presentation attributes, so that they look the same on a page, on paper and in a PDF. All colours come from the
/// palette below, every drawing has a title and a description for those who cannot see it, and every mark can be a link to what is behind it.
namespace birge::chart {

/// One number of a chart: `label` as shown, `value` and, for a range, `high` (not less than value); `shown` is the number in words of the language.
struct Mark {
  std::string label;
  double value = 0;
  double high = 0;
  std::string shown;
  Url link;          ///< empty path: no link
  bool missing = false;  ///< drawn hatched: no data or never reached
  std::string group;     ///< for stacked bars: which part this is
};

struct Text {
  std::string title;        ///< the finding or the question
  std::string description;  ///< the text alternative
  std::string source;       ///< source and date, printed under the drawing
};

/// Horizontal bars with labels at their left and numbers at their right, zero baseline.
Html bars(Text const& text, std::vector<Mark> const& marks);

/// Vertical bars over time (weeks), with the label of every nth bar. `today` marks a bar from which on nothing has happened yet.
Html columns(Text const& text, std::vector<Mark> const& marks, std::optional<std::size_t> today = {});

/// Two-sided bars by age band: the left side and the right side share the bands' order.
Html pyramid(Text const& text, std::string const& left_label, std::string const& right_label, std::vector<Mark> const& left,
             std::vector<Mark> const& right);

/// One area of a map: its outline as SVG path data in the map's own coordinates.
struct Area {
  std::string outline;
  Mark mark;
  double label_x = 0, label_y = 0;  ///< where its name stands; both 0: no name is drawn
};

/// A place without an outline (a city): a circle at a point.
struct Point {
  double x = 0, y = 0;
  Mark mark;
};

struct Map {
  double width = 0, height = 0;  ///< of the coordinates
  std::vector<Area> areas;
  std::vector<Point> points;
  std::string water;             ///< outlines of lakes
  std::string borders;           ///< heavier lines between regions
  std::string attribution;       ///< as the licence asks
};

/// A choropleth: classes of a single blue by quantiles of the values (5 classes at most; equal values never split), zero and missing
/// hatched, the breaks printed in the legend. `legend_unit` names what is counted.
struct Legend {
  std::string unit;
  std::string none;     ///< what hatching means
};
Html choropleth(Text const& text, Map const& map, Legend const& legend, std::string (*number)(double, void const*), void const* context);

}  // namespace birge::chart
