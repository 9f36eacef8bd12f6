#include "platform/sheet/book_text.hpp"

#include <algorithm>
#include <cstring>

#include "platform/base/text.hpp"

namespace birge::sheet {

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string storable(std::string_view shown, std::size_t units) {
  if (!valid_utf8(shown)) return "?";
  auto const plain = plain_spaces(shown);
  std::string_view const text = plain;
  std::string kept;
  for (std::size_t at = 0, used = 0; at < text.size();) {
    auto const first = static_cast<unsigned char>(text[at]);
    std::size_t const size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    auto const character = text.substr(at, size);
    at += size;
    if (first < 0x20 && first != '\t' && first != '\n') continue;
    if (character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF") continue;
    used += size == 4 ? 2 : 1;
    if (used > units) break;
    kept += character;
  }
  return kept;
}

std::string escaped(std::string text) {
  for (auto at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 2)) {
    bool const escape = text.size() >= at + 7 && text[at + 6] == '_' && text.find_first_not_of("0123456789abcdefABCDEF", at + 2) == at + 6;
    if (escape) text.replace(at, 1, "_x005F_"), at += 6;
  }
  return text;
}

std::string sheet_name(std::string_view wanted) {
  std::string name(wanted);
  for (char& c : name)
    if (c != '\0' && std::strchr("[]:*?/\\'", c) != nullptr) c = ' ';
  name = trim(storable(clean_line(name), 31));
  return name.empty() || fold(name) == "history" ? name + "_" : name;
}

}  // namespace birge::sheet
