#include "platform/html/html.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

#ifdef __SSE2__
/// A bit for each of sixteen bytes that may need care.
inline unsigned bits_in_need(__m128i bytes) {
  auto const is = [&](__m128i changed, char c) { return _mm_cmpeq_epi8(changed, _mm_set1_epi8(c)); };
  auto const control = _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes), is(bytes, 0x7f));
  auto const quotes = _mm_or_si128(is(bytes, '"'), is(_mm_or_si128(bytes, _mm_set1_epi8(1)), '\''));  // 0x26 & and 0x27 '
  auto const angles = is(_mm_or_si128(bytes, _mm_set1_epi8(2)), '>');                                 // 0x3c < and 0x3e >
  auto const found = _mm_or_si128(_mm_or_si128(control, quotes), _mm_or_si128(angles, is(bytes, static_cast<char>(0xc2))));
  return static_cast<unsigned>(_mm_movemask_epi8(found));
}
inline unsigned in_need(char const* sixteen) { return bits_in_need(_mm_loadu_si128(reinterpret_cast<__m128i const*>(sixteen))); }
#endif

/// The first byte from `at` on that may need care. Most of a page is text that needs none, so it is looked at sixteen bytes at a time, what is left
/// of it together with bytes before it.
std::size_t next_in_need(std::string_view text, std::size_t at) {
  auto const size = text.size();
#ifdef __SSE2__
  if (size >= 16) {
    for (; at + 16 <= size; at += 16)
      if (auto const mask = in_need(text.data() + at); mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
    if (at == size) return size;
    auto const start = size - 16;
    auto const mask = in_need(text.data() + start) >> (at - start);
    return mask == 0 ? size : at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (at < size && care[static_cast<unsigned char>(text[at])] == none) ++at;
  return at;
}

#ifdef __SSE2__
/// Whether no byte of a text of at least 4 needs care, as is so of nearly all. Both ends of a shorter one are looked at, which meet or overlap in the
/// middle.
bool in_no_need(std::string_view text) {
  auto const size = text.size();
  auto const* const bytes = text.data();
  if (size >= 16) {
    unsigned found = in_need(bytes + size - 16);
    for (std::size_t at = 0; at + 16 < size; at += 16) found |= in_need(bytes + at);
    return found == 0;
  }
  if (size >= 8) {
    std::int64_t first = 0, last = 0;
    std::memcpy(&first, bytes, 8);
    std::memcpy(&last, bytes + size - 8, 8);
    return bits_in_need(_mm_set_epi64x(last, first)) == 0;
  }
  std::int32_t first = 0, last = 0;
  std::memcpy(&first, bytes, 4);
  std::memcpy(&last, bytes + size - 4, 4);
  return bits_in_need(_mm_set_epi32(last, first, last, first)) == 0;
}
#endif

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
#ifdef __SSE2__
  if (text.size() >= 4 && in_no_need(text)) {
    out += text;
    return;
  }
#endif
  std::size_t run = 0;  // start of what is copied as it is
  for (std::size_t i = next_in_need(text, 0); i < text.size(); i = next_in_need(text, i + 1)) {
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
