#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// How the name of a place is taken apart for matching. Only for this feature.
namespace birge::place {

/// Which kinds of places a kind word may stand for, as bits.
enum KindBits : unsigned { oblast_bit = 1, city_bit = 2, district_bit = 4, community_bit = 8, country_bit = 16 };

unsigned kinds_of_place(std::string_view kind);

/// A name without its kind words: "Ноокенский р-н" is the word ноокенскии and district_bit.
struct NameWords {
  std::vector<std::string> words;  ///< folded
  unsigned kinds = 0;              ///< 0: no kind word was there
};
NameWords read_words(std::string_view text);
NameWords read_words(std::vector<std::string> const& folded_words);

/// The folded words of a text, single letters included.
std::vector<std::string> folded_words(std::string_view text);

/// What spellings are compared by: the words with one space between them and doubled letters once, so that Ак-Суу and Ак Су meet.
std::string place_key(std::vector<std::string> const& words);

/// A key without its spaces, where also Аксуу meets them. Looser: Каракол and Кара-Көл are one. It begins with a mark, so that the two
/// sorts of key are not taken for each other.
inline constexpr char joined_mark = '+';
std::string joined_key(std::string_view key);

/// A joined key without the ending of a Russian adjective (ский, ская, ского ...); nothing when it has none.
std::optional<std::string> adjective_stem(std::string_view joined);

/// Every key a place is found by.
std::set<std::string> keys_of(std::vector<std::string> const& names, std::vector<std::string> const& aliases);

}  // namespace birge::place
