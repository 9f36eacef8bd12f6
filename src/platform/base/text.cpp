#include "platform/base/text.hpp"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "platform/base/code_point.hpp"

namespace birge {

namespace {

bool ascii(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + i, 8);
    if ((eight & 0x8080'8080'8080'8080) != 0) return false;
  }
  for (; i < text.size(); ++i)
    if (static_cast<unsigned char>(text[i]) >= 0x80) return false;
  return true;
}

/// Calls `at_boundary` with the byte offset of the end of each grapheme cluster until it returns false.
template <class Function>
void each_cluster(std::string_view text, Function at_boundary) {
  // Building an iterator loads its rules; each thread keeps one.
  thread_local std::unique_ptr<icu::BreakIterator> const iterator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) throw std::runtime_error("character boundaries: " + std::string(u_errorName(status)));
    return made;
  }();
  UErrorCode status = U_ZERO_ERROR;
  UText opened = UTEXT_INITIALIZER;
  utext_openUTF8(&opened, text.data(), static_cast<int64_t>(text.size()), &status);
  iterator->setText(&opened, status);
  if (U_SUCCESS(status)) {
    iterator->first();
    for (auto end = iterator->next(); end != icu::BreakIterator::DONE; end = iterator->next())
      if (!at_boundary(static_cast<std::size_t>(end))) break;
  }
  utext_close(&opened);
  if (U_FAILURE(status)) throw std::runtime_error("character boundaries: " + std::string(u_errorName(status)));
}

/// Whether every code point below U+0530 is surely a cluster of its own: no combining marks, no CR LF, nothing further up.
bool one_code_point_each(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const c = static_cast<unsigned char>(text[i]);
    if (c == '\r' || c > 0xd3) return false;
    if (c == 0xcc || c == 0xcd) return false;                                                               // U+0300-036F
    if (c == 0xd2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) <= 0x89) return false;  // U+0480-0489
  }
  return true;
}

enum class Role { keep, space, line_break, drop };

Role role_of(UChar32 c) {
  if (c < 0) return Role::drop;
  if (c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029) return Role::line_break;
  if (c >= 0x202a && c <= 0x202e) return Role::drop;  // bidirectional embeddings and overrides
  if (c >= 0x2066 && c <= 0x2069) return Role::drop;  // bidirectional isolates
  if (c == 0x200e || c == 0x200f || c == 0x61c) return Role::drop;
  if (c == 0xad || c == 0x200b || c == 0x2060 || c == 0xfeff) return Role::drop;  // invisible: soft hyphen, zero-width space, joiner, BOM
  if (u_isUWhiteSpace(c)) return Role::space;
  if (u_charType(c) == U_CONTROL_CHAR) return Role::drop;  // joiners of emoji and scripts are "format" and stay
  if ((c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef) || (c >= 0xfff9 && c <= 0xfffb)) return Role::drop;  // no characters at all
  return Role::keep;
}

std::string composed(std::string text) {
  if (ascii(text)) return text;
  UErrorCode status = U_ZERO_ERROR;
  auto const* const nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("NFC: " + std::string(u_errorName(status)));
  icu::StringPiece const piece(text.data(), static_cast<int32_t>(text.size()));
  if (nfc->isNormalizedUTF8(piece, status) && U_SUCCESS(status)) return text;
  std::string result;
  icu::StringByteSink<std::string> sink(&result);
  nfc->normalizeUTF8(0, piece, sink, nullptr, status);
  if (U_FAILURE(status)) throw std::runtime_error("NFC: " + std::string(u_errorName(status)));
  return result;
}

/// Printable ASCII with single spaces and none at the ends: most fields, most of the time.
bool clean_already(std::string_view text) {
  char before = ' ';
  for (char const c : text) {
    if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) return false;
    before = c;
  }
  return text.empty() || before != ' ';
}

std::string cleaned(std::string_view text, bool keep_line_breaks) {
  if (clean_already(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  bool space = false;
  int breaks = 0;
  bool after_return = false;
  for (std::size_t at = 0; at < text.size();) {
    auto const c = next_code_point(text, at);
    auto role = role_of(c);
    if (role == Role::line_break && !keep_line_breaks) role = Role::space;
    if (role == Role::space) space = true;
    if (role == Role::line_break && !(c == '\n' && after_return)) ++breaks;
    after_return = c == '\r';
    if (role != Role::keep) continue;
    if (!out.empty() && breaks > 0) out.append(static_cast<std::size_t>(std::min(breaks, 2)), '\n');
    else if (!out.empty() && space) out += ' ';
    space = false;
    breaks = 0;
    append_code_point(out, c);
  }
  return composed(std::move(out));
}

std::vector<UChar32> code_points(std::string_view text) {
  std::vector<UChar32> result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) result.push_back(next_code_point(text, at));
  return result;
}

}  // namespace

