#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace birge::http {

/// Undoes percent-encoding. Nothing when a % is not followed by two hexadecimal digits, or when the result is not UTF-8 or holds a NUL,
/// which no text of a form or a path may and PostgreSQL cannot store.
std::optional<std::string> percent_decoded(std::string_view encoded, bool plus_is_space);

}  // namespace birge::http
