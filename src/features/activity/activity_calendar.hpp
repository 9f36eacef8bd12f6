#pragma once

#include <string>
#include <vector>

#include "features/activity/activity_store.hpp"

namespace birge::activity {

struct CalendarNaming {
  std::string name;            ///< of the calendar; says so when it holds sample data
  std::string public_address;  ///< scheme and host of every link
};

/// Activities as an iCalendar file (RFC 5545): VTIMEZONE of the country, stable UIDs, SEQUENCE growing with each change that matters to a
/// calendar, cancelled ones with STATUS:CANCELLED, moved ones under their new date. Those dated only by month or year have no day to stand
/// on: they are left out, and the description of the calendar says how many.
std::string calendar_of(std::vector<Activity> const& activities, Say const& say, campaign::Facts const& facts, CalendarNaming const& naming,
                        Instant now);

}  // namespace birge::activity
