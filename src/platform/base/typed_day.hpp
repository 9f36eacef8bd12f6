#pragma once

#include <optional>
#include <string_view>

#include "platform/base/day.hpp"

namespace birge {

/// A day as a form brings it: 2026-10-25 from a field that knows dates, 25.10.2026 as people here write it. Nothing for anything else.
std::optional<Day> typed_day(std::string_view text);

}  // namespace birge
