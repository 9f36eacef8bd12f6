#pragma once

#include <string>

#include "features/work/work_store.hpp"

/// Reminders of results that are missing.
namespace birge::work {

/// Whom a day without a result calls for: whoever reports on the first and third day after the activity, the coordinator on the seventh.
enum class Remind { nobody, reporter, coordinator };
Remind remind_on(State state, Day end_day, Day today);

/// The text of an e-mail: what it is about as letters may say it, without a title; `address` is that of the form in full.
std::string reminder_letter(Say const& say, std::string_view activity, Day due, std::string_view address);

/// A text that somebody copies for a messenger; `address` is that of the form in full.
std::string reminder_text(Say const& say, std::string_view title, Day day, Day due, std::string_view address);

}  // namespace birge::work
