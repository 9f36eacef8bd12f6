#include "features/account/account_secrets.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <semaphore>
#include <stdexcept>

#include "platform/base/problem.hpp"

namespace birge::account {

namespace {

void ready() {
  static int const state = sodium_init();
  if (state < 0) throw std::runtime_error("libsodium cannot start");
}

std::string text_of(unsigned char const* bytes, std::size_t count) {
  std::string text(sodium_base64_encoded_len(count, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, count, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.pop_back();  // the terminating NUL
  return text;
}

unsigned char const* bytes(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }

constexpr std::size_t hash_bytes = 32;

/// Each hashing takes 64 MB: a crowd at the door must not take all the memory there is.
constexpr int hashings_at_once = 4;
std::counting_semaphore<hashings_at_once>& hashings() {
  static std::counting_semaphore<hashings_at_once> semaphore(hashings_at_once);
  return semaphore;
}

class Turn {
public:
  Turn() {
    if (!hashings().try_acquire_for(std::chrono::seconds(10)))
      throw Problem(Failure::busy, message("Too much is going on right now. Please try again in a moment."), "too many passwords wait to be checked");
  }
  ~Turn() { hashings().release(); }
  Turn(Turn const&) = delete;
  Turn& operator=(Turn const&) = delete;
};

}  // namespace

std::string random_bytes(std::size_t count) {
  ready();
  std::string made(count, '\0');
  randombytes_buf(made.data(), made.size());
  return made;
}

std::string new_secret() {
  auto const made = random_bytes(hash_bytes);
  return text_of(bytes(made), made.size());
}

std::string secret_hash(std::string_view secret) {
  ready();
  std::array<unsigned char, hash_bytes> out{};
  crypto_generichash(out.data(), out.size(), bytes(secret), secret.size(), nullptr, 0);
  return text_of(out.data(), out.size());
}

std::string signature(std::string_view key, std::string_view purpose, std::string_view text) {
  ready();
  // The key is hashed first, so that one of any length fits.
  std::array<unsigned char, hash_bytes> made_key{}, out{};
  crypto_generichash(made_key.data(), made_key.size(), bytes(purpose), purpose.size(), bytes(key),
                     std::min<std::size_t>(key.size(), crypto_generichash_KEYBYTES_MAX));
  crypto_generichash(out.data(), out.size(), bytes(text), text.size(), made_key.data(), made_key.size());
  return text_of(out.data(), out.size());
}

bool same_secret(std::string_view a, std::string_view b) { return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

namespace {

/// A key of any length as one of the length that is needed.
std::array<unsigned char, crypto_secretbox_KEYBYTES> box_key(std::string_view key) {
  std::array<unsigned char, crypto_secretbox_KEYBYTES> made{};
  crypto_generichash(made.data(), made.size(), bytes(key), key.size(), nullptr, 0);
  return made;
}

}  // namespace

std::string sealed(std::string_view key, std::string_view text) {
  auto out = random_bytes(crypto_secretbox_NONCEBYTES);
  auto const nonce = out;
  out.resize(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.size());
  auto* box = reinterpret_cast<unsigned char*>(out.data()) + crypto_secretbox_NONCEBYTES;
  crypto_secretbox_easy(box, bytes(text), text.size(), bytes(nonce), box_key(key).data());
  return text_of(bytes(out), out.size());
}

std::optional<std::string> unsealed(std::string_view key, std::string_view sealed) {
  ready();
  std::string raw(sealed.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(raw.data()), raw.size(), sealed.data(), sealed.size(), nullptr, &length, nullptr,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      length < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)
    return {};
  std::string text(length - crypto_secretbox_NONCEBYTES - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(text.data()), bytes(raw) + crypto_secretbox_NONCEBYTES,
                                 length - crypto_secretbox_NONCEBYTES, bytes(raw), box_key(key).data()) != 0)
    return {};
  return text;
}

std::string new_paper_code() {
  constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
  auto const random = random_bytes(8);
  std::string code;
  for (std::size_t i = 0; i < random.size(); ++i) {
    if (i == 4) code += '-';
    code += letters[static_cast<unsigned char>(random[i]) % letters.size()];
  }
  return code;
}

std::string paper_code_key(std::string_view typed) {
  std::string key;
  for (char c : typed) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ' || c == '-') continue;
    if (c == 'o') c = '0';
    if (c == 'l' || c == 'i') c = '1';
    key += c;
  }
  return key;
}

std::string password_hash(std::string_view password) {
  ready();
  Turn const turn;
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str(out.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    throw std::runtime_error("no memory to hash a password");
  return out.data();
}

bool password_fits(std::string_view hash, std::string_view password) {
  ready();
  // Somebody who does not exist takes as long as somebody who does.
  static std::string const nobody = password_hash(new_secret());
  std::string const known(hash.empty() ? std::string_view(nobody) : hash);
  Turn const turn;
  bool const fits = crypto_pwhash_str_verify(known.c_str(), password.data(), password.size()) == 0;
  return fits && !hash.empty();
}

}  // namespace birge::account
