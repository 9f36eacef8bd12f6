#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "features/exchange/import_columns.hpp"
#include "platform/sheet/sheet.hpp"

namespace birge::exchange {

/// The dates a missing year is completed from.
struct Span {
  Day from, until;
};

/// What a cell says about days. With a problem `day` means nothing.
struct Dates {
  enum class Problem {
    none,
    empty,
    unreadable,  ///< not a date in any form we know
    impossible,  ///< 31.02.2018
    ambiguous,   ///< 01/02/2018; `candidates` has the readings
    no_year,     ///< the year is missing and the edition's dates leave none or several; `candidates` has what fits
    no_day,      ///< a month without a year, or a year alone
    backwards,   ///< the end is before the start
  } problem = Problem::none;
  Day day, end;
  activity::Precision precision = activity::Precision::day;
  std::vector<Day> candidates;
  std::optional<int> start_minutes, end_minutes;  ///< a time of day that stood in the same cell
};

/// Reads a day or a range of days as people write them in Kyrgyz, Russian and English: 2018-09-14, 14.09.18, 14/09/2018, "14 сентября
/// 2018", "14-сентябрь", "10-12.10.2018", "28.09-02.10.2018", an Excel serial. Days before the first dot are days: 01.02.2018 is 1
/// February. With slashes both orders are in use, so what can be read both ways is ambiguous. "сентябрь 2018" is a month.
Dates read_dates(std::string_view text, Span span);
Dates read_dates(sheet::Cell const& cell, Span span);

struct Times {
  enum class Problem { none, empty, unreadable, ambiguous, backwards } problem = Problem::none;
  std::optional<int> start, end;  ///< minutes since midnight
};

/// Reads a time of day or a span of it: "10:00", "10.00-12.00", "с 14:00 до 16:00", "14-00", "2 pm". "10-12" is ambiguous.
Times read_times(std::string_view text);
Times read_times(sheet::Cell const& cell);

}  // namespace birge::exchange
