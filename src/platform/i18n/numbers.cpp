#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "platform/i18n/say.hpp"

// The patterns are CLDR's for ky, ru and en, written out: a page formats hundreds of numbers, and ICU takes about a microsecond for each.
namespace birge {
namespace {

constexpr std::string_view no_break_space = "\u00A0";
constexpr std::string_view minus = "\u2212";

bool is_cyrillic(Language language) { return language == Language::ky || language == Language::ru; }

/// Digits in groups of three: 10 250 and 1 250, or 10,250.
std::string grouped(std::string_view digits, Language language) {
  std::string_view const separator = is_cyrillic(language) ? no_break_space : ",";
  std::string result;
  result.reserve(digits.size() + digits.size() / 3 * separator.size());
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) result += separator;
    result += digits[i];
  }
  return result;
}

}  // namespace

std::string Say::number(std::int64_t number) const {
  fmt::format_int const digits(number);
  bool const negative = number < 0;
  std::string_view const size = std::string_view(digits.data(), digits.size()).substr(negative ? 1 : 0);
  if (size.size() <= 3 && !negative) return std::string(size);
  std::string result = grouped(size, language());
  return negative ? std::string(minus) + result : result;
}

std::string Say::decimal(double number, int digits) const {
  if (!std::isfinite(number)) return "–";
  std::string const text = fmt::format("{:.{}f}", std::abs(number), std::clamp(digits, 0, 9));
  std::size_t const point = text.find('.');
  // What rounds to zero has no sign.
  bool const negative = number < 0 && text.find_first_not_of("0.") != std::string::npos;
  std::string result(negative ? minus : "");
  result += grouped(std::string_view(text).substr(0, point), language());
  if (point != std::string::npos) {
    result += is_cyrillic(language()) ? ',' : '.';
    result += text.substr(point + 1);
  }
  return result;
}

std::string Say::percent(double fraction) const {
  std::string number = decimal(fraction * 100, 0);
  if (is_cyrillic(language())) number += no_break_space;
  return number += '%';
}

std::string Say::range(std::int64_t low, std::int64_t high) const { return low == high ? number(low) : number(low) + "–" + number(high); }

}  // namespace birge
