#include "platform/sheet/csv_encoding.hpp"

#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

namespace birge::sheet {
namespace {

[[noreturn]] void refuse_noise(char const* why) {
  throw Problem(Failure::unsupported_type,
                message("This file is neither a table of text (CSV) nor an Excel workbook: open it in Excel, save it as .xlsx and send that."), why);
}

bool is_ascii_letter(unsigned char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

/// What is counted in one pass over the bytes.
class Census {
public:
  std::size_t bytes = 0, controls = 0, zeros[2] = {0, 0}, cyrillic = 0, western = 0, sequences = 0, broken = 0;
  std::size_t high = 0, windows = 0, dos = 0, latin = 0;  ///< bytes beyond ASCII; those usual in Windows-1251, IBM-866, Windows-1252
  bool cut_at_end = false;                                ///< the last character lacks bytes

  void add(unsigned char byte) {
    if (byte == 0) ++zeros[bytes % 2];
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') ++controls;
    if (byte >= 0x80) count_alphabets(byte);
    count_utf8(byte);
    count_neighbours(byte);
    ++bytes;
  }

  void finish() {
    count_neighbours('\n');
    cut_at_end = missing_ > 0;
  }

private:
  void count_utf8(unsigned char byte) {
    if (missing_ > 0) {
      if (byte >= low_ && byte <= high_) {
        low_ = 0x80, high_ = 0xBF;
        if (--missing_ == 0) ++sequences;
        return;
      }
      ++broken;
      missing_ = 0;
    }
    low_ = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
    high_ = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    if (byte < 0x80) return;
    if (byte >= 0xC2 && byte <= 0xDF) missing_ = 1;
    else if (byte >= 0xE0 && byte <= 0xEF) missing_ = 2;
    else if (byte >= 0xF0 && byte <= 0xF4) missing_ = 3;
    else ++broken;
  }

  void count_alphabets(unsigned char byte) {
    ++high;
    // Quotation marks, dashes and the ellipsis stand at the same places in both alphabets of Windows.
    bool const mark = byte == 0x85 || (byte >= 0x91 && byte <= 0x97) || byte == 0xA0 || byte == 0xAB || byte == 0xBB || byte == 0xB0;
    static constexpr std::string_view more_cyrillic = "\x99\xA1\xA2\xA8\xAA\xAF\xB2\xB3\xB8\xB9\xBA\xBF";  // ™ Ў ў Ё Є Ї І і ё № є ї
    windows += mark || byte >= 0xC0 || more_cyrillic.find(static_cast<char>(byte)) != std::string_view::npos;
    dos += byte <= 0xAF || (byte >= 0xE0 && byte <= 0xF1) || byte == 0xFC || byte == 0xFF;  // А-п, р-ё, №, space
    latin += mark || byte >= 0xC0 || byte == 0x80 || byte == 0x8C || byte == 0x9C || byte == 0x99;
  }

  /// A letter beyond ASCII between ASCII letters speaks for a western alphabet, one among its like or alone for Cyrillic.
  void count_neighbours(unsigned char next) {
    if (middle_ >= 0xC0) {
      bool const among_latin = (is_ascii_letter(before_) || is_ascii_letter(next)) && before_ < 0x80 && next < 0x80;
      ++(among_latin ? western : cyrillic);
    }
    before_ = middle_;
    middle_ = next;
  }

  int missing_ = 0;
  unsigned char low_ = 0x80, high_ = 0xBF, before_ = '\n', middle_ = '\n';
};

Census census_of(Source const& source, std::size_t from) {
  Census census;
  source.pieces(from, [&](std::string_view piece) {
    for (char const c : piece) census.add(static_cast<unsigned char>(c));
    return true;
  });
  census.finish();
  return census;
}

/// Excel's "Unicode text" has a mark, other programs leave it out: then the zeros of ASCII stand all on one side, if there is a comma or
/// line break at all.
std::optional<Encoding> utf16_without_mark(Census const& census) {
  if (census.bytes % 2 != 0 || census.zeros[0] + census.zeros[1] == 0) return std::nullopt;
  auto const few = census.bytes / 200;
  if (census.zeros[0] <= few && census.zeros[1] > 10 * census.zeros[0]) return Encoding::utf16_little;
  if (census.zeros[1] <= few && census.zeros[0] > 10 * census.zeros[1]) return Encoding::utf16_big;
  return std::nullopt;
}

/// UTF-16 is believed only if its units make text: no lone surrogates, no characters nobody has defined, hardly a control character.
void refuse_unless_text(Source const& source, Decoding const& decoding) {
  std::size_t bad = 0, all = 0;
  decode(source, decoding, [&](std::string_view text) {
    all += text.size();
    for (std::size_t i = 0; i < text.size(); ++i) {
      auto const c = static_cast<unsigned char>(text[i]);
      if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') ++bad;
      if (c == 0xEF && text.substr(i, 3) == "\xEF\xBF\xBD") ++bad;
      if (c == 0xEF && (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF")) ++bad;
      if (c == 0xEE) ++bad;  // U+E000-EFFF, private use
    }
    return true;
  });
  if (bad * 100 > all) refuse_noise("UTF-16 that makes no text");
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

}  // namespace

std::string_view encoding_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8: return "UTF-8";
    case Encoding::windows_1251: return "Windows-1251";
    case Encoding::ibm_866: return "IBM-866";
    case Encoding::windows_1252: return "Windows-1252";
    case Encoding::utf16_little: return "UTF-16LE";
    case Encoding::utf16_big: return "UTF-16BE";
  }
  return {};
}

Decoding find_encoding(Source const& source) {
  auto const head = source.head(4);
  auto const checked = [&](Decoding decoding) {
    refuse_unless_text(source, decoding);
    return decoding;
  };
  if (head.starts_with("\xFF\xFE")) return checked({Encoding::utf16_little, 2});
  if (head.starts_with("\xFE\xFF")) return checked({Encoding::utf16_big, 2});
  std::size_t const mark = head.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  auto const census = census_of(source, mark);
  if (auto const found = utf16_without_mark(census); found && mark == 0) return checked({*found, 0});
  if (census.zeros[0] + census.zeros[1] > 0) refuse_noise("zero bytes");
  if (census.controls * 200 > census.bytes) refuse_noise("control characters");
  if (census.broken == 0) return {Encoding::utf8, mark, census.cut_at_end};
  // One bad byte in a large file of UTF-8 is damage, not another encoding.
  if (mark > 0 || census.sequences > 20 * census.broken) return {Encoding::utf8, mark, true};
  auto const fits = [&](std::size_t usual) { return usual * 10 >= census.high * 9; };
  if (census.western > census.cyrillic && fits(census.latin)) return {Encoding::windows_1252, 0};
  if (census.dos > census.windows && fits(census.dos)) return {Encoding::ibm_866, 0};
  if (fits(census.windows)) return {Encoding::windows_1251, 0};
  refuse_noise("bytes of no known alphabet");
}

void decode(Source const& source, Decoding const& decoding, std::function<bool(std::string_view)> const& take) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<UConverter, CloseConverter> const from(ucnv_open(encoding_name(decoding.encoding).data(), &error)), to(ucnv_open("UTF-8", &error));
  if (U_FAILURE(error)) throw std::runtime_error(std::string("ICU lacks a converter: ") + u_errorName(error));
  std::array<UChar, 8 * 1024> pivot;
  std::array<char, 32 * 1024> text;
  UChar* pivot_from = pivot.data();
  UChar* pivot_to = pivot.data();
  bool first = true, wanted = true;
  // ICU keeps what a piece leaves unfinished; the empty piece at the end flushes it.
  auto const convert = [&](std::string_view piece, bool last) {
    char const* position = piece.data();
    do {
      error = U_ZERO_ERROR;
      char* end = text.data();
      ucnv_convertEx(to.get(), from.get(), &end, text.data() + text.size(), &position, piece.data() + piece.size(), pivot.data(), &pivot_from,
                     &pivot_to, pivot.data() + pivot.size(), first, last, &error);
      first = false;
      if (end != text.data()) wanted = take({text.data(), static_cast<std::size_t>(end - text.data())});
    } while (wanted && error == U_BUFFER_OVERFLOW_ERROR);
    if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR && error != U_TRUNCATED_CHAR_FOUND)
      throw std::runtime_error(std::string("ICU could not convert a text: ") + u_errorName(error));
    return wanted;
  };
  source.pieces(decoding.mark, [&](std::string_view piece) { return convert(piece, false); });
  if (wanted) convert(std::string_view("", 0), true);
}

}  // namespace birge::sheet
