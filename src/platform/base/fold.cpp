// Folding for search and matching, words, and address parts: everything that makes spellings of three languages meet.

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "platform/base/code_point.hpp"
#include "platform/base/text.hpp"

namespace birge {

namespace {

constexpr UChar32 space = ' ';
constexpr UChar32 nothing = 0;
constexpr std::size_t table_size = 0x530;  // Latin, Greek and Cyrillic blocks: what the three languages are written in

/// What the letters and digits that need no thought become: themselves, in lower case, in the Cyrillic letter they share with
/// others. `ask` marks what the table does not know and ICU does.
constexpr UChar32 ask = -1;

constexpr void fold_cyrillic(std::array<UChar32, table_size>& table) {
  constexpr char32_t lower_case[] = U"абвгдежзийклмнопрстуфхцчшщъыьэюя";
  for (std::size_t i = 0; i < 32; ++i) table[U'а' + i] = table[U'А' + i] = static_cast<UChar32>(lower_case[i]);
  struct Pair {
    char32_t upper, lower, folded;
  };
  constexpr Pair pairs[] = {
      {U'Й', U'й', U'и'}, {U'Ы', U'ы', U'и'}, {U'Э', U'э', U'е'}, {U'Ё', U'ё', U'е'}, {U'Ъ', U'ъ', 0},
      {U'Ь', U'ь', 0},    {U'Ң', U'ң', U'н'}, {U'Ө', U'ө', U'о'}, {U'Ү', U'ү', U'у'},                      // Kyrgyz
      {U'І', U'і', U'и'}, {U'Ї', U'ї', U'и'}, {U'Є', U'є', U'е'}, {U'Ґ', U'ґ', U'г'}, {U'Ў', U'ў', U'у'},  // Ukrainian, Belarusian
      {U'Қ', U'қ', U'к'}, {U'Ғ', U'ғ', U'г'}, {U'Ұ', U'ұ', U'у'}, {U'Һ', U'һ', U'х'}, {U'Ә', U'ә', U'а'},  // Kazakh
      {U'Ҳ', U'ҳ', U'х'}, {U'Ҷ', U'ҷ', U'ч'}, {U'Ӣ', U'ӣ', U'и'}, {U'Ӯ', U'ӯ', U'у'}, {U'Җ', U'җ', U'ж'},  // Tajik, Tatar
  };
  for (auto const& pair : pairs) table[pair.upper] = table[pair.lower] = static_cast<UChar32>(pair.folded);
}

/// Latin letters by themselves; those that need their neighbours (h, s, y ...) are seen to in `Folding`.
constexpr char32_t latin_letters[] = U"абкдефгхижклмнопкрстуввкиз";      // a b c ... z
constexpr char32_t latin_look_alikes[] = U"авсдефгнижклмпорярстуувхуз";  // read as Cyrillic by their shape: c p x y h b n

constexpr std::array<UChar32, table_size> make_table() {
  std::array<UChar32, table_size> table{};
  for (auto& entry : table) entry = ask;
  for (UChar32 c = 0; c < 0x80; ++c) table[c] = space;
  for (UChar32 c = '0'; c <= '9'; ++c) table[c] = c;
  for (UChar32 c = 0; c < 26; ++c) table['a' + c] = table['A' + c] = static_cast<UChar32>(latin_letters[c]);
  for (char const c : {'\'', '`'}) table[static_cast<unsigned char>(c)] = nothing;  // a soft sign or glottal stop in Latin
  for (UChar32 c = 0x300; c < 0x370; ++c) table[c] = nothing;                       // accents that stand by themselves
  table[0x131] = U'и';                                                              // dotless i
  for (UChar32 const c : {0x2b9, 0x2bb, 0x2bc, 0x2bd}) table[c] = nothing;          // letter apostrophes
  fold_cyrillic(table);
  return table;
}
constexpr auto table = make_table();

bool latin(UChar32 c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool cyrillic(UChar32 c) { return c >= 0x400 && c < 0x530; }

/// Compatibility forms, case and accents of one code point taken apart, for what the table does not know.
icu::UnicodeString taken_apart(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  static icu::Normalizer2 const* const case_fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  static icu::Normalizer2 const* const decompose = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("normalization: " + std::string(u_errorName(status)));
  auto const result = decompose->normalize(case_fold->normalize(icu::UnicodeString(c), status), status);
  return U_SUCCESS(status) ? result : icu::UnicodeString();
}

/// Builds the folded text letter by letter; the rules that look at neighbours look at what was written last, so that both
/// scripts meet them and folding twice changes nothing.
class Folding {
public:
  explicit Folding(std::size_t bytes) { out_.reserve(bytes * 2); }

  /// `source` is the code point as it was read, `in_cyrillic_word` whether the letters around it are Cyrillic.
  void add(UChar32 source, bool in_cyrillic_word) {
    UChar32 const folded = source < 0 ? space : source < static_cast<UChar32>(table_size) ? table[source] : ask;
    if (folded == ask) add_unknown(source);
    else if (latin(source)) add_latin(source | 0x20, in_cyrillic_word);
    else {
      put(folded);
      if (folded != nothing) before_ = 0;
    }
  }

  std::string finish() {
    std::string text;
    text.reserve(out_.size() * 2);
    auto end = out_.size();
    if (end > 0 && out_[end - 1] == space) --end;
    for (std::size_t i = 0; i < end; ++i) append_code_point(text, out_[i]);
    return text;
  }

private:
  UChar32 last() const { return out_.empty() ? space : out_.back(); }

  void replace_last(UChar32 c) {
    out_.pop_back();
    put(c);
  }

  /// Writes a folded letter, joining what two letters together mean in the other spelling.
  void put(UChar32 c) {
    if (c == nothing || (c == space && last() == space)) return;
    if (c == U'ж')  // дж is the Russian spelling of Kyrgyz ж
      while (last() == U'д') out_.pop_back();
    else if (c == U'а' && last() == U'и') return replace_last(U'я');
    else if (c == U'у' && last() == U'и') return replace_last(U'ю');
    else if (c == U'я' || c == U'ю')  // Юлия, Yulia and Yuliya differ only in how many i stand before the last letter
      while (last() == U'и') out_.pop_back();
    else if (c == U'с' && last() == U'т') return replace_last(U'ц');
    else if (c == U'ч' && last() == U'ш') return replace_last(U'щ');
    out_.push_back(c);
  }

  void add_latin(UChar32 c, bool in_cyrillic_word) {
    auto const before = std::exchange(before_, c);
    if (in_cyrillic_word) put(static_cast<UChar32>(latin_look_alikes[c - 'a']));
    else if (c == 'h' && add_h_after(before)) return;
    else if (c == 'e' && before == 'y' && starts_word_) replace_last(U'е');
    else if (c == 'x') put(U'к'), put(U'с');
    else {
      starts_word_ = last() == space;
      put(static_cast<UChar32>(latin_letters[c - 'a']));
    }
  }

  /// kh, zh, ch, sh, gh and th: the h is part of the letter before it.
  bool add_h_after(UChar32 before) {
    if (before == 'k') replace_last(U'х');
    else if (before == 'z') replace_last(U'ж');
    else if (before == 'c') replace_last(U'ч');
    else if (before == 's' && last() == U'ц') out_.back() = U'т', put(U'ш');
    else if (before == 's') replace_last(U'ш');
    else return before == 'g' || before == 't';
    return true;
  }

  void add_unknown(UChar32 source) {
    auto const parts = taken_apart(source);
    for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
      auto const c = parts.char32At(i);
      auto const category = u_charType(c);
      if (c < static_cast<UChar32>(table_size) && table[c] != ask) add(c, false);
      else if (u_charDigitValue(c) >= 0) put('0' + u_charDigitValue(c));
      else if (u_isalnum(c)) put(c);
      else if (c == 0x2018 || c == 0x2019 || c == 0x2032) continue;  // typographic apostrophes and primes
      else if (category != U_NON_SPACING_MARK && category != U_ENCLOSING_MARK && category != U_FORMAT_CHAR) put(space);
    }
    if (parts.length() != 1 || !latin(parts.char32At(0))) before_ = 0;
  }

  std::vector<UChar32> out_;
  UChar32 before_ = 0;  ///< the Latin letter just before, in lower case; 0 if something else was
  bool starts_word_ = false;
};

/// For each byte offset of a word that mixes the scripts, Latin letters are there by mistake (a common slip on two keyboards,
/// and a trick): they are read by their shape. Nothing to do for the texts that have only one script.
bool mixes_scripts(std::string_view text) {
  bool any_latin = false;
  bool any_cyrillic = false;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    any_latin = any_latin || latin(byte);
    any_cyrillic = any_cyrillic || (byte >= 0xd0 && byte <= 0xd4);
  }
  return any_latin && any_cyrillic;
}

/// The end of the run of letters that starts at `at`, and whether one of them is Cyrillic.
std::pair<std::size_t, bool> word_from(std::string_view text, std::size_t at) {
  bool found = false;
  for (std::size_t next = at; next < text.size(); at = next) {
    auto const c = next_code_point(text, next);
    if (c < 0 || !u_isalpha(c)) break;
    found = found || cyrillic(c);
  }
  return {at, found};
}

}  // namespace

std::string fold(std::string_view text) {
  Folding folding(text.size());
  if (!mixes_scripts(text)) {
    for (std::size_t at = 0; at < text.size();) folding.add(next_code_point(text, at), false);
    return folding.finish();
  }
  for (std::size_t at = 0; at < text.size();) {
    auto const [end, in_cyrillic_word] = word_from(text, at);
    do folding.add(next_code_point(text, at), in_cyrillic_word);
    while (at < end);
  }
  return folding.finish();
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  auto const folded = fold(text);
  for (auto const word : split(folded, ' ')) {
    bool const digit = word.size() == 1 && word[0] >= '0' && word[0] <= '9';
    bool const one_letter = length(word) < 2;
    if ((digit || !one_letter) && std::ranges::find(result, word) == result.end()) result.emplace_back(word);
  }
  return result;
}

}  // namespace birge
