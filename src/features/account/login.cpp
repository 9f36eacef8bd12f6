#include "features/account/login.hpp"

#include <algorithm>

#include "platform/base/text.hpp"

namespace birge::account {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Digits with a leading + where there was one; nothing when there are other characters than people put into numbers.
std::optional<std::string> number_of(std::string_view text) {
  std::string number;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (digit(c) || (c == '+' && number.empty())) number += c;
    else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.' && c != '/') return {};
  }
  return number;
}

std::optional<Login> phone(std::string_view text, std::string_view country) {
  constexpr std::size_t own_digits = 9;  // of a number inside the country, without the 0 before it
  auto found = number_of(text);
  if (!found || found->empty()) return {};
  auto number = std::move(*found);
  auto const international = std::string(country);
  if (number.starts_with("00")) number = "+" + number.substr(2);
  if (number.front() != '+') {
    if (number.size() == own_digits + 1 && number.front() == '0') number = "+" + international + number.substr(1);
    else if (number.size() == own_digits && number.front() != '0') number = "+" + international + number;
    else if (number.size() == own_digits + international.size() && number.starts_with(international)) number = "+" + number;
    else return {};
  }
  auto const digits = number.size() - 1;
  if (digits < 8 || digits > 15 || number[1] == '0') return {};  // ITU-T E.164
  if (number.starts_with("+" + international) && digits != own_digits + international.size()) return {};
  return Login{std::move(number), LoginKind::phone};
}

bool address_character(char c) {
  auto const byte = static_cast<unsigned char>(c);
  constexpr std::string_view refused = "()<>[]:;,\\\"'@ ";
  return byte > 0x20 && byte != 0x7f && refused.find(c) == std::string_view::npos;
}

std::optional<Login> email(std::string_view text) {
  constexpr std::size_t longest = 254, longest_name = 64;  // RFC 5321, section 4.5.3.1
  auto const at = text.find('@');
  if (text.size() > longest || at == 0 || at > longest_name) return {};
  auto const name = text.substr(0, at);
  auto const host = text.substr(at + 1);
  if (!std::ranges::all_of(name, address_character) || !std::ranges::all_of(host, address_character)) return {};
  auto const dot = host.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 2 >= host.size() || host.find("..") != std::string_view::npos || host.front() == '.')
    return {};
  std::string lower(text);
  for (auto& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return Login{std::move(lower), LoginKind::email};
}

}  // namespace

std::optional<Login> login_of(std::string_view typed, std::string_view country) {
  auto const text = clean_line(typed);
  return text.find('@') == std::string::npos ? phone(text, country) : email(text);
}

std::string shown(Login const& login) {
  if (login.kind == LoginKind::email || login.text.size() != 13) return login.text;
  return login.text.substr(0, 4) + " " + login.text.substr(4, 3) + " " + login.text.substr(7, 3) + " " + login.text.substr(10);
}

std::string_view login_kind_code(LoginKind kind) { return kind == LoginKind::phone ? "phone" : "email"; }

}  // namespace birge::account
