#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Random secrets, their hashes and signatures, passwords. The only place that sees libsodium.
namespace birge::account {

/// 256 random bits as 43 characters for addresses and cookies.
std::string new_secret();
/// What is stored of a secret with 256 bits: nobody gets back from it (BLAKE2b, so no slow hash is needed).
std::string secret_hash(std::string_view secret);
/// A signature (keyed BLAKE2b) of a text; `purpose` keeps signatures for one thing from being good for another.
std::string signature(std::string_view key, std::string_view purpose, std::string_view text);
/// Compares without telling by its duration where two texts differ.
bool same_secret(std::string_view a, std::string_view b);
/// A text that only who has the key can read, and nobody can change unseen (XSalsa20-Poly1305); each time another one.
std::string sealed(std::string_view key, std::string_view text);
/// The text again; nothing where the key is another one or something was changed.
std::optional<std::string> unsealed(std::string_view key, std::string_view sealed);
/// `count` bytes of a generator nobody can guess.
std::string random_bytes(std::size_t count);
/// A code of eight characters for paper (40 bits), in two groups: k7mp-3xq9, without letters that look alike.
std::string new_paper_code();
/// A paper code as it is compared, whatever was typed: lower case, without spaces and dashes, o and l read as 0 and 1.
std::string paper_code_key(std::string_view typed);

/// Argon2id with libsodium's interactive limits. Takes some 70 ms and 64 MB, so only a few run at a time; Problem(busy) when too many wait.
/// Never to be called in the writer.
std::string password_hash(std::string_view password);
/// Whether the password is the one of this hash. An empty hash takes the same time and is never right.
bool password_fits(std::string_view hash, std::string_view password);

}  // namespace birge::account
