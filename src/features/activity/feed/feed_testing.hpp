#pragma once

#include <gtest/gtest.h>
#include <libical/ical.h>

#include <memory>
#include <string>
#include <vector>

#include "features/activity/activity_pages.hpp"
#include "features/activity/activity_testing.hpp"

/// Only for tests: feeds of a small world, on both engines, and calendars read back.
namespace birge::activity::testing {

using Component = std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)>;

inline Component read_calendar(std::string const& text) { return {icalparser_parse_string(text.c_str()), &icalcomponent_free}; }

inline std::vector<icalcomponent*> events(Component const& calendar) {
  std::vector<icalcomponent*> list;
  for (auto* event = icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT); event;
       event = icalcomponent_get_next_component(calendar.get(), ICAL_VEVENT_COMPONENT))
    list.push_back(event);
  return list;
}

class FeedsTest : public ::testing::TestWithParam<db::Engine> {
protected:
  std::string feed(std::string name, std::string const& query = {}) {
    return world.get(agenda_feed, query, Language::en, {{"file", std::move(name)}}).body;
  }
  std::string calendar_of(ActivityId id) { return world.get(activity_feed, "", Language::en, {{"file", id_text(id) + "-en.ics"}}).body; }
  /// Known by its month alone.
  Activity in_october() const {
    auto month = world.plain();
    month.precision = Precision::month;
    month.day = day("2018-10-01");
    month.end_day = day("2018-10-31");
    return month;
  }

  World world{GetParam()};
};

}  // namespace birge::activity::testing
