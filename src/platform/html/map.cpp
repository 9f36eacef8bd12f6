#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <optional>

#include "platform/html/chart.hpp"
#include "platform/html/chart_parts.hpp"

namespace birge::chart {

using namespace detail;

std::vector<Class> classes(std::vector<double> values, std::size_t count) {
  std::erase_if(values, [](double value) { return !std::isfinite(value) || value <= 0; });
  std::sort(values.begin(), values.end());
  std::vector<Class> result;
  if (values.empty() || count == 0) return result;
  auto from = values.begin();
  for (std::size_t i = 1; i <= count && from != values.end(); ++i) {
    auto const size = values.size();
    auto const cut = values.begin() + static_cast<std::ptrdiff_t>((size * i + count - 1) / count);
    // A run of equal values stays in the class where it begins; the next class starts after it.
    auto const until = i == count ? values.end() : std::upper_bound(from, values.end(), *std::prev(cut));
    if (until <= from) continue;
    result.push_back({*from, *std::prev(until)});
    from = until;
  }
  return result;
}

double width_of(std::string_view outline) {
  bool first = true, relative = false, is_x = true, moves = false;
  double x = 0, start = 0, left = 0, right = 0;
  for (std::size_t i = 0; i < outline.size();) {
    double number = 0;
    auto const [end, error] = std::from_chars(outline.data() + i, outline.data() + outline.size(), number);
    if (error != std::errc{}) {
      char const c = outline[i++];
      if (c == 'M' || c == 'L' || c == 'm' || c == 'l') {
        relative = c == 'm' || c == 'l';
        moves = c == 'M' || c == 'm';
        is_x = true;
      }
      if (c == 'z' || c == 'Z') x = start;
      continue;
    }
    i = static_cast<std::size_t>(end - outline.data());
    if (is_x) {
      x = relative ? x + number : number;
      if (moves) start = x;
      moves = false;
      left = first ? x : std::min(left, x);
      right = first ? x : std::max(right, x);
      first = false;
    }
    is_x = !is_x;
  }
  return right - left;
}

namespace {

/// All maps are drawn in this width, so that the stylesheet knows how large a letter is.
constexpr double map_width = 1000;
/// Letters on a telephone, where the drawing is a third as large.
constexpr double phone_letters = 34;
/// Below this size letters are not drawn larger on a telephone, but left out.
constexpr double small_letters = 20;

std::optional<std::size_t> class_of(std::vector<Class> const& found, Mark const& mark) {
  if (mark.missing || mark.value <= 0) return std::nullopt;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (mark.value <= found[i].high) return i;
  return std::nullopt;
}

struct Palette {
  std::vector<Class> classes;
  std::string id;
  bool hatched = false, dotted = false;
  bool dots = false;    ///< a zero that is not missing has a pattern of its own
  bool ranges = false;  ///< some mark has two ends

