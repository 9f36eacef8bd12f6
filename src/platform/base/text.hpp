#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Text is UTF-8 everywhere inside Birge; what comes from outside is checked once, at the edge.
namespace birge {

/// Lets an unordered map whose keys are texts be asked with a view of one.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

bool valid_utf8(std::string_view text);

/// Number of characters as a person counts them (grapheme clusters, Unicode UAX #29).
std::size_t length(std::string_view text);

/// At most `characters` characters, cut at a word where possible, with an ellipsis when something was cut.
std::string shortened(std::string_view text, std::size_t characters);

/// One line: white space folded to single spaces and trimmed, control characters and bidirectional overrides
/// (U+202A-202E, U+2066-2069, U+200E/F) removed, Unicode NFC. The text of every single-line field passes through here.
std::string clean_line(std::string_view text);

/// As clean_line, but line breaks stay (as \n, at most two in a row).
std::string clean_text(std::string_view text);

/// The same characters removed, but every space and line stays where it is (line breaks as \n): in Markdown they mean something.
std::string without_controls(std::string_view text);

/// What a page writes with no-break spaces, no-break hyphens and word joiners as a file or a feed has it: with ordinary ones, and no joiner.
/// What people typed has none of them: clean_line has been there.
std::string plain_spaces(std::string_view text);

/// What lies behind every text that begins so, in the order of code points: where a range of keys in an index ends.
std::string prefix_end(std::string_view prefix);

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
/// The parts with `between` between them.
std::string joined(std::span<std::string const> parts, std::string_view between);

/// The one folding of search and matching. What it gives is a key, never shown; compare only keys with keys, and never write one by
/// hand: fold the literal. Folding twice changes nothing. In this order:
/// - case, accents, compatibility forms (① ２ ﬁ) and combining marks go; other digits become 0-9;
/// - Kyrgyz and other Cyrillic letters become the Russian letter nearest to them: ң→н, ө→о, ү→у, қ→к, ї→и ...;
/// - ё, э→е; й, ы→и; ь, ъ and apostrophes go;
/// - Latin letters become the Cyrillic ones they transliterate: j, dj, zh, dzh→ж, kh→х, ch→ч, sh→ш, shch→щ, ts→ц, gh→г, th→т, x→кс,
///   y and i→и, ye at the start of a word→е; in a word that has Cyrillic letters they are read by their shape instead (Pоссия);
/// - in either script дж→ж, тс→ц, шч→щ, иа and ия→я, иу and ию→ю, so that the two meet;
/// - every run of white space and punctuation becomes one space, none at the ends.
/// Jalal-Abad, Жалал-Абад and Джалал-Абад all give "жалал абад". A space is never guessed: Jalalabad gives "жалалабад", so what
/// matches names compares the keys without spaces too. Double letters stay: Issyk-Kul and Ысык-Көл are for edit_distance.
std::string fold(std::string_view text);

/// The folded words of a text, each at least two characters or a digit, without repetitions, in order of appearance.
std::vector<std::string> words(std::string_view text);

/// Damerau-Levenshtein distance in code points, or `limit` + 1 when it is larger than `limit`.
int edit_distance(std::string_view a, std::string_view b, int limit);

/// Lower-case address part of Latin letters, digits and hyphens ("Ала-Бука" becomes "ala-buka"), at most 60 characters.
std::string slug(std::string_view text);

}  // namespace birge
