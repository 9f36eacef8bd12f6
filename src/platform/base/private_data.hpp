#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace birge {

/// What a text seems to hold of a person: personal_number (14 digits), phone_number (also behind another number: "School 5 0555 12-34-56"), email.
/// Dates, times and amounts of money are none of these.
std::vector<std::string> private_data_in(std::string_view text);

}  // namespace birge
