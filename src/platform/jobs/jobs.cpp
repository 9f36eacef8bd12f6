#include "platform/jobs/jobs.hpp"

#include <algorithm>

namespace birge::jobs {

using namespace std::chrono_literals;

std::chrono::milliseconds delay_after(int attempt) {
  constexpr int most_doublings = 9;
  return std::min<std::chrono::milliseconds>(1min * (1 << std::clamp(attempt - 1, 0, most_doublings)), 6h);
}

Schedule every(std::string name, std::chrono::minutes interval, std::function<bool(db::Reader&)> wanted) {
  return {std::move(name),
          [interval](db::Reader&, Instant now) {
            auto const since = now.time_since_epoch();
            return Instant((since / interval + 1) * std::chrono::milliseconds(interval));
          },
          std::move(wanted)};
}

Schedule daily(std::string name, int minutes, std::function<std::string(db::Reader&)> time_zone) {
  return {std::move(name),
          [minutes, time_zone = std::move(time_zone)](db::Reader& read, Instant now) {
            auto const zone = time_zone(read);
            auto const day = local_time(now, zone).day;
            auto const today = instant_of(day, minutes, zone);
            return today > now ? today : instant_of(day.plus(1), minutes, zone);
          },
          {}};
}

}  // namespace birge::jobs
