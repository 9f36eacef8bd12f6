#include "features/work/work_reminder.hpp"

namespace birge::work {

Remind remind_on(State state, Day end_day, Day today) {
  if (state != State::approved && state != State::held) return Remind::nobody;
  switch (days_between(end_day, today)) {
    case 1:
    case 3: return Remind::reporter;
    case 7: return Remind::coordinator;
    default: return Remind::nobody;
  }
}

std::string reminder_letter(Say const& say, std::string_view activity, Day due, std::string_view address) {
  return say("An activity took place: {}. Its result is due on {}. Please report it here, it takes two minutes: {}", activity, due, address);
}

std::string reminder_text(Say const& say, std::string_view title, Day day, Day due, std::string_view address) {
  return say("“{}” took place on {}. Its result is due on {}. Please report it here, it takes two minutes: {}", title, day, due, address);
}

}  // namespace birge::work