bool valid_utf8(std::string_view text) {
  if (ascii(text)) return true;
  for (std::size_t at = 0; at < text.size();)
    if (next_code_point(text, at) < 0) return false;
  return true;
}

std::size_t length(std::string_view text) {
  if (one_code_point_each(text)) return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
  std::size_t count = 0;
  each_cluster(text, [&](std::size_t) { return ++count, true; });
  return count;
}

std::string shortened(std::string_view text, std::size_t characters) {
  if (characters == 0) return {};
  if (text.size() <= characters || length(text) <= characters) return std::string(text);

  // One character is the ellipsis.
  std::size_t count = 0;
  std::size_t cut = 0;
  each_cluster(text, [&](std::size_t end) {
    if (count + 1 >= characters) return false;
    ++count;
    cut = end;
    return true;
  });
  auto kept = text.substr(0, cut);
  bool const inside_a_word = cut > 0 && text[cut] != ' ' && text[cut] != '\n' && text[cut - 1] != ' ';
  if (inside_a_word) {
    auto const space = kept.find_last_of(" \n");
    // One very long word is cut in its middle rather than leaving almost nothing.
    if (space != std::string_view::npos && space >= cut / 2) kept = kept.substr(0, space);
  }
  return std::string(trim(kept)) + "…";
}

std::string clean_line(std::string_view text) { return cleaned(text, false); }
std::string clean_text(std::string_view text) { return cleaned(text, true); }

std::string without_controls(std::string_view text) {
  if (std::ranges::all_of(text, [](char c) { return (c >= ' ' && c <= '~') || c == '\n' || c == '\t'; })) return std::string(text);
  std::string out;
  out.reserve(text.size());
  bool after_return = false;
  for (std::size_t at = 0; at < text.size();) {
    auto const c = next_code_point(text, at);
    auto const role = role_of(c);
    if (role == Role::line_break && !(c == '\n' && after_return)) out += '\n';
    if (role == Role::keep || role == Role::space) append_code_point(out, c);
    after_return = c == '\r';
  }
  return composed(std::move(out));
}

std::string plain_spaces(std::string_view text) {
  struct Sign {
    std::string_view shown, plain;
  };
  static constexpr Sign signs[] = {{"\u00A0", " "}, {"\u2011", "-"}, {"\u2060", ""}};
  std::string plain(text);
  for (auto const& sign : signs)
    for (auto at = plain.find(sign.shown); at != std::string::npos; at = plain.find(sign.shown, at + sign.plain.size()))
      plain.replace(at, sign.shown.size(), sign.plain);
  return plain;
}

std::string prefix_end(std::string_view prefix) {
  return std::string(prefix) + "\xF4\x8F\xBF\xBD";  // U+10FFFD: nothing that anybody writes comes behind it
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view space = " \t\r\n\v\f";
  auto const first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    auto const end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string joined(std::span<std::string const> parts, std::string_view between) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) text.append(i == 0 ? std::string_view() : between).append(parts[i]);
  return text;
}

int edit_distance(std::string_view a_text, std::string_view b_text, int limit) {
  if (limit < 0) return 0;
  auto const a = code_points(a_text);
  auto const b = code_points(b_text);
  int const rows = static_cast<int>(a.size());
  int const columns = static_cast<int>(b.size());
  int const too_far = limit + 1;
  if (std::abs(rows - columns) > limit) return too_far;

  // Three rows of the table; only cells within `limit` of the diagonal can hold a distance that counts.
  std::array<std::vector<int>, 3> table;
  for (auto& row : table) row.assign(static_cast<std::size_t>(columns) + 1, too_far);
  for (int j = 0; j <= std::min(columns, limit); ++j) table[0][j] = j;
  for (int i = 1; i <= rows; ++i) {
    auto& here = table[i % 3];
    auto const& above = table[(i + 2) % 3];
    auto const& two_above = table[(i + 1) % 3];
    int const from = std::max(1, i - limit);
    int const until = std::min(columns, i + limit);
    std::ranges::fill(here, too_far);
    if (i <= limit) here[0] = i;
    int best = here[0];
    for (int j = from; j <= until; ++j) {
      int cost = std::min({above[j] + 1, here[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost = std::min(cost, two_above[j - 2] + 1);
      here[j] = std::min(cost, too_far);
      best = std::min(best, here[j]);
    }
    if (best > limit && std::ranges::min(above) > limit) return too_far;
  }
  return table[rows % 3][columns];
}

}  // namespace birge
