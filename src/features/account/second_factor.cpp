#include "features/account/second_factor.hpp"

#include <liboath/oath.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <stdexcept>

#include "features/account/account_secrets.hpp"
#include "platform/html/url.hpp"

namespace birge::account {

namespace {

constexpr unsigned period = 30, digits = 6;
constexpr std::size_t secret_bytes = 20;

void ready() {
  static int const state = oath_init();
  if (state != OATH_OK) throw std::runtime_error("liboath cannot start");
}

std::string decoded(std::string_view secret) {
  ready();
  char* out = nullptr;
  std::size_t length = 0;
  if (oath_base32_decode(secret.data(), secret.size(), &out, &length) != OATH_OK) throw std::runtime_error("a stored secret is no base32");
  std::string bytes(out, length);
  std::free(out);
  return bytes;
}

std::int64_t step_of(Instant now) { return std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count() / period; }

std::string code_of(std::string const& bytes, std::int64_t step) {
  std::array<char, digits + 1> out{};
  if (oath_totp_generate(bytes.data(), bytes.size(), static_cast<time_t>(step * period), period, OATH_TOTP_DEFAULT_START_TIME, digits, out.data()) !=
      OATH_OK)
    throw std::runtime_error("a code cannot be made");
  return out.data();
}

}  // namespace

std::string new_totp_secret() {
  auto const bytes = random_bytes(secret_bytes);
  ready();
  char* out = nullptr;
  std::size_t length = 0;
  if (oath_base32_encode(bytes.data(), bytes.size(), &out, &length) != OATH_OK) throw std::runtime_error("a secret cannot be written");
  std::string secret(out, length);
  std::free(out);
  return secret;
}

bool is_totp_secret(std::string_view text) {
  return text.size() == 32 && std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'); });
}

std::string totp_address(std::string_view secret, std::string_view account) {
  return "otpauth://totp/Birge:" + percent_encoded(account) + "?secret=" + std::string(secret) + "&issuer=Birge";
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view typed, Instant now, std::int64_t last_step) {
  std::string code;
  for (char const c : typed)
    if (c != ' ' && c != '-') code += c;
  if (code.size() != digits) return {};
  auto const bytes = decoded(secret);
  auto const present = step_of(now);
  for (auto const step : {present, present - 1, present + 1})
    if (step > last_step && same_secret(code, code_of(bytes, step))) return step;
  return {};
}

std::string totp_code(std::string_view secret, Instant now) { return code_of(decoded(secret), step_of(now)); }

}  // namespace birge::account
