#include "features/account/password.hpp"

#include <zxcvbn.h>

#include <algorithm>
#include <array>

#include "platform/base/text.hpp"

namespace birge::account {

namespace {

constexpr std::size_t fewest_characters = 10;
constexpr std::size_t most_bytes = 200;
// A thousand million guesses. With Argon2id and the delays at the door that is years at the door and weeks with a stolen database.
constexpr double least_bits = 30;

// What people here would try first and an international list does not have: as typed, in Latin letters, and on the wrong keyboard.
constexpr std::array local_words{
    "birge",    "бирге",    "кыргызстан", "kyrgyzstan", "bishkek",      "бишкек",        "парол",         "пароль",      "parol",       "gfhjkm",
    "сырсөз",   "сырсоз",   "syrsoz",     "йцукен",     "йцукенгшщз",   "фывапр",        "ячсмить",       "qwertyuiop",  "привет",      "privet",
    "салам",    "salam",    "ghbdtn",     "ырыс",       "манас",        "manas",         "ала-тоо",       "alatoo",      "ysyk-kol",    "иссык-куль",
    "issykkul", "ош",       "нарын",      "naryn",      "кампания",     "кампаниясы",    "campaign",      "торговля",    "адам",        "сатуу",
    "жаштар",   "молодежь", "агентство",  "агенттик",   "министерство", "администратор", "administrator", "координатор", "coordinator", "любовь",
    "люблю",    "сүйөм",    "махабат",    "мээрим",     "айгүл"};

double bits_of(std::string const& text, std::vector<std::string> const& words) {
  std::vector<char const*> dictionary;
  for (auto const& word : words) dictionary.push_back(word.c_str());
  dictionary.push_back(nullptr);
  return ZxcvbnMatch(text.c_str(), dictionary.data(), nullptr);
}

/// The words of our own and of the person, as they are and in Latin letters.
std::vector<std::string> dictionary_of(std::vector<std::string> const& personal) {
  std::vector<std::string> list(local_words.begin(), local_words.end());
  for (auto const& text : personal) {
    list.push_back(text);
    list.push_back(text.substr(0, text.find('@')));
    for (auto const part : split(text, ' ')) list.emplace_back(part);
  }
  for (std::size_t i = 0, count = list.size(); i < count; ++i) list.push_back(slug(list[i]));
  std::erase_if(list, [](std::string const& word) { return word.size() < 3; });
  return list;
}

/// The library knows letters of English only and takes each byte of ours for a letter, so a text in Cyrillic is measured in Latin letters too.
double bits(std::string_view password, std::vector<std::string> const& personal) {
  auto const words = dictionary_of(personal);
  std::string const text(password);
  auto const plain = bits_of(text, words);
  bool const ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii ? plain : std::min(plain, bits_of(slug(text), words));
}

/// One or two characters over and over: the library counts letters beyond ASCII by their bytes, so this is asked first.
std::size_t different_characters(std::string_view text) {
  std::vector<std::string_view> seen;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    auto const character = text.substr(i, end - i);
    bool known = false;
    for (auto const& other : seen) known = known || other == character;
    if (!known) seen.push_back(character);
    i = end;
  }
  return seen.size();
}

}  // namespace

std::string password_text(std::string_view typed) { return clean_line(typed); }

std::vector<Fault> check_password(std::string_view password, std::vector<std::string> const& personal) {
  if (length(password) < fewest_characters)
    return {{"password", message("Use at least 10 characters. Three or four words are easy to remember and hard to guess.")}};
  if (password.size() > most_bytes) return {{"password", message("This password is too long. Use fewer words.")}};
  if (different_characters(password) < 5 || bits(password, personal) < least_bits)
    return {{"password", message("This password is easy to guess. Add a word or two that have nothing to do with each other.")}};
  return {};
}

}  // namespace birge::account
