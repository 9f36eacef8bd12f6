#include "features/work/home/home_reminder.hpp"

namespace birge::work {

Remind remind(State state, Day end_day, Day behind, Day until) {
  if (state != State::approved && state != State::held) return {};
  auto const came = [&](int days) { return end_day.plus(days) > behind && end_day.plus(days) <= until; };
  return {came(1) || came(3), came(last_reminder)};
}

std::string reminder_letter(Say const& say, std::string_view activity, Day due, std::string_view address) {
  return say("An activity took place: {}. Its result is due on {}. Please report it here, it takes two minutes: {}", activity, due, address);
}

std::string reminder_text(Say const& say, std::string_view title, Day day, Day due, std::string_view address) {
  return say("“{}” took place on {}. Its result is due on {}. Please report it here, it takes two minutes: {}", title, day, due, address);
}

}  // namespace birge::work
