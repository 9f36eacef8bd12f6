#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace birge {

/// What a text seems to hold of a person: personal_number (14 digits), phone_number, email. Dates, times and amounts of money are none of these.
std::vector<std::string> private_data_in(std::string_view text);

}  // namespace birge
