#include "platform/base/clock.hpp"

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/tztrans.h>

#include <map>
#include <stdexcept>
#include <string>

namespace birge {

namespace {

constexpr std::int64_t day_length = 24 * 60 * 60 * 1000;  // milliseconds

/// The zone of that name. Each thread keeps the zones it has used: building one reads ICU's data, asking one is cheap,
/// and nothing has to be locked. The names come from the configuration and the country pack, so they are few.
icu::BasicTimeZone const& zone(std::string_view name) {
  thread_local std::map<std::string, std::unique_ptr<icu::BasicTimeZone>, std::less<>> zones;
  if (auto const found = zones.find(name); found != zones.end()) return *found->second;

  auto const unicode_name = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int32_t>(name.size())));
  std::unique_ptr<icu::TimeZone> made(icu::TimeZone::createTimeZone(unicode_name));
  auto* const basic = dynamic_cast<icu::BasicTimeZone*>(made.get());
  if (basic == nullptr || *made == icu::TimeZone::getUnknown()) throw std::runtime_error("unknown time zone: " + std::string(name));
  std::unique_ptr<icu::BasicTimeZone> known(basic);
  static_cast<void>(made.release());  // the same object
  return *zones.emplace(std::string(name), std::move(known)).first->second;
}

/// Milliseconds since 1970 on the zone's wall clock.
std::int64_t wall_clock(icu::BasicTimeZone const& zone, std::int64_t instant) {
  int32_t raw = 0;
  int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone.getOffset(static_cast<UDate>(instant), false, raw, summer, status);
  if (U_FAILURE(status)) throw std::runtime_error("time zone offset: " + std::string(u_errorName(status)));
  return instant + raw + summer;
}

class SystemClock final : public Clock {
public:
  Instant now() const override { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }
};

class ShiftedClock final : public Clock {
public:
  explicit ShiftedClock(Instant start) : start_(start), began_(std::chrono::steady_clock::now()) {}
  Instant now() const override { return start_ + std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began_); }

private:
  Instant start_;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace

Day Clock::today(std::string_view time_zone) const { return local_time(now(), time_zone).day; }

std::unique_ptr<Clock> system_clock() { return std::make_unique<SystemClock>(); }

std::unique_ptr<Clock> clock_starting_at(Instant start) { return std::make_unique<ShiftedClock>(start); }

LocalTime local_time(Instant instant, std::string_view time_zone) {
  std::chrono::milliseconds const local{wall_clock(zone(time_zone), instant.time_since_epoch().count())};
  auto const days = std::chrono::floor<std::chrono::days>(local);
  auto const minutes = std::chrono::floor<std::chrono::minutes>(local - days);
  return {Day{static_cast<std::int32_t>(days.count())}, static_cast<int>(minutes.count())};
}

Instant instant_of(Day day, int minutes, std::string_view time_zone) {
  auto const& place = zone(time_zone);
  std::int64_t const local = day.number * day_length + std::int64_t{minutes} * 60'000;
  int32_t raw = 0;
  int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  // A time that happens twice is the earlier one; a time that is skipped comes out behind the gap, and is brought back to its end below.
  place.getOffsetFromLocal(static_cast<UDate>(local), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw, summer, status);
  if (U_FAILURE(status)) throw std::runtime_error("time zone offset: " + std::string(u_errorName(status)));
  std::int64_t utc = local - raw - summer;
  if (wall_clock(place, utc) != local) {
    icu::TimeZoneTransition change;
    if (place.getPreviousTransition(static_cast<UDate>(utc), true, change)) utc = static_cast<std::int64_t>(change.getTime());
  }
  return Instant{std::chrono::milliseconds{utc}};
}

}  // namespace birge
