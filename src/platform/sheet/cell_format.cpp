#include <string>

#include "platform/sheet/workbook_parts.hpp"

namespace birge::sheet {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

struct Letters {
  bool year_or_day = false, hour_or_second = false, month = false, elapsed = false;
};

/// Reads what stands in brackets: [h] is elapsed time, [Red], [$-419] and [>=100] are decoration. Returns where it ends.
std::size_t read_brackets(std::string_view code, std::size_t at, Letters& letters) {
  auto const end = code.find(']', at);
  if (end == std::string_view::npos) return code.size();
  auto const inside = code.substr(at + 1, end - at - 1);
  if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) letters.elapsed = true;
  return end;
}

/// The letters of the first section (the one for positive numbers) that are not quoted, escaped or in brackets.
Letters letters_of(std::string_view code) {
  Letters letters;
  for (std::size_t at = 0; at < code.size() && code[at] != ';'; ++at) {
    switch (lower(code[at])) {
      case '"': at = std::min(code.find('"', at + 1), code.size()); break;
      case '\\':
      case '_':
      case '*': ++at; break;
      case '[': at = read_brackets(code, at, letters); break;
      case 'y':
      case 'd': letters.year_or_day = true; break;
      case 'h':
      case 's': letters.hour_or_second = true; break;
      case 'm': letters.month = true; break;
      default: break;
    }
  }
  return letters;
}

}  // namespace

Shown shown_by(std::string_view format_code) {
  std::string word;
  for (char const c : format_code) word += lower(c);
  if (word == "general" || word == "standard" || word == "@") return Shown::number;
  auto const letters = letters_of(format_code);
  if (letters.year_or_day) return letters.hour_or_second || letters.elapsed ? Shown::moment : Shown::day;
  if (letters.elapsed) return Shown::elapsed;
  if (letters.hour_or_second) return Shown::time;
  return letters.month ? Shown::day : Shown::number;  // mmmm alone is a month's name
}

std::string unescaped(std::string_view text) {
  std::string plain;
  for (;;) {
    auto const at = text.find("_x");
    plain += text.substr(0, at);
    if (at == std::string_view::npos) return plain;
    text.remove_prefix(at);
    int code = 0;
    bool escape = text.size() >= 7 && text[6] == '_';
    for (std::size_t i = 2; escape && i < 6; ++i) {
      char const c = lower(text[i]);
      escape = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      code = code * 16 + (c <= '9' ? c - '0' : c - 'a' + 10);
    }
    // Only ASCII is ever written so; a zero has no place in a text.
    if (escape && code > 0 && code < 0x80) plain += static_cast<char>(code);
    else if (!escape || code != 0) plain += text.substr(0, escape ? 7 : 2);
    text.remove_prefix(escape ? 7 : 2);
  }
}

}  // namespace birge::sheet
