#include "platform/html/chart.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "platform/html/chart_parts.hpp"

namespace birge::chart {

using namespace detail;

namespace {

/// The narrowest drawing we promise: a telephone of 360 px less the page's margins.
constexpr double phone = 328;

bool any_link(std::vector<Mark> const& marks) {
  return std::any_of(marks.begin(), marks.end(), [](Mark const& mark) { return !mark.link.text().empty(); });
}

bool any_missing(std::vector<Mark> const& marks) {
  return std::any_of(marks.begin(), marks.end(), [](Mark const& mark) { return mark.missing; });
}

/// The groups in order of appearance; one at most means bars that are not stacked.
std::vector<std::string> groups_of(std::vector<Mark> const& marks) {
  std::vector<std::string> groups;
  for (auto const& mark : marks)
    if (!mark.group.empty() && std::find(groups.begin(), groups.end(), mark.group) == groups.end()) groups.push_back(mark.group);
  return groups;
}

/// Neighbouring marks of one label and different groups: one bar.
std::vector<std::span<Mark const>> rows_of(std::vector<Mark> const& marks) {
  std::vector<std::span<Mark const>> rows;
  for (std::size_t first = 0; first < marks.size();) {
    std::size_t end = first + 1;
    while (end < marks.size() && !marks[first].group.empty() && marks[end].label == marks[first].label && marks[end].group != marks[first].group)
      ++end;
    rows.push_back(std::span(marks).subspan(first, end - first));
    first = end;
  }
  return rows;
}

Html legend_of(std::vector<std::string> const& groups) {
  if (groups.empty()) return {};
  Html items;
  for (std::size_t i = 0; i < groups.size(); ++i) items.add("<li>{} {}</li>", swatch(category(i)), groups[i]);
  return html(R"(<ul class="legend">{}</ul>)", items);
}

struct Rows {
  double pitch, bar;  ///< height of a row and of its bar
  double room;        ///< of the width in percent, for the longest bar; the rest is kept for the number at its end
};

/// Where a bar ends: what is missing is drawn as long as the longest one.
double end_of(std::span<Mark const> row, double most) {
  double end = 0;
  for (auto const& mark : row) end += mark.missing ? (most > 0 ? most : 1) : mark.high;
  return end;
}

std::string numbers_of(std::span<Mark const> row) {
  std::string numbers;
  for (auto const& mark : row)
    if (!mark.shown.empty()) numbers += (numbers.empty() ? "" : " + ") + mark.shown;
  return numbers;
}

constexpr double gap_to_number = 6;

/// Seven tenths of the width, or so much less that the numbers of every row have their place on a telephone.
double room_of(std::vector<std::span<Mark const>> const& rows, double most) {
  constexpr double widest = 70, narrowest = 25;
  double room = widest;
  for (auto const& row : rows) {
    auto const left = phone - gap_to_number - text_width(numbers_of(row), 14) * bold;
    if (auto const end = end_of(row, most); most > 0 && end > 0) room = std::min(room, left / phone * 100 * most / end);
  }
  return std::max(room, narrowest);
}

void draw_parts(Html& out, std::span<Mark const> row, std::vector<std::string> const& groups, std::string const& id, double most, double y,
                Rows const& rows) {
  auto const bar = coordinate(rows.bar);
  double from = 0;
  for (auto const& mark : row) {
    auto const group = std::find(groups.begin(), groups.end(), mark.group);
    Paint const paint = group == groups.end() ? Paint{"bar", accent} : category(static_cast<std::size_t>(group - groups.begin()));
    // The parts of a stacked bar are links of their own; a single bar is one link with its label.
    if (row.size() > 1) open_mark(out, mark);
    if (mark.missing)
      out.add(R"(<rect class="hatch mark" y="{}" width="{}" height="{}" fill='url(#{}h)' stroke="{}"/>)", coordinate(y), share(1, 1, rows.room), bar,
              id, hatch_line);
    else
      out.add(R"(<rect class="{} mark" x="{}" y="{}" width="{}" height="{}" fill="{}"/>)", paint.name, share(from, most, rows.room), coordinate(y),
              share(mark.value, most, rows.room), bar, paint.fill);
    if (mark.high > mark.value)
      out.add(R"(<rect class="more" x="{}" y="{}" width="{}" height="{}" fill="{}"/>)", share(from + mark.value, most, rows.room), coordinate(y),
              share(mark.high - mark.value, most, rows.room), bar, light);
    if (row.size() > 1) close_mark(out, mark);
    from += mark.missing ? (most > 0 ? most : 1) : mark.high;
  }
}

/// A label in one line, or in two where a telephone has no room for one; what does not fit them is shortened.
std::pair<std::string, std::string> label_lines(std::string_view label) {
  if (text_width(label, 14) <= phone) return {std::string(label), {}};
  auto cut = std::string_view::npos;
  for (auto at = label.find(' '); at != std::string_view::npos && text_width(label.substr(0, at), 14) <= phone; at = label.find(' ', at + 1))
    cut = at;
  if (cut == std::string_view::npos) return {fitted(label, 14, phone), {}};
  return {std::string(label.substr(0, cut)), fitted(label.substr(cut + 1), 14, phone)};
}

constexpr double line_height = 18;

/// Draws one bar under its label; tells how high they are.
double draw_row(Html& out, std::span<Mark const> row, std::vector<std::string> const& groups, std::string const& id, double most, double top,
                Rows const& rows) {
  auto const [label, more] = label_lines(row[0].label);
  auto const pitch = rows.pitch + (more.empty() ? 0 : line_height);
  auto const y = top + pitch - rows.bar - 8;
  if (row.size() == 1) open_mark(out, row[0]);
  out.add(R"(<rect y="{}" width="100%" height="{}" fill="none" pointer-events="all"/>)", coordinate(top), coordinate(pitch));
  if (!more.empty()) out.add(R"(<text y="{}">{}</text>)", coordinate(y - 7 - line_height), label);
  out.add(R"(<text y="{}">{}</text>)", coordinate(y - 7), more.empty() ? label : more);
  draw_parts(out, row, groups, id, most, y, rows);
  auto const end = most > 0 ? share(end_of(row, most), most, rows.room) : row[0].missing ? share(1, 1, rows.room) : share(0, 1, 1);
  out.add(R"(<text x="{}" dx="{}" y="{}" font-weight="600">{}</text>)", end, coordinate(gap_to_number), coordinate(y + rows.bar / 2 + 5),
          numbers_of(row));
  if (row.size() == 1) close_mark(out, row[0]);
  return pitch;
}

double longest_bar(std::vector<std::span<Mark const>> const& rows) {
  double most = 0;
  for (auto const& row : rows) {
    double end = 0;
    for (auto const& mark : row) end += mark.high;
    most = std::max(most, end);
  }
  return most;
}

}  // namespace

Html bars(Text const& text, std::vector<Mark> given) {
  if (given.empty()) return empty_figure(text);
  auto const marks = tidy(std::move(given));
  auto const rows = rows_of(marks);
  auto const groups = groups_of(marks);
  auto const most = longest_bar(rows);
  // Rows are as high as a fingertip; a long list is drawn closer so that it fits on one sheet.
  auto const room = room_of(rows, most);
  Rows const size = rows.size() <= 16 ? Rows{44, 12, room} : Rows{38, 10, room};
  auto const id = drawing_id("bars", text, marks);

  Html drawing;
  drawing.reserve(rows.size() * 512);
  if (any_missing(marks)) drawing += hatch_pattern(id);
  double top = 0;
  for (auto const& row : rows) top += draw_row(drawing, row, groups, id, most, top, size);
  drawing.add(R"(<path d="M0 0V{}" stroke="currentColor" stroke-width="1" stroke-opacity="0.4"/>)", coordinate(top));
  return figure(text, {.id = id, .height = coordinate(top), .view_box = {}, .links = any_link(marks)}, drawing, legend_of(groups));
}

namespace {

constexpr double columns_height = 200, columns_top = 24, columns_bottom = 24;
constexpr double column_room = columns_height - columns_top - columns_bottom, column_base = columns_height - columns_bottom;

double height_of(double value, double most) { return most > 0 ? value / most * column_room : 0; }

/// `over`: what of the value has happened; the rest is drawn hollow on top of it.
void draw_column(Html& out, Mark const& mark, double x, double width, double most, double over, std::string const& id) {
  auto const top = height_of(mark.value, most), more = height_of(mark.high - mark.value, most);
  auto const left = coordinate(x + width * 0.12) + "%", wide = coordinate(width * 0.76) + "%";
  out.add(R"(<rect x="{}%" y="0" width="{}%" height="{}" fill="none" pointer-events="all"/>)", coordinate(x), coordinate(width),
          coordinate(columns_height));
  if (mark.missing)
    out.add(R"(<rect class="hatch mark" x="{}" y="{}" width="{}" height="{}" fill='url(#{}h)' stroke="{}"/>)", left, coordinate(column_base - 14),
            wide, "14", id, hatch_line);
  else {
    auto const solid = height_of(std::min(over, mark.value), most);
    if (solid > 0 || over >= mark.value)
      out.add(R"(<rect class="bar mark" x="{}" y="{}" width="{}" height="{}" fill="{}"/>)", left, coordinate(column_base - solid), wide,
              coordinate(solid), accent);
    if (over < mark.value)
      out.add(R"(<rect class="ahead-bar mark" x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-dasharray="3 2"/>)", left,
              coordinate(column_base - top), wide, coordinate(top - solid), tint, accent);
  }
  if (more > 0)
    out.add(R"(<rect class="more" x="{}" y="{}" width="{}" height="{}" fill="{}"/>)", left, coordinate(column_base - top - more), wide,
            coordinate(more), light);
}

/// Every nth label, so that the longest has room on a telephone.
std::size_t label_step(std::vector<Mark> const& marks) {
  double widest = 0;
  for (auto const& mark : marks) widest = std::max(widest, text_width(mark.label, 12));
  auto const slot = phone / static_cast<double>(marks.size());
  return std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil((widest + 8) / slot)));
}

