#include "features/work/home/home_reminder.hpp"

namespace birge::work {

Remind remind(State state, Day end_day, Day behind, Day until) {
  if (state != State::approved && state != State::held) return {};
  auto const came = [&](int days) { return end_day.plus(days) > behind && end_day.plus(days) <= until; };
  return {came(1) || came(3), came(last_reminder)};
}

std::string reminder_letter(Say const& say, std::string_view activity, Day due, Day today, std::string_view address) {
  if (due > today)
    return say("An activity took place: {}. Its result is due on {}. Please report it here, it takes two minutes: {}", activity, due, address);
  if (due == today)
    return say("An activity took place: {}. Its result is due today. Please report it here, it takes two minutes: {}", activity, address);
  return say("An activity took place: {}. Its result was due on {} and is still missing. Please report it here, it takes two minutes: {}", activity,
             due, address);
}

std::string coordinator_letter(Say const& say, std::string_view activity, std::string_view address) {
  return say("An activity took place: {}. Its result is still missing. Please call the organisation and ask for it. It is reported here: {}",
             activity, address);
}

std::string reminder_text(Say const& say, std::string_view title, Day day, Day due, Day today, std::string_view address) {
  if (due > today)
    return say("“{}” took place on {}. Its result is due on {}. Please report it here, it takes two minutes: {}", title, day, due, address);
  if (due == today)
    return say("“{}” took place on {}. Its result is due today. Please report it here, it takes two minutes: {}", title, day, address);
  return say("“{}” took place on {}. Its result was due on {} and is still missing. Please report it here, it takes two minutes: {}", title, day, due,
             address);
}

std::string coordinator_text(Say const& say, std::string_view title, Day day, std::string_view organisation, std::string_view address) {
  return say("“{}” took place on {}. Its result is still missing. Please call the organisation ({}) and ask for it. It is reported here: {}", title,
             day, organisation, address);
}

bool calls_coordinator(Day end_day, Day today) { return end_day.plus(last_reminder) <= today; }

}  // namespace birge::work
