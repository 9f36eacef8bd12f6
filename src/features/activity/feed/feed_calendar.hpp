#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "features/activity/activity_store.hpp"

namespace birge::activity {

struct CalendarNaming {
  std::string name;            ///< of the calendar; says so when it holds sample data
  std::string public_address;  ///< scheme and host of every link
  std::string note = {};       ///< what else its description says

  /// A day on which something about an activity is due, as an entry of its own that lasts all day.
  struct Due {
    Day day;
    std::string title;
  };
  /// Of somebody's private calendar: how an activity is called there, the page it leads to, and what is due. Empty in public ones.
  std::function<std::string(Activity const&)> title = {};
  std::function<Url(Activity const&)> page = {};
  std::function<std::optional<Due>(Activity const&)> due = {};
};

/// Activities as an iCalendar file (RFC 5545): VTIMEZONE of the country, stable UIDs, SEQUENCE growing with each change that matters to a
/// calendar, cancelled ones with STATUS:CANCELLED, moved ones under their new date. Those dated only by month or year have no day to stand
/// on: they are left out, and the description of the calendar says how many.
std::string calendar_of(std::vector<Activity> const& activities, Say const& say, campaign::Facts const& facts, CalendarNaming const& naming,
                        Instant now);

}  // namespace birge::activity
