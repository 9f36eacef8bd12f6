#pragma once

#include <memory>
#include <string_view>

#include "platform/base/day.hpp"

namespace birge {

/// Where the time comes from. Injected everywhere, so that tests and demonstrations choose their day.
class Clock {
public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;

  /// Today in a time zone of the IANA database, for instance Asia/Bishkek. Throws std::runtime_error for an unknown zone.
  Day today(std::string_view time_zone) const;
};

/// The machine's clock.
std::unique_ptr<Clock> system_clock();

/// A clock that starts at `start` and goes on at the machine's pace.
std::unique_ptr<Clock> clock_starting_at(Instant start);

/// A clock that stands still, for tests.
class FixedClock final : public Clock {
public:
  explicit FixedClock(Instant instant) : instant_(instant) {}
  Instant now() const override { return instant_; }
  void set(Instant instant) { instant_ = instant; }

private:
  Instant instant_;
};

/// The day an instant falls on in a time zone of the IANA database, and the minutes since midnight there.
struct LocalTime {
  Day day;
  int minutes = 0;  ///< 0-1439
};
LocalTime local_time(Instant instant, std::string_view time_zone);

/// The instant of a local time; where a clock change skips it, the first instant after the gap.
Instant instant_of(Day day, int minutes, std::string_view time_zone);

}  // namespace birge
