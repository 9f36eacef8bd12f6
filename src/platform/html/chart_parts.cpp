#include "platform/html/chart_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iterator>

#include "platform/base/text.hpp"

namespace birge::chart::detail {
namespace {

constexpr std::array<Paint, 5> blues{
    {{"q1", "#dbe8f9"}, {"q2", "#a9c8ef"}, {"q3", "#6fa1e0"}, {"q4", "#2f6fc6", "full", "#fff"}, {"q5", "#123a78", "full", "#fff"}}};
constexpr std::array<Paint, 5> parts{{{"k1", "#123a78"}, {"k2", "#4c8ad9"}, {"k3", "#b0cdf0"}, {"k4", "#8a6d3b"}, {"k5", "#c9b68f"}}};

void mix(std::uint64_t& hash, std::string_view text) {
  // FNV-1a, eight bytes at a time: each step waits for the one before.
  constexpr std::uint64_t prime = 0x100000001b3u;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + i, 8);
    hash = (hash ^ eight) * prime;
    hash ^= hash >> 32;
  }
  for (; i < text.size(); ++i) hash = (hash ^ static_cast<unsigned char>(text[i])) * prime;
  hash = (hash ^ 0xffu) * prime;  // no text holds this byte: "ab","c" is not "a","bc"
}

}  // namespace

Paint ramp(std::size_t index, std::size_t count) {
  if (count <= 1) return blues[3];
  return blues[std::min<std::size_t>(4, index * 4 / (count - 1))];
}

Paint category(std::size_t index) { return parts[index % parts.size()]; }

std::string drawing_id(std::string_view kind, Text const& text, std::vector<Mark> const& marks) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  mix(hash, kind);
  mix(hash, text.title);
  mix(hash, text.description);
  for (auto const& mark : marks) {
    mix(hash, mark.label);
    mix(hash, mark.shown);
    mix(hash, mark.group);
    mix(hash, mark.link.text());
  }
  return fmt::format("c{:010x}", hash >> 24);
}

Mark tidy(Mark mark) {
  if (!std::isfinite(mark.value) || mark.value < 0) {
    mark.missing = true;
    mark.value = mark.high = 0;
  }
  if (!std::isfinite(mark.high) || mark.high < mark.value) mark.high = mark.value;
  return mark;
}

std::vector<Mark> tidy(std::vector<Mark> marks) {
  for (auto& mark : marks) mark = tidy(std::move(mark));
  return marks;
}

double highest(std::vector<Mark> const& marks) {
  double most = 0;
  for (auto const& mark : marks) most = std::max(most, mark.high);
  return most;
}

std::string coordinate(double value, int digits) {
  // A drawing writes hundreds of these: digits of a whole number cost a tenth of what printing a fraction does.
  constexpr double most = 1e12;
  constexpr std::int64_t powers[] = {1, 10, 100, 1000, 10'000, 100'000, 1'000'000};
  if (!std::isfinite(value)) return "0";
  if (std::abs(value) > most) return fmt::format("{:.0f}", value);
  auto left = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(digits, 0)), 0, std::size(powers) - 1);
  auto const scaled = std::llround(value * static_cast<double>(powers[left]));
  auto size = static_cast<std::uint64_t>(std::abs(scaled));
  for (; left > 0 && size % 10 == 0; --left) size /= 10;
  // Written from its end: the digits of the fraction, the point, the whole.
  char text[32];
  char* const end = text + sizeof text;
  char* at = end;
  for (; left > 0; size /= 10) {
    *--at = static_cast<char>('0' + size % 10);
    if (--left == 0) *--at = '.';
  }
  do *--at = static_cast<char>('0' + size % 10);
  while ((size /= 10) > 0);
  if (scaled < 0) *--at = '-';
  return {at, end};
}

std::string share(double value, double whole, double of) { return coordinate(whole > 0 ? value / whole * of : 0) + "%"; }

namespace {

/// Counting code points is exact enough to lay out a label and far cheaper than counting characters as people see them.
std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }));
}

}  // namespace

double text_width(std::string_view text, double size) { return static_cast<double>(code_points(text)) * size * letter_width; }

std::string fitted(std::string_view text, double size, double room) {
  auto const most = static_cast<std::size_t>(std::max(1.0, room / (size * letter_width)));
  return code_points(text) <= most ? std::string(text) : shortened(text, most);
}

std::string spoken(Mark const& mark) {
  std::string words;
  words.reserve(mark.label.size() + mark.group.size() + mark.shown.size() + 4);
  words += mark.label;
  if (!mark.group.empty()) words.append(", ").append(mark.group);
  if (!mark.shown.empty()) words.append(": ").append(mark.shown);
  return words;
}

