#include "features/search/search.hpp"

#include <algorithm>

#include "platform/base/text.hpp"

namespace birge::search {

namespace {

constexpr std::size_t most_characters = 100, most_words = 8;
constexpr std::size_t before_found = 60, of_excerpt = 160;  // characters

/// Spaces and what ASCII has of punctuation, but not the apostrophe and hyphen inside of words.
bool between_words(char c) {
  auto const byte = static_cast<unsigned char>(c);
  if (byte >= 0x80 || c == '-' || c == '\'') return false;
  return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
}

/// Calls `take(begin, end)` for each run of a text between such characters.
template <class Take>
void each_run(std::string_view text, Take&& take) {
  for (std::size_t begin = 0; begin < text.size();) {
    while (begin < text.size() && between_words(text[begin])) ++begin;
    auto end = begin;
    while (end < text.size() && !between_words(text[end])) ++end;
    if (end > begin) take(begin, end);
    begin = end;
  }
}

bool begins_one(std::string_view word, std::vector<std::string> const& known) {
  return std::ranges::any_of(known, [&](auto const& own) { return own.starts_with(word); });
}

std::size_t letters(std::string_view folded) {
  return static_cast<std::size_t>(std::ranges::count_if(folded, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool one_of(std::string_view letters, char c) { return c != '\0' && letters.find(c) != std::string_view::npos; }

/// The ts that many write as c, and before -ia as s or z, and the i that some write as j there: lekciya, leksia, migracija, migrazia.
std::string with_soft_ending(std::string_view text) {
  std::string out;
  auto const at = [&](std::size_t i) { return i < text.size() ? text[i] : '\0'; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const before_ia = at(i + 1) == 'i' && (at(i + 2) == 'a' || (one_of("yj", at(i + 2)) && at(i + 3) == 'a'));
    bool const already = i > 0 && text[i - 1] == 't';
    if ((text[i] == 'c' && !one_of("hk", at(i + 1))) || (one_of("sz", text[i]) && before_ia && !already)) out += "ts";
    else if (text[i] == 'j' && i > 0 && text[i - 1] == 'i' && at(i + 1) == 'a') out += 'y';
    else out += text[i];
  }
  return out;
}

std::string replaced(std::string_view text, char letter, std::string_view by) {
  std::string out;
  for (char const c : text) {
    if (c == letter) out += by;
    else out += c;
  }
  return out;
}

}  // namespace

Wanted wanted(std::string_view typed) {
  Wanted wanted{clean_line(typed), {}};
  if (length(wanted.text) > most_characters) wanted.text = shortened(wanted.text, most_characters);
  wanted.words = words(wanted.text);
  if (wanted.words.size() > most_words) wanted.words.resize(most_words);
  return wanted;
}

std::vector<std::string> other_spellings(std::string_view typed) {
  std::string text(typed);
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  auto const likely = with_soft_ending(text);
  std::vector<std::string> list;
  for (auto const& candidate : {likely, replaced(likely, 'x', "kh"), replaced(likely, 'j', "y"), replaced(replaced(likely, 'x', "kh"), 'j', "y")})
    if (words(candidate) != words(typed) && std::ranges::find(list, candidate) == list.end()) list.push_back(candidate);
  return list;
}

bool fits(Wanted const& wanted, std::vector<std::string_view> const& texts) {
  std::vector<std::string> known;
  for (auto const text : texts)
    for (auto& word : words(text)) known.push_back(std::move(word));
  return !wanted.empty() && std::ranges::all_of(wanted.words, [&](auto const& word) { return begins_one(word, known); });
}

std::size_t words_in(Wanted const& wanted, std::string_view text) {
  auto const known = words(text);
  return static_cast<std::size_t>(std::ranges::count_if(wanted.words, [&](auto const& word) { return begins_one(word, known); }));
}

std::vector<Piece> pieces(Wanted const& wanted, std::string_view text) {
  std::vector<Piece> list;
  std::size_t told = 0;
  each_run(text, [&](std::size_t begin, std::size_t end) {
    auto const run = text.substr(begin, end - begin);
    auto const own = words(run);
    if (std::ranges::none_of(wanted.words, [&](auto const& word) { return begins_one(word, own); })) return;
    if (begin > told) list.push_back({text.substr(told, begin - told), false});
    list.push_back({run, true});
    told = end;
  });
  if (told < text.size()) list.push_back({text.substr(told), false});
  return list;
}

std::string excerpt(Wanted const& wanted, std::string_view text) {
  auto const line = clean_line(text);
  auto const list = pieces(wanted, line);
  auto const found = std::ranges::find(list, true, &Piece::found);
  std::string_view left(line);
  auto const at = found == list.end() ? 0 : static_cast<std::size_t>(found->text.data() - line.data());
  if (auto const far = length(left.substr(0, at)); far > before_found) {
    // Begins with a whole word.
    std::size_t begin = 0, passed = 0;
    for (; begin < at && (passed < far - before_found || line[begin - 1] != ' '); ++begin)
      if ((static_cast<unsigned char>(line[begin]) & 0xC0) != 0x80) ++passed;
    left.remove_prefix(begin);
  }
  return (left.size() < line.size() ? "…" : "") + shortened(left, of_excerpt);
}

std::string_view written(std::string_view text, std::string_view word) {
  std::string_view found;
  each_run(text, [&](std::size_t begin, std::size_t end) {
    auto const run = text.substr(begin, end - begin);
    auto const own = words(run);
    if (found.empty() && std::ranges::find(own, word) != own.end()) found = run;
  });
  return found;
}

std::vector<std::string> nearest(std::string_view word, std::vector<std::string> const& known) {
  int const limit = letters(word) <= 4 ? 1 : 2;
  std::vector<std::pair<int, std::string>> near;
  for (auto const& candidate : known)
    if (auto const distance = edit_distance(word, candidate, limit); distance > 0 && distance <= limit) near.emplace_back(distance, candidate);
  std::ranges::sort(near);
  std::vector<std::string> list;
  for (auto& [distance, candidate] : near) list.push_back(std::move(candidate));
  return list;
}

}  // namespace birge::search
