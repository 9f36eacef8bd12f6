#pragma once

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace birge {

/// The whole number that a text is, in decimal digits with a minus before it where the type has one. Nothing where anything else stands in it
/// (spaces too), where it is empty, or where the number does not fit.
template <std::integral Number>
std::optional<Number> whole_number(std::string_view text) {
  // Of so few digits none makes the number too large while it is read; lists and figures read thousands. Any other byte is told at the end.
  if (constexpr std::size_t always_fits = 18; !text.empty() && text.size() <= always_fits && text.front() != '-') {
    std::uint64_t number = 0;
    unsigned most = 0;
    for (char const c : text) {
      auto const digit = static_cast<unsigned>(static_cast<unsigned char>(c)) - unsigned{'0'};
      most = std::max(most, digit);
      number = number * 10 + digit;
    }
    return most <= 9 && std::in_range<Number>(number) ? std::optional(static_cast<Number>(number)) : std::nullopt;
  }
  Number number{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace birge
