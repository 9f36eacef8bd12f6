#pragma once

#include <functional>
#include <string_view>

#include "platform/sheet/source.hpp"

/// Inside the sheet room: which encoding a text file is in, and its text as UTF-8.
namespace birge::sheet {

enum class Encoding {
  utf8,
  windows_1251,
  ibm_866,  ///< what Excel's "CSV (MS-DOS)" makes of Cyrillic
  windows_1252,
  utf16_little,
  utf16_big,
};

struct Decoding {
  Encoding encoding = Encoding::utf8;
  std::size_t mark = 0;  ///< bytes of the byte order mark to leave out
  bool damaged = false;  ///< UTF-8 in which some bytes make no character; they become U+FFFD
};

/// How people call it, and ICU too: UTF-8, Windows-1251.
std::string_view encoding_name(Encoding encoding);

/// Reads the whole file once and decides. Throws Problem if the bytes are no text.
Decoding find_encoding(Source const& source);

/// Hands over the text from the start as UTF-8, piece by piece (a piece may end within a character). `take` returns false to stop.
void decode(Source const& source, Decoding const& decoding, std::function<bool(std::string_view)> const& take);

}  // namespace birge::sheet
