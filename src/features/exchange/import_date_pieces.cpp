#include "features/exchange/import_date_pieces.hpp"

#include <unordered_map>

#include "features/exchange/import_vocabulary.hpp"

namespace birge::exchange {

namespace {

int month_of(std::string const& folded) {
  static auto const stems = [] {
    std::vector<std::pair<std::string, int>> stems;
    constexpr std::pair<std::string_view, int> words[] = {
        {"январ", 1},   {"феврал", 2}, {"март", 3},      {"апрел", 4},    {"июн", 6},       {"июл", 7},      {"август", 8}, {"сентябр", 9},
        {"октябр", 10}, {"ноябр", 11}, {"декабр", 12},   {"january", 1},  {"february", 2},  {"march", 3},    {"april", 4},  {"june", 6},
        {"july", 7},    {"august", 8}, {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12}};
    for (auto const& [word, month] : words) stems.emplace_back(fold(word), month);
    return stems;
  }();
  static auto const exact = [] {
    std::unordered_map<std::string, int> exact;
    constexpr std::pair<std::string_view, int> words[] = {
        {"май", 5}, {"мая", 5}, {"майы", 5}, {"майда", 5}, {"may", 5},  {"янв", 1},   {"фев", 2},  {"февр", 2}, {"мар", 3}, {"апр", 4},
        {"авг", 8}, {"сен", 9}, {"сент", 9}, {"окт", 10},  {"ноя", 11}, {"нояб", 11}, {"дек", 12}, {"jan", 1},  {"feb", 2}, {"mar", 3},
        {"apr", 4}, {"jun", 6}, {"jul", 7},  {"aug", 8},   {"sep", 9},  {"sept", 9},  {"oct", 10}, {"nov", 11}, {"dec", 12}};
    for (auto const& [word, month] : words) exact.emplace(fold(word), month);
    return exact;
  }();
  if (auto const found = exact.find(folded); found != exact.end()) return found->second;
  for (auto const& [stem, month] : stems)
    if (folded.starts_with(stem) && folded.size() <= stem.size() + 8) return month;  // and at most four letters of an ending
  return 0;
}

bool is_range_word(std::string const& folded) {
  static auto const set = folded_set("по|до|to|till|until|through|дон|дан|ден|дөн|тан|тон|тен|төн");
  return set.contains(folded);
}

bool is_filler(std::string const& folded) {
  static auto const set = folded_set(
      "г|гг|год|года|году|ж|жж|жыл|жылы|жылдын|year|с|со|от|from|в|во|on|of|the|st|nd|rd|th|саат|сааты|ге|га|ке|ка|го|чейин|числа|күнү|"
      "понедельник|вторник|среда|среду|четверг|пятница|пятницу|суббота|субботу|воскресенье|пн|вт|ср|чт|пт|сб|вс|дүйшөмбү|шейшемби|"
      "шаршемби|бейшемби|жума|ишемби|жекшемби|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun");
  return set.contains(folded);
}

bool separator(char c) { return c == '.' || c == '-' || c == '/' || c == '~' || c == ','; }

class Reading {
public:
  explicit Reading(std::string_view text) : text_(text) {}

  Pieces take() {
    while (at_ < text_.size() && pieces_.understood) {
      char const c = text_[at_];
      if (c == ' ') ++at_;
      else if (is_digit(c)) number();
      else if (separator(c)) sign(c);
      else word();
    }
    while (!pieces_.signs.empty() && separator(pieces_.signs.back())) pieces_.signs.pop_back();
    return std::move(pieces_);
  }

private:
  void number() {
    int value = 0, digits = 0;
    for (; at_ < text_.size() && is_digit(text_[at_]); ++at_, ++digits)
      if (digits < 5) value = value * 10 + (text_[at_] - '0');
    if (digits != 1 && digits != 2 && digits != 4) pieces_.understood = false;
    else add(digits == 4 ? 'y' : 'd', value);
  }

  void sign(char c) {
    bool const spaced = at_ > 0 && text_[at_ - 1] == ' ' && at_ + 1 < text_.size() && text_[at_ + 1] == ' ';
    ++at_;
    if (pieces_.signs.empty()) return;
    if (c == '.' && after_word_) return;  // of an abbreviation
    if (c == '-' && spaced) c = '~';
    if (separator(pieces_.signs.back())) {
      if (c != ',' && c != '.') pieces_.signs.back() = c;
    } else pieces_.signs += c;
    after_word_ = false;
  }

  void word() {
    auto const start = at_;
    while (at_ < text_.size() && text_[at_] != ' ' && !is_digit(text_[at_]) && !separator(text_[at_]) && text_[at_] != '(' && text_[at_] != ')')
      ++at_;
    if (at_ == start) ++at_;  // a bracket
    auto const folded = fold(text_.substr(start, at_ - start));
    if (folded.empty()) return;
    if (auto const month = month_of(folded)) add('M', month);
    else if (is_range_word(folded)) drop_sign(), pieces_.signs += '~';
    else if (is_filler(folded)) drop_sign();
    else pieces_.understood = false;
    after_word_ = true;
  }

  /// "2018-ж.", "14.09.2018, пятница": the sign belonged to the word.
  void drop_sign() {
    if (!pieces_.signs.empty() && separator(pieces_.signs.back()) && pieces_.signs.back() != '~') pieces_.signs.pop_back();
  }

  void add(char sign, int value) {
    if (!pieces_.signs.empty() && pieces_.signs.back() == ',' && sign != 'd') pieces_.signs.pop_back();
    pieces_.signs += sign;
    pieces_.values.push_back(value);
    after_word_ = false;
  }

  std::string text_;
  std::size_t at_ = 0;
  Pieces pieces_;
  bool after_word_ = false;
};

}  // namespace

Pieces pieces_of(std::string_view text) { return Reading(text).take(); }

std::string plain_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto const rest = text.substr(i);
    if (rest.starts_with("–") || rest.starts_with("—") || rest.starts_with("−") || rest.starts_with("‑")) out += '-', i += 3;
    else if (rest.starts_with("\u00a0")) out += ' ', i += 2;
    else out += text[i] == '\t' || text[i] == '\n' ? ' ' : text[i], ++i;
  }
  return out;
}

}  // namespace birge::exchange
