#include "platform/html/html.hpp"

#include <array>
#include <charconv>

namespace birge {

namespace detail {

namespace {

/// What a byte needs on its way into markup.
enum Care : unsigned char { none, escape, drop, maybe_control };

constexpr std::array<Care, 256> care_of_bytes() {
  std::array<Care, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = drop;
  table['\t'] = table['\n'] = table['\r'] = none;
  table[0x7f] = drop;
  table[0xc2] = maybe_control;  // U+0080-009F are C2 80-9F in UTF-8
  for (unsigned char const c : {'&', '<', '>', '"', '\''}) table[c] = escape;
  return table;
}
constexpr auto care = care_of_bytes();

constexpr std::string_view entity(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return "&#39;";
  }
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  std::size_t run = 0;  // start of what is copied as it is
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const needed = care[static_cast<unsigned char>(text[i])];
    if (needed == none) continue;
    if (needed == maybe_control) {
      auto const next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
      if (next < 0x80 || next > 0x9f) continue;
    }
    out.append(text, run, i - run);
    if (needed == escape) out += entity(text[i]);
    if (needed == maybe_control) ++i;
    run = i + 1;
  }
  out.append(text, run);
}

void append_number(std::string& out, std::int64_t number) {
  char buffer[24];
  auto const written = std::to_chars(buffer, buffer + sizeof buffer, number);
  out.append(buffer, written.ptr);
}

void append_undoubled(std::string& out, std::string_view part) {
  for (std::size_t i = 0; i < part.size(); ++i) {
    out += part[i];
    if (part[i] == '{' || part[i] == '}') ++i;  // the second of the two
  }
}

}  // namespace detail

Html trusted_html(std::string text) {
  Html result;
  result.text_ = std::move(text);
  return result;
}

}  // namespace birge
