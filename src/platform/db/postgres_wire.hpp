#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

/// The binary forms in which PostgreSQL sends and takes values (its protocol's "binary format"); all numbers are big-endian.
namespace birge::db::wire {

/// Types by their number in pg_type; fixed for ever.
enum Type : unsigned {
  unspecified = 0,
  boolean = 16,
  bytes = 17,
  name = 19,
  int64 = 20,
  int16 = 21,
  int32 = 23,
  text = 25,
  float32 = 700,
  float64 = 701,
  unknown = 705,
  fixed_text = 1042,
  varying_text = 1043,
  numeric = 1700,
  void_ = 2278
};

std::array<char, 8> from_integer(std::int64_t value);
std::array<char, 8> from_real(double value);

/// Nothing when the type is no whole number, or a numeric has a fraction or does not fit.
std::optional<std::int64_t> to_integer(unsigned type, std::string_view value);
/// Nothing when the type is no number.
std::optional<double> to_real(unsigned type, std::string_view value);
bool is_text(unsigned type);  ///< or bytes

}  // namespace birge::db::wire