bool numbers_fit(std::vector<Mark> const& marks) {
  auto const slot = phone / static_cast<double>(marks.size());
  return std::all_of(marks.begin(), marks.end(), [&](Mark const& mark) { return text_width(mark.shown, 12) <= slot; });
}

void column_number(Html& out, Mark const& mark, double x, double width, double most) {
  // A number wider than its column leans inwards at the edges instead of being cut off.
  auto const middle = x + width / 2, half = text_width(mark.shown, 12) / phone * 50;
  bool const at_start = middle<half, at_end = middle> 100 - half;
  auto const anchor = at_start ? "start" : at_end ? "end" : "middle";
  auto const at = at_start ? x : at_end ? x + width : middle;
  auto const y = mark.missing ? column_base - 20 : column_base - height_of(mark.high, most) - 6;
  out.add(R"(<text x="{}%" y="{}" font-size="12" font-weight="600" text-anchor="{}">{}</text>)", coordinate(at), coordinate(y), anchor, mark.shown);
}

Html today_line(Today const& today, double x) {
  bool const left = x > 60;  // the word stands on the side that has room
  return html(R"(<line x1="{}" x2="{}" y1="0" y2="{}" stroke="currentColor" stroke-dasharray="2 3"/>)"
              R"(<text x="{}" dx="{}" y="11" font-size="12" text-anchor="{}">{}</text>)",
              coordinate(x) + "%", coordinate(x) + "%", coordinate(column_base), coordinate(x) + "%", left ? "-5" : "5", left ? "end" : "start",
              today.label);
}

}  // namespace

