#pragma once

#include <string>

#include "features/work/work_store.hpp"

/// Reminders of results that are missing.
namespace birge::work {

/// Whom a missing result calls for.
struct Remind {
  bool reporter = false, coordinator = false;
  bool operator==(Remind const&) const = default;
};
/// Whoever reports on the first and third day after an activity, the coordinator on the seventh: those of these days that came behind one day and until
/// another, so that a morning on which no server ran is made up for, and nobody is told twice.
Remind remind(State state, Day end_day, Day behind, Day until);
/// A morning that is longer ago than that is made up for no more.
inline constexpr int days_made_up = 14;
/// The last of the days after an activity on which anybody is reminded.
inline constexpr int last_reminder = 7;

/// The text of an e-mail to whoever reports, as it fits the day on which it is read: what it is about as letters may say it, without a title; `address`
/// is that of the form in full.
std::string reminder_letter(Say const& say, std::string_view activity, Day due, Day today, std::string_view address);
/// The same to a coordinator, whom only a call helps by then.
std::string coordinator_letter(Say const& say, std::string_view activity, std::string_view address);

/// A text that somebody copies for a messenger to whoever reports; `address` is that of the form in full.
std::string reminder_text(Say const& say, std::string_view title, Day day, Day due, Day today, std::string_view address);
/// The same for a coordinator; `organisation` is the one that holds it.
std::string coordinator_text(Say const& say, std::string_view title, Day day, std::string_view organisation, std::string_view address);
/// Whether a result has been missing for so long that a coordinator is asked for it.
bool calls_coordinator(Day end_day, Day today);

}  // namespace birge::work