  std::optional<Paint> paint(Mark const& mark) const {
    auto const index = class_of(classes, mark);
    return index ? std::optional(ramp(*index, classes.size())) : std::nullopt;
  }
  bool dots_for(Mark const& mark) const { return dots && !mark.missing && mark.value <= 0; }
  /// The pattern of what has no class.
  std::string pattern(Mark const& mark) const { return id + (dots_for(mark) ? "z" : "h"); }
};

/// Whether the outlines stand in a file of their own, which only browsers fetch.
bool in_browser(Map const& map) { return !map.file.text().empty(); }

/// A part of the map's file.
Url part_of(Map const& map, std::string const& part) { return own_path(std::string(map.file.text()) + "#" + part); }

void draw_area(Html& out, Map const& map, Area const& area, Mark const& mark, Palette const& palette) {
  auto const paint = palette.paint(mark);
  open_mark(out, mark);
  if (!paint) out.add(R"(<path class="mark hatch" d="{}" fill='url(#{})' stroke="{}"/>)", area.outline, palette.pattern(mark), hatch_line);
  else if (!in_browser(map)) out.add(R"(<path class="mark {}" d="{}" fill="{}"/>)", paint->name, area.outline, paint->fill);
  else out.add(R"(<use class="mark {}" href="{}#p{}" fill="{}"/>)", paint->name, map.file, area.part, paint->fill);
  close_mark(out, mark);
}

/// Lakes, and the heavier lines between regions.
Html draw_ground(Map const& map, std::string const& line) {
  bool const beside = in_browser(map);
  Html out;
  if (!map.water.empty()) {
    if (beside) out.add(R"(<use class="water" href="{}" fill="#cfe3ea"/>)", part_of(map, "water"));
    else out.add(R"(<path class="water" d="{}" fill="#cfe3ea"/>)", map.water);
  }
  if (!map.borders.empty()) {
    auto const drawn = beside ? html(R"(<use href="{}"/>)", part_of(map, "borders")) : html(R"(<path d="{}"/>)", map.borders);
    out.add(R"(<g class="border" fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round" pointer-events="none">{}</g>)", ink, line, drawn);
  }
  return out;
}

void draw_point(Html& out, Point const& point, Mark const& mark, Palette const& palette, double scale, std::string const& line) {
  auto const paint = palette.paint(mark);
  auto const x = coordinate(point.x, 4), y = coordinate(point.y, 4), radius = coordinate(13 / scale, 4);
  open_mark(out, mark);
  if (paint)
    out.add(R"(<circle class="mark border {}" cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="{}"/>)", paint->name, x, y, radius,
            paint->fill, ink, line);
  else
    out.add(R"(<circle class="mark border" cx="{}" cy="{}" r="{}" fill='url(#{})' stroke="{}" stroke-width="{}"/>)", x, y, radius,
            palette.pattern(mark), ink, line);
  close_mark(out, mark);
}

struct Letters {
  std::string_view kind;  ///< the class that the stylesheet knows them by
  double x, y, size;
  bool bold = false;
};

/// Words on a map: a rim in the colour of their area, or of the paper, keeps them readable where they reach beyond it. Light words on a dark
/// area need a wider one: beyond the area nothing else is dark around them.
void draw_letters(Html& out, Map const& map, Letters const& letters, std::string_view words, Paint const& paint) {
  auto const half = text_width(words, letters.size) / 2;
  auto const x = coordinate(half * 2 < map_width ? std::clamp(letters.x, half, map_width - half) : map_width / 2);
  auto const y = coordinate(letters.y), size = coordinate(letters.size);
  auto const weight = BIRGE_WHEN(letters.bold, "font-weight=\"700\"");
  auto const rim = coordinate(letters.size / (paint.text_name == "full" ? 3 : 5));
  // A browser paints the rim below the letters. What makes the PDF cannot, and a map with its outlines in a file is never in one.
  if (in_browser(map)) {
    out.add(R"(<text x="{}" y="{}" font-size="{}" {} class="{} rim {} {}" fill="{}" stroke="{}" stroke-width="{}" paint-order="stroke">{}</text>)", x,
            y, size, weight, paint.name, paint.text_name, letters.kind, paint.text_fill, paint.fill, rim, words);
    return;
  }
  auto const written = html("{}", words);
  out.add(R"(<g transform='translate({} {})' font-size="{}" {}><text class="{} rim {}" fill="{}" stroke="{}" stroke-width="{}">{}</text>)", x, y,
          size, weight, paint.name, letters.kind, paint.fill, paint.fill, rim, written);
  out.add(R"(<text class="{} {}" fill="{}">{}</text></g>)", paint.text_name, letters.kind, paint.text_fill, written);
}

double room_of(Area const& area, double scale) { return (area.room > 0 ? area.room : width_of(area.outline)) * scale * 0.95; }

/// Whether the name of an area finds room on it.
bool named(Area const& area, Mark const& mark, double scale, double letters) {
  return (area.label_x != 0 || area.label_y != 0) && text_width(mark.label, letters) <= room_of(area, scale);
}

/// Name and number of an area, where there is room for them: on both widths, on wide drawings only, or the number alone.
void draw_label(Html& out, Map const& map, Area const& area, Mark const& mark, Palette const& palette, double scale) {
  if (area.label_x == 0 && area.label_y == 0) return;
  auto const letters = map.letters;
  auto const room = room_of(area, scale);
  auto const paint = palette.paint(mark).value_or(Paint{"none", paper});
  bool const small = letters < small_letters;
  bool const wide = text_width(mark.label, letters) <= room, narrow = !small && text_width(mark.label, phone_letters) <= room;
  auto const x = area.label_x * scale, y = area.label_y * scale;
  if (wide) draw_letters(out, map, {small ? "small" : narrow ? "name" : "name roomy", x, y, letters}, mark.label, paint);
  if (!mark.shown.empty() && text_width(mark.shown, small ? letters : phone_letters) <= room)
    draw_letters(out, map,
                 {small ? "small" : "value", x, wide ? y + (small ? letters * 1.2 : phone_letters) : y, small ? letters : letters + 2, true},
                 mark.shown, paint);
}

Html legend_of(Palette const& palette, Legend const& legend, Number const& number) {
  Html items;
  if (!legend.unit.empty()) items.add(R"(<li class="unit">{}</li>)", legend.unit);
  for (std::size_t i = 0; i < palette.classes.size(); ++i) {
    auto const low = number(palette.classes[i].low), high = number(palette.classes[i].high);
    items.add("<li>{} {}</li>", swatch(ramp(i, palette.classes.size())), low == high ? low : low + "–" + high);
  }
  if (palette.hatched && !legend.none.empty()) items.add("<li>{} {}</li>", hatched_swatch(), legend.none);
  if (palette.dotted) items.add("<li>{} {}</li>", dotted_swatch(), legend.zero);
  if (palette.ranges && !palette.classes.empty() && !legend.lower.empty()) items.add(R"(<li class="unit">{}</li>)", legend.lower);
  return html(R"(<ul class="legend">{}</ul>)", items);
}

/// What is too small on the drawing to bear its name (a city) would be an unnamed speck.
Html small_areas(Map const& map, std::vector<Mark> const& marks, Palette const& palette, double scale) {
  Html items;
  for (std::size_t i = 0; i < map.areas.size(); ++i) {
    auto const& mark = marks[i];
    if (named(map.areas[i], mark, scale, map.letters)) continue;
    auto const paint = palette.paint(mark);
    auto const box = paint ? swatch(*paint) : palette.dots_for(mark) ? dotted_swatch() : hatched_swatch();
    items.add("<li>{} {}</li>", box, mark.link.text().empty() ? html("{}", spoken(mark)) : html(R"(<a href="{}">{}</a>)", mark.link, spoken(mark)));
  }
  return items.empty() ? Html{} : html(R"(<ul class="legend">{}</ul>)", items);
}

/// The marks of the areas, then those of the points.
std::vector<Mark> marks_of(Map const& map) {
  std::vector<Mark> marks;
  for (auto const& area : map.areas) marks.push_back(tidy(area.mark));
  for (auto const& point : map.points) marks.push_back(tidy(point.mark));
  return marks;
}

Palette palette_of(Text const& text, std::vector<Mark> const& marks, bool dots) {
  Palette palette;
  palette.id = drawing_id("map", text, marks);
  std::vector<double> values;
  for (auto const& mark : marks)
    if (!mark.missing) values.push_back(mark.value);
  palette.classes = classes(std::move(values));
  palette.dots = dots;
  palette.dotted = std::any_of(marks.begin(), marks.end(), [&](Mark const& mark) { return palette.dots_for(mark); });
  palette.hatched =
      std::any_of(marks.begin(), marks.end(), [&](Mark const& mark) { return (mark.missing || mark.value <= 0) && !palette.dots_for(mark); });
  palette.ranges = std::any_of(marks.begin(), marks.end(), [](Mark const& mark) { return !mark.missing && mark.high > mark.value; });
  return palette;
}

}  // namespace

Html choropleth(Text const& text, Map const& map, Legend const& legend, Number const& number) {
  auto const marks = marks_of(map);
  if (marks.empty() || !(map.width > 0) || !(map.height > 0) || !std::isfinite(map.width) || !std::isfinite(map.height)) return empty_figure(text);
  auto const palette = palette_of(text, marks, !legend.zero.empty());
  auto const scale = map_width / map.width;
  auto const line = coordinate(1.5 / scale, 4);

  Html drawing;
  if (palette.hatched) drawing += hatch_pattern(palette.id, 15 / scale);
  if (palette.dotted) drawing += dot_pattern(palette.id, 15 / scale);
  drawing.reserve(drawing.text().size() + map.areas.size() * 1280);
  drawing.add(R"(<g transform='scale({})'><g class="gap" stroke="{}" stroke-width="{}" stroke-linejoin="round">)", coordinate(scale, 6), paper, line);
  for (std::size_t i = 0; i < map.areas.size(); ++i) draw_area(drawing, map, map.areas[i], marks[i], palette);
  drawing.add("</g>{}", draw_ground(map, line));
  for (std::size_t i = 0; i < map.points.size(); ++i) draw_point(drawing, map.points[i], marks[map.areas.size() + i], palette, scale, line);
  drawing.add(R"(</g><g text-anchor="middle" stroke-linejoin="round" pointer-events="none" aria-hidden="true">)");
  for (std::size_t i = 0; i < map.areas.size(); ++i)
    if (!map.names_all || named(map.areas[i], marks[i], scale, map.letters)) draw_label(drawing, map, map.areas[i], marks[i], palette, scale);
  drawing.add("</g>");
  bool const links = std::any_of(marks.begin(), marks.end(), [](Mark const& mark) { return !mark.link.text().empty(); });
  Frame const frame{.id = palette.id, .height = {}, .view_box = "0 0 1000 " + coordinate(map.height * scale), .links = links};
  auto below = map.names_all ? small_areas(map, marks, palette, scale) : Html();
  below += legend_of(palette, legend, number);
  return figure(text, frame, drawing, below, map.attribution);
}

}  // namespace birge::chart
