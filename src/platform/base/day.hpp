#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace birge {

/// A calendar day without a time zone, in the proleptic Gregorian calendar. Stored and shown to machines as ISO 8601 (2018-09-14).
struct Day {
  std::int32_t number = 0;  ///< days since 1970-01-01

  auto operator<=>(Day const&) const = default;

  /// The day of a year, month (1-12) and day of month; nothing if there is no such day or the year is outside 1900-2199.
  static std::optional<Day> of(int year, int month, int day);
  /// Reads exactly YYYY-MM-DD; nothing for anything else.
  static std::optional<Day> parse(std::string_view iso);

  /// Its year, month (1-12) and day of month, for who needs all three.
  struct Parts {
    int year = 0, month = 0, day = 0;
  };
  Parts parts() const;

  std::string iso() const;
  int year() const;
  int month() const;         ///< 1-12
  int day_of_month() const;  ///< 1-31
  int weekday() const;       ///< ISO 8601: 1 Monday ... 7 Sunday
  Day week_start() const;    ///< the Monday of this day's week
  Day plus(int days) const { return {number + days}; }
};

/// Whole days from `from` to `until`; negative when `until` is earlier.
constexpr int days_between(Day from, Day until) { return until.number - from.number; }

/// A moment in UTC with the precision of a millisecond; stored as milliseconds since 1970.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// 2018-09-14T09:00:00Z; milliseconds are left out.
std::string iso(Instant instant);

/// Reads 2018-09-14T09:00:00Z, with or without seconds, milliseconds or an offset (+06:00); nothing for anything else.
std::optional<Instant> parse_instant(std::string_view iso);

}  // namespace birge
