#include "platform/base/id.hpp"

#include <algorithm>

namespace birge {

namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::int64_t epoch_2020 = 1'577'836'800'000;  // 2020-01-01T00:00:00Z in milliseconds since 1970
constexpr int node_bits = 8;
constexpr int sequence_bits = 14;
constexpr std::int64_t last_sequence = (1 << sequence_bits) - 1;

}  // namespace

std::string id_text(std::int64_t value) {
  char buffer[13];
  char* const end = buffer + sizeof buffer;
  char* at = end;
  auto rest = static_cast<std::uint64_t>(value) & 0x7fff'ffff'ffff'ffff;
  do {
    *--at = alphabet[rest & 31];
    rest >>= 5;
  } while (rest != 0);
  return {at, end};
}

std::optional<std::int64_t> parse_id(std::string_view text) {
  if (text.empty() || text.size() > 13) return {};
  if (text.size() > 1 && text.front() == '0') return {};  // one id has one address
  std::uint64_t value = 0;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    auto const digit = alphabet.find(c);
    if (digit == std::string_view::npos) return {};
    if (value >> 58 != 0) return {};  // five more bits would not fit in 63
    value = value << 5 | digit;
  }
  return static_cast<std::int64_t>(value);
}

std::int64_t IdMaker::next() {
  std::int64_t const milliseconds = clock_.now().time_since_epoch().count() - epoch_2020;
  auto const first_of = [&](std::int64_t time) { return (time << node_bits | (node_ & 0xff)) << sequence_bits; };
  std::lock_guard const lock(mutex_);
  std::int64_t candidate = first_of(std::max<std::int64_t>(milliseconds, 1));
  if (candidate <= last_) {
    // The same millisecond, or the clock stepped back: go on behind the last one; when its millisecond is full, borrow the next.
    bool const full = (last_ & last_sequence) == last_sequence;
    candidate = full ? first_of((last_ >> (node_bits + sequence_bits)) + 1) : last_ + 1;
  }
  return last_ = candidate;
}

}  // namespace birge
