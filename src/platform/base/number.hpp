#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>

namespace birge {

/// The whole number that a text is, in decimal digits with a minus before it where the type has one. Nothing where anything else stands in it
/// (spaces too), where it is empty, or where the number does not fit.
template <std::integral Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace birge
