#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Bytes as text, and back.
namespace birge {

/// Two digits for each byte, in lower case.
std::string hex(std::string_view bytes);

/// RFC 4648, section 4, with its padding.
std::string base64(std::string_view bytes);
/// Nothing where the text is anything else.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace birge
