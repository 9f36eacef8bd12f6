#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Search over everything somebody may see: what is looked for, and how texts fit it. Pure: no clock, database or language.
namespace birge::search {

/// What somebody looks for.
struct Wanted {
  std::string text;                ///< as it was typed: one line of at most 100 characters
  std::vector<std::string> words;  ///< folded, at most 8; something is found where each of them begins one of its words
  bool empty() const { return words.empty(); }
};
Wanted wanted(std::string_view typed);

/// What a text in Latin letters may mean besides, in the spellings that `fold` reads: "lekciya" and "leksiya" are "lektsiya". Most likely first; none
/// where it has no such letters.
std::vector<std::string> other_spellings(std::string_view typed);

/// Whether each word that is wanted begins one of the texts' words.
bool fits(Wanted const& wanted, std::vector<std::string_view> const& texts);

/// How many of the words that are wanted begin one of a text's words.
std::size_t words_in(Wanted const& wanted, std::string_view text);

/// A piece of a shown text; `found` where the search found it.
struct Piece {
  std::string_view text;
  bool found = false;
};
/// The text cut where words that were found begin and end. The pieces together are the text.
std::vector<Piece> pieces(Wanted const& wanted, std::string_view text);

/// A line of a longer text around the first place where something was found, with an ellipsis where it was cut.
std::string excerpt(Wanted const& wanted, std::string_view text);

/// The word of a text whose folding is `word`, as it is written there; empty where there is none.
std::string_view written(std::string_view text, std::string_view word);

/// Of known folded words those that may be meant by a mistyped one: one letter off for up to four letters, two for longer ones. Nearest first.
std::vector<std::string> nearest(std::string_view word, std::vector<std::string> const& known);

}  // namespace birge::search
