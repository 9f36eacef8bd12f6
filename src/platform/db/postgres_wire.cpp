#include "platform/db/postgres_wire.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace birge::db::wire {
namespace {

template <class Unsigned>
Unsigned big_endian(std::string_view value) {
  Unsigned number = 0;
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i) number = static_cast<Unsigned>((number << 8) | static_cast<unsigned char>(value[i]));
  return number;
}

std::array<char, 8> in_order(std::uint64_t number) {
  std::array<char, 8> value;
  for (int i = 7; i >= 0; --i, number >>= 8) value[static_cast<std::size_t>(i)] = static_cast<char>(number & 0xff);
  return value;
}

/// A numeric: digits to the base 10000, the first of which counts 10000 to the power of `weight`.
struct Numeric {
  explicit Numeric(std::string_view value)
      : digits(big_endian<std::uint16_t>(value)),
        weight(static_cast<std::int16_t>(big_endian<std::uint16_t>(value.substr(2)))),
        sign(big_endian<std::uint16_t>(value.substr(4))),
        rest(value.substr(8)) {}
  int digit(int i) const { return i < digits ? big_endian<std::uint16_t>(rest.substr(static_cast<std::size_t>(i) * 2)) : 0; }
  bool finite() const { return sign == 0 || sign == 0x4000; }
  bool negative() const { return sign == 0x4000; }

  int digits;
  int weight;
  int sign;
  std::string_view rest;
};

std::optional<std::int64_t> whole(Numeric const& number) {
  if (!number.finite()) return std::nullopt;
  for (int i = std::max(number.weight + 1, 0); i < number.digits; ++i)
    if (number.digit(i) != 0) return std::nullopt;
  std::int64_t value = 0;
  for (int i = 0; i <= number.weight; ++i) {
    std::int64_t const digit = number.negative() ? -number.digit(i) : number.digit(i);
    if (__builtin_mul_overflow(value, std::int64_t{10000}, &value) || __builtin_add_overflow(value, digit, &value)) return std::nullopt;
  }
  return value;
}

double nearest(Numeric const& number) {
  if (!number.finite())
    return number.sign == 0xD000   ? std::numeric_limits<double>::infinity()
           : number.sign == 0xF000 ? -std::numeric_limits<double>::infinity()
                                   : std::numeric_limits<double>::quiet_NaN();
  // Through decimal text, which is read to the nearest double; sums of powers would err in the last place.
  std::string text = number.negative() ? "-0" : "0";
  for (int i = 0; i < number.digits; ++i) {
    auto const digit = std::to_string(number.digit(i));
    text.append(4 - digit.size(), '0') += digit;
  }
  text += 'e' + std::to_string(4 * (number.weight - number.digits + 1));
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

std::array<char, 8> from_integer(std::int64_t value) { return in_order(static_cast<std::uint64_t>(value)); }
std::array<char, 8> from_real(double value) { return in_order(std::bit_cast<std::uint64_t>(value)); }

std::optional<std::int64_t> to_integer(unsigned type, std::string_view value) {
  switch (type) {
    case boolean: return value.front() != 0;
    case int16: return static_cast<std::int16_t>(big_endian<std::uint16_t>(value));
    case int32: return static_cast<std::int32_t>(big_endian<std::uint32_t>(value));
    case int64: return static_cast<std::int64_t>(big_endian<std::uint64_t>(value));
    case numeric: return whole(Numeric(value));
    default: return std::nullopt;
  }
}

std::optional<double> to_real(unsigned type, std::string_view value) {
  switch (type) {
    case float32: return std::bit_cast<float>(big_endian<std::uint32_t>(value));
    case float64: return std::bit_cast<double>(big_endian<std::uint64_t>(value));
    case numeric: return nearest(Numeric(value));
    case boolean: return std::nullopt;
    default: {
      auto const integer = to_integer(type, value);
      return integer ? std::optional(static_cast<double>(*integer)) : std::nullopt;
    }
  }
}

bool is_text(unsigned type) { return type == text || type == varying_text || type == fixed_text || type == name || type == unknown || type == bytes; }

}  // namespace birge::db::wire
