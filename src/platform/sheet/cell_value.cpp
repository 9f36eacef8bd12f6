#include "platform/sheet/cell_value.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "platform/base/text.hpp"

namespace birge::sheet {
namespace {

constexpr int seconds_of_day = 86'400;

std::string clock_text(int minutes) { return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60); }

/// The day of a serial number; nothing outside the years of Day. Excel believes in a 29 February 1900 (number 60), so the days before it
/// are one off.
std::optional<Day> day_of(std::int64_t serial, bool from_1904) {
  std::int64_t days = 0;
  if (from_1904) {
    days = serial - 24'107;
  } else {
    if (serial == 60 || serial < 1) return std::nullopt;
    days = serial - (serial > 60 ? 25'569 : 25'568);
  }
  static constexpr std::int64_t first = -25'567, end = 84'006;  // 1900-01-01 and 2200-01-01
  if (days < first || days >= end) return std::nullopt;
  return Day{static_cast<std::int32_t>(days)};
}

void set_elapsed(Cell& cell) {
  auto const minutes = static_cast<std::int64_t>(std::llround(std::abs(cell.number) * seconds_of_day)) / 60;
  cell.text = fmt::format("{}{}:{:02}", cell.number < 0 ? "-" : "", minutes / 60, minutes % 60);
}

void set_moment(Cell& cell, Shown shown, bool from_1904) {
  auto whole = static_cast<std::int64_t>(std::floor(cell.number));
  // Times are fractions of a day and rarely exact: round to the second, then drop the seconds as people read them.
  auto seconds = static_cast<int>(std::lround((cell.number - std::floor(cell.number)) * seconds_of_day));
  if (seconds == seconds_of_day) seconds = 0, ++whole;
  bool const bare_time = shown == Shown::time && whole == 0;
  auto const day = bare_time ? std::nullopt : day_of(whole, from_1904);
  if (!day && !bare_time) return;
  cell.day = day;
  cell.type = shown == Shown::day ? Cell::Type::day : Cell::Type::moment;
  if (shown == Shown::day) {
    cell.text = day->iso();
    return;
  }
  cell.minutes = seconds / 60;
  cell.text = (shown == Shown::time ? "" : day->iso() + " ") + clock_text(*cell.minutes);
}

}  // namespace

std::string number_text(double value) {
  if (value == 0) return "0";  // also the zero that is written -0
  auto const size = std::abs(value);
  if (size < 1e21 && value == std::floor(value)) return fmt::format("{:.0f}", value);
  auto text = fmt::format("{:.15g}", value);
  if (size >= 1e21 || size < 1e-12 || text.find('e') == std::string::npos) return text;
  text = fmt::format("{:.20f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

void set_number(Cell& cell, std::string_view stored, Shown shown, bool from_1904) {
  auto const digits = trim(stored);
  double value = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(value)) {
    cell.type = digits.empty() ? Cell::Type::empty : Cell::Type::text;
    cell.text = digits;
    return;
  }
  cell.type = Cell::Type::number;
  cell.number = value;
  cell.text = number_text(value);
  if (std::abs(value) > 1e9) return;  // no day, and no time anybody measures
  if (shown == Shown::elapsed) set_elapsed(cell);
  else if (shown != Shown::number) set_moment(cell, shown, from_1904);
}

void set_iso_date(Cell& cell, std::string_view stored) {
  auto const text = trim(stored);
  cell.type = Cell::Type::text;
  cell.text = text;
  auto const day = Day::parse(text.substr(0, 10));
  if (!day) return;
  cell.type = Cell::Type::day;
  cell.day = day;
  cell.number = day->number + 25'569;
  cell.text = day->iso();
  auto const digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() < 16 || text[10] != 'T' || text[13] != ':' || !digit(11) || !digit(12) || !digit(14) || !digit(15)) return;
  auto const minutes = ((text[11] - '0') * 10 + text[12] - '0') * 60 + (text[14] - '0') * 10 + text[15] - '0';
  if (minutes == 0 || minutes >= 24 * 60) return;
  cell.type = Cell::Type::moment;
  cell.minutes = minutes;
  cell.number += minutes / 1440.0;
  cell.text += " " + clock_text(minutes);
}

int column_of(std::string_view reference) {
  int column = 0;
  for (char const c : reference) {
    if (c >= 'A' && c <= 'Z') column = column * 26 + (c - 'A' + 1);
    else if (c >= 'a' && c <= 'z') column = column * 26 + (c - 'a' + 1);
    else break;
    if (column > 1'000'000) return -1;
  }
  return column - 1;
}

}  // namespace birge::sheet
