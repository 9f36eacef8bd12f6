#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <stdexcept>

#include "platform/base/text.hpp"

namespace birge {

namespace {

/// Kyrgyz Cyrillic in Latin letters as road signs write it (ж is j, ң is ng); Russian letters as BGN/PCGN does.
std::string_view latin(UChar32 c) {
  constexpr std::string_view basic[] = {"a", "b", "v", "g", "d", "e",  "j",  "z",  "i",  "y",    "k", "l", "m", "n", "o",  "p",
                                        "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "",  "y", "",  "e", "yu", "ya"};
  if (c >= 0x430 && c <= 0x44f) return basic[c - 0x430];
  switch (c) {
    case U'ё': return "yo";
    case U'ң': return "ng";
    case U'ө':
    case U'ҩ': return "o";
    case U'ү':
    case U'ұ':
    case U'ў':
    case U'ӯ': return "u";
    case U'і':
    case U'ї':
    case U'ӣ':
    case 0x131: return "i";
    case U'є': return "ye";
    case U'ґ':
    case U'ғ': return "g";
    case U'қ': return "k";
    case U'һ':
    case U'ҳ': return "h";
    case U'ә': return "a";
    case U'ҷ': return "ch";
    case U'ß': return "ss";
    default: return "-";
  }
}

void append(std::string& out, std::string_view part) {
  for (char const c : part)
    if (c != '-' || (!out.empty() && out.back() != '-')) out += c;
}

bool plain(UChar32 c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// A letter with an accent is that letter; anything else the table does not know separates words.
void append_letter(std::string& out, UChar32 c, icu::Normalizer2 const& nfd) {
  c = u_tolower(c);
  if (plain(c)) {
    out += static_cast<char>(c);
    return;
  }
  bool const apostrophe = c == '\'' || c == 0x2019 || c == 0x2bc || c == 0x2bb;
  auto const category = u_charType(c);
  if (apostrophe || category == U_NON_SPACING_MARK || category == U_FORMAT_CHAR) return;
  icu::UnicodeString parts;
  bool const known = latin(c) != "-";
  if (!known && nfd.getDecomposition(c, parts) && plain(parts.char32At(0))) out += static_cast<char>(parts.char32At(0));
  else append(out, latin(c));
}

}  // namespace

std::string slug(std::string_view text) {
  constexpr std::size_t longest = 60;
  UErrorCode status = U_ZERO_ERROR;
  auto const* const nfkc = icu::Normalizer2::getNFKCInstance(status);
  auto const* const nfd = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("normalization: " + std::string(u_errorName(status)));
  auto const whole = nfkc->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), status);

  std::string out;
  for (int32_t i = 0; i < whole.length() && out.size() <= longest; i = whole.moveIndex32(i, 1)) append_letter(out, whole.char32At(i), *nfd);
  if (out.size() > longest) {
    auto const hyphen = out.rfind('-', longest);
    out.resize(hyphen != std::string::npos && hyphen >= longest / 2 ? hyphen : longest);
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

}  // namespace birge
