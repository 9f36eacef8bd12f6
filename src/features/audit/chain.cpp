#include "features/audit/chain.hpp"

#include <sodium.h>

#include "platform/base/encoding.hpp"
#include "platform/base/number.hpp"

namespace birge::audit {

namespace {

constexpr std::size_t hash_bytes = crypto_hash_sha256_BYTES;

std::optional<std::string> from_hexadecimal(std::string_view text) {
  if (text.size() != hash_bytes * 2) return {};
  std::string bytes(hash_bytes, '\0');
  std::size_t read = 0;
  auto* const out = reinterpret_cast<unsigned char*>(bytes.data());
  if (sodium_hex2bin(out, bytes.size(), text.data(), text.size(), nullptr, &read, nullptr) != 0 || read != hash_bytes) return {};
  return bytes;
}

}  // namespace

std::string hash_of(Row const& row, std::string_view previous) {
  std::string text = "birge audit 1\n";
  text.reserve(256 + row.changes.size());
  text += previous.empty() ? std::string(hash_bytes * 2, '0') : hex(previous);
  auto const line = [&](std::string_view part) {
    text += '\n';
    text += part;
  };
  auto const number = [&](std::int64_t value) { line(std::to_string(value)); };
  number(row.sequence);
  number(row.at.time_since_epoch().count());
  line(row.actor);
  number(row.person);
  number(row.organisation);
  number(row.on_behalf);
  line(row.action);
  line(row.object);
  number(row.object_id);
  number(row.region);
  number(row.owner);
  line(row.changes);
  std::string hash(hash_bytes, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()), reinterpret_cast<unsigned char const*>(text.data()), text.size());
  return hash;
}

std::string head_text(Head const& head) {
  return std::to_string(head.sequence) + ":" + (head.hash.empty() ? std::string(hash_bytes * 2, '0') : hex(head.hash));
}

std::optional<Head> parse_head(std::string_view text) {
  auto const colon = text.find(':');
  if (colon == std::string_view::npos) return {};
  Head head;
  auto const sequence = whole_number<std::int64_t>(text.substr(0, colon));
  auto hash = from_hexadecimal(text.substr(colon + 1));
  if (!sequence || *sequence < 0 || !hash) return {};
  head.sequence = *sequence;
  if (head.sequence > 0) head.hash = std::move(*hash);
  return head;
}

}  // namespace birge::audit
