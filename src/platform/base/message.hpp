#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/base/day.hpp"

namespace birge {

/// What a person will read, not yet in a language: a source text in English that the catalogues know, and what fills its {} places.
/// Distinct from std::string on purpose: what the log says is a string, what a person reads is a Message.
struct Message {
  using Argument = std::variant<std::string, std::int64_t, Day, Message>;

  std::string text;                 ///< English; the key into the catalogues
  std::vector<Argument> arguments;  ///< in the order of the {} places; numbers and days are formatted by language

  bool empty() const { return text.empty(); }
  bool operator==(Message const&) const = default;
};

namespace detail {
inline Message::Argument argument(std::string_view text) { return std::string(text); }
inline Message::Argument argument(Day day) { return day; }
inline Message::Argument argument(Message message) { return message; }
template <std::integral Number>
Message::Argument argument(Number number) {
  return static_cast<std::int64_t>(number);
}
}  // namespace detail

/// A message whose first argument is a literal, so that `make messages` finds it for the translators.
template <std::size_t N, class... Arguments>
Message message(char const (&text)[N], Arguments&&... arguments) {
  return {std::string(text, N - 1), {detail::argument(std::forward<Arguments>(arguments))...}};
}

}  // namespace birge
