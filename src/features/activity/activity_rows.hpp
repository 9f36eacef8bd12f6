#pragma once

#include <optional>
#include <string>

#include "features/activity/activity.hpp"

/// Rows of the activity tables as they are read; for the stores of this folder only.
namespace birge::activity::rows {

struct Main {
  ActivityId id;
  EditionId edition;
  std::string kind, state, visibility;
  bool sensitive = false;
  int version = 0, sequence = 0;
  std::string uid;
  Day day;
  std::string day_precision;
  Day end_day;
  std::optional<int> start_minutes, end_minutes;
  std::string reach;
  std::optional<PlaceId> place;
  std::string village;
  OrganisationId lead;
  std::string languages, entry, cost, contact;
  std::optional<std::int64_t> expected_low, expected_high;
  std::optional<Day> moved_from_day;
  std::optional<PlaceId> moved_from_place;
  std::string reason;
  std::optional<std::string> external_id;
  Day due_day;
  std::optional<std::string> source;
  Instant created, changed;
};

struct Text {
  ActivityId activity;
  std::string language;
  bool original = false;
  std::string title, summary, venue;
};

struct Coded {
  ActivityId activity;
  std::string code;
};

struct Host {
  ActivityId activity;
  OrganisationId organisation;
  std::string role;
};

struct Where {
  ActivityId activity;
  PlaceId place;
};

struct Outcome {
  ActivityId activity;
  int version = 0;
  std::string method;
  std::optional<std::int64_t> total_low, total_high, audience_low, audience_high;
  std::optional<OrganisationId> counted_by;
  Day reported_day;
  std::string narrative;
};

struct Heads {
  ActivityId activity;
  int version = 0;
  std::string sex, band;
  std::int64_t low = 0, high = 0;
};

struct Notice {
  ActivityId activity;
  std::string code, field, detail;
};

}  // namespace birge::activity::rows