Html swatch(Paint const& paint) {
  return html(R"(<svg width="20" height="14" aria-hidden="true"><rect class="{}" width="20" height="14" rx="2" fill="{}"/></svg>)", paint.name,
              paint.fill);
}

Html hatched_swatch() {
  return html(R"(<svg width="20" height="14" aria-hidden="true"><rect class="none" width="20" height="14" rx="2" fill="{}"/>)"
              R"(<path class="hatch" d="M0 7 7 0M0 14 14 0M7 14 20 1M14 14 20 8" fill="none" stroke="{}" stroke-width="1.2"/></svg>)",
              paper, hatch_line);
}

Html dotted_swatch() {
  return html(R"(<svg width="20" height="14" aria-hidden="true"><rect class="none" width="20" height="14" rx="2" fill="{}"/>)"
              R"(<path class="hatch" d="M4 4h0M10 4h0M16 4h0M7 10h0M13 10h0" stroke="{}" stroke-width="2.4" stroke-linecap="round"/></svg>)",
              paper, hatch_line);
}

Html dot_pattern(std::string const& id, double size) {
  auto const whole = coordinate(size, 5), middle = coordinate(size / 2, 5), dot = coordinate(size / 4, 5);
  return html(R"(<pattern id="{}" width="{}" height="{}" patternUnits="userSpaceOnUse"><rect class="none" width="{}" height="{}" fill="{}"/>)"
              R"(<path class="hatch" d="M{} {}h0" stroke="{}" stroke-width="{}" stroke-linecap="round"/></pattern>)",
              id + "z", whole, whole, whole, whole, paper, middle, middle, hatch_line, dot);
}

Html hatch_pattern(std::string const& id, double size) {
  auto const whole = coordinate(size, 5), bit = coordinate(size / 7, 5), rest = coordinate(size * 6 / 7, 5), beyond = coordinate(size * 8 / 7, 5);
  return html(R"(<pattern id="{}" width="{}" height="{}" patternUnits="userSpaceOnUse"><rect class="none" width="{}" height="{}" fill="{}"/>)"
              R"(<path class="hatch" d="M-{} {}L{} -{}M0 {}L{} 0M{} {}L{} {}" stroke="{}" stroke-width="{}"/></pattern>)",
              id + "h", whole, whole, whole, whole, paper, bit, bit, bit, bit, whole, whole, rest, beyond, beyond, rest, hatch_line, bit);
}

void open_mark(Html& out, Mark const& mark) {
  if (mark.link.text().empty()) out.add("<g><title>{}</title>", spoken(mark));
  else out.add(R"(<a href="{}"><title>{}</title>)", mark.link, spoken(mark));
}

void close_mark(Html& out, Mark const& mark) {
  if (mark.link.text().empty()) out.add("</g>");
  else out.add("</a>");
}

namespace {

Html source_line(Text const& text, std::string const& attribution) {
  if (text.source.empty() && attribution.empty()) return {};
  auto const between = text.source.empty() || attribution.empty() ? "" : " · ";
  return html(R"(<p class="source">{}{}{}</p>)", text.source, between, attribution);
}

}  // namespace

Html figure(Text const& text, Frame const& frame, Html const& drawing, Html const& legend, std::string const& attribution) {
  // A picture hides its links from those who listen, so a drawing with links is a group instead.
  auto const role = frame.links ? "group" : "img";
  Html result;
  result.reserve(drawing.text().size() + legend.text().size() + 2 * text.title.size() + text.description.size() + text.source.size() + 1024);
  result.add(R"(<figure class="chart"><figcaption>{}</figcaption>)", text.title);
  if (frame.view_box.empty())
    result.add(
        R"(<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" role="{}" aria-labelledby="{}" aria-describedby="{}" font-size="14" fill="currentColor">)",
        frame.width, frame.height, role, frame.id + "t", frame.id + "d");
  else
    result.add(R"(<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="{}" role="{}" aria-labelledby="{}" aria-describedby="{}">)",
               frame.view_box, role, frame.id + "t", frame.id + "d");
  result.add(R"(<title id="{}">{}</title><desc id="{}">{}</desc>)", frame.id + "t", text.title, frame.id + "d", text.description);
  result.add("{}</svg>{}{}</figure>", drawing, legend, source_line(text, attribution));
  return result;
}

Html empty_figure(Text const& text) {
  return html(R"(<figure class="chart"><figcaption>{}</figcaption><p class="soft">{}</p>{}</figure>)", text.title, text.description,
              source_line(text, {}));
}

}  // namespace birge::chart::detail
