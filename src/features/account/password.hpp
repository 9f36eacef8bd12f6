#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/problem.hpp"

namespace birge::account {

/// A password as it is hashed: without white space at its ends (telephones add it behind a word) and in one Unicode form.
std::string password_text(std::string_view typed);

/// What is wrong with a new password, all for the field "password". It must be long rather than complicated: at least 10 characters, at most 200
/// bytes, and hard to guess for a program that knows common passwords, words, names, keyboards and dates (zxcvbn, USENIX Security 2016), our own
/// words, and what is known of the person (`personal`: name, sign-in name).
std::vector<Fault> check_password(std::string_view password, std::vector<std::string> const& personal);

}  // namespace birge::account
