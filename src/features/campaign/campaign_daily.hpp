#pragma once

#include <string>

#include "platform/jobs/jobs.hpp"

namespace birge::campaign {

/// Once a day, that many minutes after midnight in the country's time zone, whichever that is when the next day's moment is worked out: a server may
/// run before its country pack is loaded.
jobs::Schedule daily(std::string name, int minutes);

}  // namespace birge::campaign
