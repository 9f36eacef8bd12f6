#pragma once

#include <array>
#include <string_view>

namespace birge {

/// What people write between two names in one cell where others write a comma, in the languages that sheets come in; with the spaces around it.
inline constexpr std::array<std::string_view, 5> joining_words{" и ", " жана ", " менен ", " and ", " & "};

}  // namespace birge
