#pragma once

#include <unicode/utf8.h>

#include <cstddef>
#include <string>
#include <string_view>

/// UTF-8 taken apart and put together, for the few files that look at code points; in a header since folding does it for every letter.
namespace birge {

/// The next code point from `at` on, which moves behind it; negative for bytes that are not UTF-8.
inline UChar32 next_code_point(std::string_view text, std::size_t& at) {
  UChar32 c = 0;
  auto const* const bytes = reinterpret_cast<unsigned char const*>(text.data());
  U8_NEXT(bytes, at, text.size(), c);
  return c;
}

inline void append_code_point(std::string& out, UChar32 c) {
  char buffer[U8_MAX_LENGTH];
  std::size_t size = 0;
  U8_APPEND_UNSAFE(buffer, size, c);
  out.append(buffer, size);
}

}  // namespace birge