Html columns(Text const& text, std::vector<Mark> given, std::optional<Today> const& today) {
  if (given.empty()) return empty_figure(text);
  auto const marks = tidy(std::move(given));
  auto const most = highest(marks);
  auto const width = 100.0 / static_cast<double>(marks.size());
  auto const step = label_step(marks);
  bool const all_numbers = numbers_fit(marks);
  auto const highest_mark = std::max_element(marks.begin(), marks.end(), [](Mark const& a, Mark const& b) { return a.high < b.high; });
  auto const id = drawing_id("columns", text, marks);

  Html drawing;
  drawing.reserve(marks.size() * 512 + 1024);
  if (any_missing(marks)) drawing += hatch_pattern(id);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    auto const& mark = marks[i];
    auto const x = static_cast<double>(i) * width;
    open_mark(drawing, mark);
    draw_column(drawing, mark, x, width, most, !today || i < today->bar ? mark.value : i == today->bar ? today->over : 0, id);
    bool const is_highest = static_cast<std::size_t>(highest_mark - marks.begin()) == i;
    if (!mark.shown.empty() && (all_numbers || (is_highest && most > 0))) column_number(drawing, mark, x, width, most);
    bool const has_room = text_width(mark.label, 12) <= (100 - x) / 100 * phone;
    if (i % step == 0 && has_room)
      drawing.add(R"(<text x="{}%" y="{}" font-size="12">{}</text>)", coordinate(x + width * 0.12), coordinate(columns_height - 7), mark.label);
    close_mark(drawing, mark);
  }
  drawing.add(R"(<rect y="{}" width="100%" height="1" fill-opacity="0.5"/>)", coordinate(column_base));
  if (today && today->bar < marks.size()) drawing += today_line(*today, (static_cast<double>(today->bar) + today->into) * width);
  return figure(text, {.id = id, .height = coordinate(columns_height), .view_box = {}, .links = any_link(marks)}, drawing, {});
}

