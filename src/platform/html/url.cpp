#include "platform/html/url.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "platform/base/text.hpp"

namespace birge {

namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Printable ASCII without space and backslash.
constexpr bool plain(char c) { return (c > ' ') & (c < 0x7f) & (c != '\\'); }

/// & ' < > and the quote, which markup writes otherwise.
constexpr bool written_otherwise(char c) { return (c == '&') | (c == '\'') | (c == '<') | (c == '>') | (c == '"'); }

struct Bytes {
  bool plain = true;     ///< all of them
  bool as_it_is = true;  ///< markup writes none of them otherwise
};

/// What the bytes of an address are. A page has hundreds of addresses, so they are looked at sixteen bytes at a time, the last sixteen perhaps twice.
Bytes bytes_of(std::string_view text) {
#ifdef __SSE2__
  if (text.size() >= 16) {
    auto strange = _mm_setzero_si128();
    auto otherwise = _mm_setzero_si128();
    auto const look = [&](std::size_t at) {
      auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text.data() + at));
      auto const is = [](__m128i changed, char c) { return _mm_cmpeq_epi8(changed, _mm_set1_epi8(c)); };
      auto const low = _mm_cmplt_epi8(bytes, _mm_set1_epi8('!'));  // control characters, space, and as negative numbers all beyond ASCII
      strange = _mm_or_si128(strange, _mm_or_si128(low, _mm_or_si128(is(bytes, 0x7f), is(bytes, '\\'))));
      auto const quotes = _mm_or_si128(is(bytes, '"'), is(_mm_or_si128(bytes, _mm_set1_epi8(1)), '\''));          // 0x26 & and 0x27 '
      otherwise = _mm_or_si128(otherwise, _mm_or_si128(quotes, is(_mm_or_si128(bytes, _mm_set1_epi8(2)), '>')));  // 0x3c < and 0x3e >
    };
    for (std::size_t at = 0; at + 16 <= text.size(); at += 16) look(at);
    look(text.size() - 16);
    return {_mm_movemask_epi8(strange) == 0, _mm_movemask_epi8(otherwise) == 0};
  }
#endif
  return {std::ranges::all_of(text, plain), std::ranges::none_of(text, written_otherwise)};
}

/// Whether every character may stand in an address. Characters beyond ASCII may, since people paste addresses as their browser shows
/// them; invisible ones and those that turn the direction of writing may not, for they make an address look like another.
bool allowed_characters(std::string_view text) {
  bool ascii = true;
  for (char const c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) ascii = false;
    else if (!plain(c)) return false;
  }
  if (ascii) return true;
  if (!valid_utf8(text)) return false;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    auto const lead = static_cast<unsigned char>(text[i]);
    auto const next = static_cast<unsigned char>(text[i + 1]);
    auto const third = i + 2 < text.size() ? static_cast<unsigned char>(text[i + 2]) : 0;
    if (lead == 0xc2 && (next <= 0xa0 || next == 0xad)) return false;  // C1 controls, no-break space, soft hyphen
    if (lead == 0xd8 && next == 0x9c) return false;                    // Arabic letter mark
    if (lead == 0xe1 && ((next == 0x9a && third == 0x80) || (next == 0xa0 && third == 0x8e))) return false;  // ogham space, Mongolian separator
    if (lead == 0xe2 && next == 0x80 && (third <= 0x8f || (third >= 0xa8 && third <= 0xaf))) return false;   // U+2000-200F, U+2028-202F
    if (lead == 0xe2 && next == 0x81 && third >= 0x9f && third <= 0xaf) return false;                        // U+205F-206F
    if (lead == 0xe3 && next == 0x80 && third == 0x80) return false;                                         // ideographic space
    if (lead == 0xef && next == 0xbb && third == 0xbf) return false;                                         // byte order mark
  }
  return true;
}

/// A path, query or fragment of this site.
bool own(std::string_view text) {
  if (text.empty()) return false;
  if (text.front() == '?' || text.front() == '#') return true;
  return text.front() == '/' && !(text.size() > 1 && text[1] == '/');
}

bool same(std::string_view text, std::string_view lower_case) {
  if (text.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (lower(text[i]) != lower_case[i]) return false;
  return true;
}

/// Whether what follows "http:" is "//", a host and perhaps more. A user name is refused: https://bank.kg@evil.example goes to the latter.
bool has_host(std::string_view rest) {
  if (!rest.starts_with("//")) return false;
  rest.remove_prefix(2);
  auto const host = rest.substr(0, rest.find_first_of("/?#"));
  return !host.empty() && host.front() != ':' && host.find('@') == std::string_view::npos;
}

}  // namespace

std::optional<Url> url(std::string_view text) {
  if (!allowed_characters(text)) return {};
  Url result;
  result.text_ = std::string(text);
  if (own(text)) return result;

  auto const colon = text.find(':');
  if (colon == std::string_view::npos) return {};
  auto const scheme = text.substr(0, colon);
  auto const rest = text.substr(colon + 1);
  if (same(scheme, "http") || same(scheme, "https")) return has_host(rest) ? std::optional(result) : std::nullopt;
  if (same(scheme, "mailto") || same(scheme, "tel")) return !rest.empty() ? std::optional(result) : std::nullopt;
  return {};
}

Url own_path(std::string path) {
  auto const bytes = bytes_of(path);
  if (!own(path) || !bytes.plain) throw std::logic_error("not an own path: " + path);
  Url result;
  result.text_ = std::move(path);
  result.as_it_is_ = bytes.as_it_is;
  return result;
}

namespace {

constexpr std::array<bool, 256> unreserved_bytes() {
  std::array<bool, 256> table{};
  for (unsigned char const c : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~")) table[c] = true;
  return table;
}
constexpr auto unreserved = unreserved_bytes();

}  // namespace

void append_percent_encoded(std::string& out, std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  auto const stays = [](char c) { return unreserved[static_cast<unsigned char>(c)]; };
  auto const first = std::ranges::find_if_not(text, stays);
  out.append(text.begin(), first);  // nearly always all of it
  for (char const c : text.substr(static_cast<std::size_t>(first - text.begin()))) {
    if (stays(c)) {
      out += c;
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  append_percent_encoded(out, text);
  return out;
}

UrlPattern::UrlPattern(std::string before, std::string behind) : before_(std::move(before)), behind_(std::move(behind)) {
  auto const first = bytes_of(before_), last = bytes_of(behind_);
  // A value has no slash but may be empty, and then what is behind it must not make two of one.
  if (!own(before_ + "a") || !own(before_ + behind_) || !first.plain || !last.plain)
    throw std::logic_error("not an own path: " + before_ + "{}" + behind_);
  as_it_is_ = first.as_it_is && last.as_it_is;
}

Url UrlPattern::url(std::string_view value) const {
  Url result;
  result.text_.reserve(before_.size() + value.size() + behind_.size());
  result.text_ = before_;
  append_percent_encoded(result.text_, value);
  result.text_ += behind_;
  result.as_it_is_ = as_it_is_;
  return result;
}

}  // namespace birge
