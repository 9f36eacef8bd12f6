#pragma once

#include <optional>
#include <string>
#include <string_view>

/// What people sign in with: a phone number, since many focal points in villages have no e-mail, or an e-mail address.
namespace birge::account {

enum class LoginKind { phone, email };

struct Login {
  std::string text;  ///< as it is stored and compared: +996700123456, or the address in lower case
  LoginKind kind = LoginKind::phone;
};

/// Reads what somebody typed. A number without its country is one of the country with calling code `country`: 0700 12-34-56, 700123456,
/// 996700123456 and +996 (700) 123456 are the same. Nothing for what is neither a number nor an address.
std::optional<Login> login_of(std::string_view typed, std::string_view country = "996");

/// As people write it: +996 700 123 456.
std::string shown(Login const& login);

std::string_view login_kind_code(LoginKind kind);

}  // namespace birge::account
