#pragma once

#include <string_view>

#include "platform/html/html.hpp"

namespace birge::site {

/// A QR code (ISO/IEC 18004, error correction M) as a drawing with its quiet zone; `label` is its text alternative. Throws
/// Problem(unprocessable) for a text that no code holds (over some 2,000 bytes).
Html qr_code(std::string_view text, std::string_view label);

}  // namespace birge::site
