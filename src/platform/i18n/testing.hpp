#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace birge {

/// A compiled gettext catalogue from keys to translations, for tests: the key of a plural is "one\0many", that of a text in a
/// context "context\4text", that of the header "". The layout is gettext's manual, "The Format of GNU MO Files".
inline std::string mo_of(std::map<std::string, std::string> const& texts) {
  auto const count = static_cast<std::uint32_t>(texts.size());
  std::string table, data;
  auto const word = [](std::string& out, std::uint32_t value) { out.append(reinterpret_cast<char const*>(&value), sizeof value); };
  std::uint32_t const data_start = 28 + 16 * count;
  auto const put = [&](std::string const& text) {
    word(table, static_cast<std::uint32_t>(text.size()));
    word(table, data_start + static_cast<std::uint32_t>(data.size()));
    data += text;
    data += '\0';
  };
  for (auto const& [key, text] : texts) put(key);
  for (auto const& [key, text] : texts) put(text);
  std::string result;
  for (std::uint32_t const value : {0x950412deU, 0U, count, 28U, 28 + 8 * count, 0U, data_start}) word(result, value);
  return result + table + data;
}

}  // namespace birge
