#include "platform/base/typed_day.hpp"

#include <charconv>

#include "platform/base/text.hpp"

namespace birge {

std::optional<Day> typed_day(std::string_view text) {
  text = trim(text);
  if (auto const day = Day::parse(text)) return day;
  auto const parts = split(text, '.');
  if (parts.size() != 3 || parts[2].size() != 4) return std::nullopt;
  int numbers[3] = {};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto const part = parts[i];
    auto const [end, error] = std::from_chars(part.data(), part.data() + part.size(), numbers[i]);
    if (part.empty() || part.size() > 4 || error != std::errc() || end != part.data() + part.size()) return std::nullopt;
  }
  return Day::of(numbers[2], numbers[1], numbers[0]);
}

}  // namespace birge
