#include "platform/base/day.hpp"

namespace birge {

namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

sys_days as_days(Day day) { return sys_days{std::chrono::days{day.number}}; }

/// Writes `value` with exactly `digits` digits, leading zeros included.
void put(char* at, int value, int digits) {
  for (int i = digits - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
}

/// Reads exactly `digits` decimal digits at the front of `text` and takes them away; nothing if they are not there.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return {};
  int value = 0;
  for (char const c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

/// Seconds and milliseconds after hours and minutes: nothing there, ":SS" or ":SS." with one or more digits.
std::optional<std::chrono::milliseconds> take_seconds(std::string_view& text) {
  if (!take(text, ':')) return std::chrono::milliseconds{0};
  auto const seconds = take_number(text, 2);
  if (!seconds || *seconds > 59) return {};
  int milliseconds = 0;
  if (take(text, '.')) {
    int digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), ++digits)
      if (digits < 3) milliseconds = milliseconds * 10 + (text.front() - '0');
    if (digits == 0) return {};
    for (; digits < 3; ++digits) milliseconds *= 10;
  }
  return std::chrono::seconds{*seconds} + std::chrono::milliseconds{milliseconds};
}

/// Z, +06:00 or +0600 as minutes east of Greenwich.
std::optional<int> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  int sign = 0;
  if (take(text, '+')) sign = 1;
  else if (take(text, '-')) sign = -1;
  else return {};
  auto const hours = take_number(text, 2);
  take(text, ':');
  auto const minutes = take_number(text, 2);
  if (!hours || !minutes || *hours > 18 || *minutes > 59) return {};
  return sign * (*hours * 60 + *minutes);
}

}  // namespace

std::optional<Day> Day::of(int year, int month, int day) {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return {};
  year_month_day const date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)}, std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return {};
  return Day{static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count())};
}

std::optional<Day> Day::parse(std::string_view iso) {
  // Each row of a list holds several days, so this does without taking the text apart.
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return {};
  bool digits = true;
  auto const digit = [&](std::size_t at) {
    auto const value = static_cast<unsigned char>(iso[at]) - unsigned{'0'};
    digits &= value <= 9;
    return static_cast<int>(value);
  };
  int const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  int const month = digit(5) * 10 + digit(6);
  int const day = digit(8) * 10 + digit(9);
  if (!digits) return {};
  return of(year, month, day);
}

Day::Parts Day::parts() const {
  year_month_day const date{as_days(*this)};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())), static_cast<int>(static_cast<unsigned>(date.day()))};
}

std::string Day::iso() const {
  auto const [year, month, day] = parts();
  std::string text = "0000-00-00";
  put(text.data(), year, 4);
  put(text.data() + 5, month, 2);
  put(text.data() + 8, day, 2);
  return text;
}

int Day::year() const { return parts().year; }
int Day::month() const { return parts().month; }
int Day::day_of_month() const { return parts().day; }
int Day::weekday() const { return static_cast<int>(std::chrono::weekday{as_days(*this)}.iso_encoding()); }
Day Day::week_start() const { return plus(1 - weekday()); }

std::string iso(Instant instant) {
  auto const midnight = std::chrono::floor<std::chrono::days>(instant);
  std::chrono::hh_mm_ss const time{std::chrono::floor<std::chrono::seconds>(instant - midnight)};
  std::string text = Day{static_cast<std::int32_t>(midnight.time_since_epoch().count())}.iso() + "T00:00:00Z";
  put(text.data() + 11, static_cast<int>(time.hours().count()), 2);
  put(text.data() + 14, static_cast<int>(time.minutes().count()), 2);
  put(text.data() + 17, static_cast<int>(time.seconds().count()), 2);
  return text;
}

std::optional<Instant> parse_instant(std::string_view iso) {
  auto const day = Day::parse(iso.substr(0, 10));
  if (!day) return {};
  iso.remove_prefix(10);
  if (!take(iso, 'T') && !take(iso, ' ')) return {};
  auto const hours = take_number(iso, 2);
  if (!hours || *hours > 23 || !take(iso, ':')) return {};
  auto const minutes = take_number(iso, 2);
  if (!minutes || *minutes > 59) return {};
  auto const rest = take_seconds(iso);
  if (!rest) return {};
  auto const offset = take_offset(iso);
  if (!offset || !iso.empty()) return {};
  return Instant{as_days(*day)} + std::chrono::hours{*hours} + std::chrono::minutes{*minutes - *offset} + *rest;
}

}  // namespace birge
