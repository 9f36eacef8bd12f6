#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/day.hpp"

/// Time-based codes of an authenticator (RFC 6238: 6 digits, 30 seconds, SHA-1, which is what every telephone's app knows).
namespace birge::account {

/// A new secret of 160 bits, in base32 as people type it into an app.
std::string new_totp_secret();

/// Whether a text can be such a secret: it comes back with the form in which somebody sets an app up.
bool is_totp_secret(std::string_view text);

/// The address that an app reads from a QR code.
std::string totp_address(std::string_view secret, std::string_view account);

/// The period a code belongs to: the present one, or one to either side for clocks that differ. Nothing when it is wrong, or not later than
/// `last_step`, the period of the latest code that was used: a code is good once, and setting the clock back makes none good again.
std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view typed, Instant now, std::int64_t last_step);

/// The code of a moment, for the tests and for `birge` itself to be sure of its own secret.
std::string totp_code(std::string_view secret, Instant now);

}  // namespace birge::account