namespace {

constexpr double pyramid_pitch = 44, pyramid_head = 30;

void pyramid_side(Html& out, Mark const& mark, bool left, double most, double top, std::string const& id) {
  auto const y = coordinate(top + 24);
  auto const width = [&](double value) { return most > 0 ? value / most * 49.5 : 0; };
  auto const number_x = left ? "0" : "100%";
  auto const anchor = left ? "start" : "end";
  Paint const paint = left ? Paint{"k1", "#123a78"} : Paint{"k2", "#4c8ad9"};
  open_mark(out, mark);
  out.add(R"(<rect x="{}" y="{}" width="50%" height="{}" fill="none" pointer-events="all"/>)", left ? "0" : "50%", coordinate(top),
          coordinate(pyramid_pitch));
  auto const bar = [&](double from, double length, std::string_view name, std::string_view fill) {
    auto const x = left ? 49.5 - from - length : 50.5 + from;
    out.add(R"(<rect class="{} mark" x="{}%" y="{}" width="{}%" height="12" fill="{}"/>)", name, coordinate(x), y, coordinate(length), fill);
  };
  if (mark.missing)
    out.add(R"(<rect class="hatch mark" x="{}" y="{}" width="12%" height="12" fill='url(#{}h)' stroke="{}"/>)", left ? "37.5%" : "50.5%", y, id,
            hatch_line);
  else bar(0, width(mark.value), paint.name, paint.fill);
  if (mark.high > mark.value) bar(width(mark.value), width(mark.high - mark.value), "more", light);
  out.add(R"(<text x="{}" y="{}" font-weight="600" text-anchor="{}">{}</text>)", number_x, coordinate(top + 17), anchor, mark.shown);
  close_mark(out, mark);
}

}  // namespace

Html pyramid(Text const& text, std::string const& left_label, std::string const& right_label, std::vector<Mark> given_left,
             std::vector<Mark> given_right) {
  auto left = tidy(std::move(given_left)), right = tidy(std::move(given_right));
  if (left.empty() && right.empty()) return empty_figure(text);
  // A side that is shorter than the other has no data for those bands.
  for (auto i = left.size(); i < right.size(); ++i) left.push_back({.label = right[i].label, .shown = {}, .link = {}, .missing = true, .group = {}});
  for (auto i = right.size(); i < left.size(); ++i) right.push_back({.label = left[i].label, .shown = {}, .link = {}, .missing = true, .group = {}});
  auto const most = std::max(highest(left), highest(right));
  auto all = left;
  all.insert(all.end(), right.begin(), right.end());
  auto const id = drawing_id("pyramid", text, all);

  Html drawing;
  drawing.reserve(all.size() * 512 + 1024);
  if (any_missing(all)) drawing += hatch_pattern(id);
  // The two heads share the width: what the left one leaves is the right one's.
  constexpr double head = 11;
  auto const left_head = fitted(left_label, head, phone / 2 - 8);
  drawing.add(R"(<text x="0" y="16" font-size="{}">{}</text>)", coordinate(head), left_head);
  drawing.add(R"(<text x="100%" y="16" font-size="{}" text-anchor="end">{}</text>)", coordinate(head),
              fitted(right_label, head, phone - 8 - text_width(left_head, head)));
  double top = pyramid_head;
  for (std::size_t i = 0; i < left.size(); ++i, top += pyramid_pitch) {
    pyramid_side(drawing, left[i], true, most, top, id);
    pyramid_side(drawing, right[i], false, most, top, id);
    drawing.add(R"(<text x="50%" y="{}" font-size="13" text-anchor="middle" pointer-events="none">{}</text>)", coordinate(top + 17),
                fitted(left[i].label, 13, phone - 112));
  }
  return figure(text, {.id = id, .height = coordinate(top), .view_box = {}, .links = any_link(all)}, drawing, {});
}

}  // namespace birge::chart
