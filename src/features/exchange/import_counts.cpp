#include "features/exchange/import_counts.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "features/exchange/import_vocabulary.hpp"

namespace birge::exchange {

namespace {

using Problem = Heads::Problem;
constexpr std::int64_t largest = 1'000'000'000'000;

enum class Word { filler, about, more, less, negation, from, to, nothing };

Vocabulary<Word> const& vocabulary() {
  static constexpr Words<Word> lists[] = {
      {Word::about,
       "около|примерно|приблизительно|порядка|ок|прим|about|approx|approximately|around|circa|ca|болжол|болжолдуу|менен|жакын|"
       "чамасы|чамасында|дой|дөй|дай|дей|чукул|тегереги"},
      {Word::more, "более|больше|свыше|минимум|over|more|least|ашык|ашуун|көп|плюс"},
      {Word::less, "менее|меньше|максимум|less|under|most|кем|аз"},
      {Word::negation, "не|эмес"},
      {Word::from, "от|с|between|from|дан|дон|ден|дөн|тан|тон|тен|төн"},
      {Word::to, "до|по|to|and|чейин"},
      {Word::nothing, "нет|жок|na|none|unknown|неизвестно|белгисиз|данных|маалымат|not|counted|данные"},
      {Word::filler,
       "at|чел|человек|человека|участников|участника|участники|уч|адам|адамдар|киши|катышуучу|катышуучулар|people|persons|participants|pers|"
       "ге|га|ке|ка|го|гө|кө|ко|жаш|окуучу|окуучулар|студент|студенттер|просмотров|слушателей|зрителей"}};
  static auto const words = vocabulary_of(lists);
  return words;
}

struct Parts {
  std::vector<std::int64_t> numbers;
  bool understood = true, negative = false, fraction = false, ambiguous = false, dash = false, plus = false;
  bool about = false, more = false, less = false, negation = false, hyphen = false, from = false, to = false, nothing = false;
};

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Latin or Cyrillic; the other signs people write here begin with other bytes.
bool letter(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || (byte >= 0xd0 && byte <= 0xd3);
}

class Scanner {
public:
  explicit Scanner(std::string_view text) : text_(text) {}

  Parts take() {
    while (at_ < text_.size()) {
      char const c = text_[at_];
      if (digit(c)) number();
      else if (dash()) behind_dash();
      else if (c == '+') parts_.plus = true, ++at_;
      else if (c == '~' || rest().starts_with("≈")) parts_.about = true, at_ += c == '~' ? 1 : 3;
      else if (c == '<' || c == '>') (c == '<' ? parts_.less : parts_.more) = true, ++at_;
      else if (rest().starts_with("…") || rest().starts_with("..")) parts_.dash = true, at_ += c == '.' ? 2 : 3;
      else if (c == ' ' || c == '.' || c == ',' || c == '?') ++at_;
      else if (rest().starts_with("\u00a0")) at_ += 2;
      else word();
    }
    return std::move(parts_);
  }

private:
  std::string_view rest() const { return text_.substr(at_); }

  bool dash() {
    if (text_[at_] == '-') return ++at_, true;
    if (rest().starts_with("–") || rest().starts_with("—") || rest().starts_with("−")) return at_ += 3, true;
    return false;
  }

  /// A letter right behind it makes it the hyphen of an ending ("150-гө"), which ends no range and says nothing: the ending "ка" looks like "ca", circa.
  void behind_dash() {
    char const next = at_ < text_.size() ? text_[at_] : ' ';
    if (parts_.numbers.empty()) parts_.negative |= digit(next);
    else if (!letter(next)) parts_.dash = true;
    else {
      parts_.hyphen = true;
      while (at_ < text_.size() && (letter(text_[at_]) || static_cast<unsigned char>(text_[at_]) >= 0x80)) ++at_;
    }
  }

  /// Length of what may stand between groups of three digits: a space of any kind, a comma, an apostrophe.
  std::size_t group_mark() const {
    if (at_ >= text_.size()) return 0;
    if (text_[at_] == ' ' || text_[at_] == ',' || text_[at_] == '\'') return 1;
    if (rest().starts_with("\u00a0")) return 2;
    if (rest().starts_with("\u202f") || rest().starts_with("\u2009")) return 3;
    return 0;
  }

  bool three_digits(std::size_t at) const {
    return at + 3 <= text_.size() && digit(text_[at]) && digit(text_[at + 1]) && digit(text_[at + 2]) &&
           (at + 3 == text_.size() || !digit(text_[at + 3]));
  }

  void number() {
    std::int64_t value = 0;
    int digits = 0;
    for (;;) {
      for (; at_ < text_.size() && digit(text_[at_]); ++at_, ++digits) value = value < largest ? value * 10 + (text_[at_] - '0') : largest;
      auto const mark = group_mark();
      if (mark == 0 || digits > 12 || !three_digits(at_ + mark)) break;
      if (parts_.numbers.empty() && value == 0) break;
      if (digits > 3 && !grouped_) break;  // 1500 200 is no number
      grouped_ = true;
      at_ += mark;
    }
    grouped_ = false;
    if (at_ + 1 < text_.size() && (text_[at_] == '.' || text_[at_] == ',') && digit(text_[at_ + 1])) fraction(value);
    parts_.numbers.push_back(value);
  }

  /// Decimals of zeros come from programs and are left out; three behind a point are as often a group of thousands.
  void fraction(std::int64_t value) {
    bool const group = text_[at_] == '.' && value != 0 && three_digits(at_ + 1);
    bool zeros = true;
    for (++at_; at_ < text_.size() && digit(text_[at_]); ++at_) zeros &= text_[at_] == '0';
    parts_.fraction |= !zeros;
    parts_.ambiguous |= zeros && group;
  }

  void word() {
    auto const start = at_;
    while (at_ < text_.size() && !digit(text_[at_]) && std::string_view(" .,-+~?").find(text_[at_]) == std::string_view::npos) ++at_;
    auto const folded = fold(text_.substr(start, at_ - start));
    if (folded.empty()) return;
    for (auto const part : split(folded, ' ')) mean(std::string(part));
  }

  void mean(std::string const& word) {
    auto const found = vocabulary().find(word);
    if (found == vocabulary().end()) {
      parts_.understood = false;
      return;
    }
    parts_.about |= found->second == Word::about;
    parts_.more |= found->second == Word::more;
    parts_.less |= found->second == Word::less;
    parts_.negation |= found->second == Word::negation;
    parts_.from |= found->second == Word::from;
    parts_.to |= found->second == Word::to;
    parts_.nothing |= found->second == Word::nothing;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool grouped_ = false;
  Parts parts_;
};

bool speaks_of_number(Parts const& parts) { return parts.about || parts.more || parts.less || parts.negation || parts.from || parts.to; }

/// The end that one number with a word or a dash lacks: "не более 50" and "до 50" have no lower one, "не менее 50" and "50+" no upper one.
Problem missing_end(Parts const& parts) {
  bool const no_lower = parts.negation ? parts.more : parts.less, no_upper = parts.negation ? parts.less : parts.more;
  if (no_lower || (parts.to && !parts.from && !parts.dash && !parts.plus && !no_upper)) return Problem::no_lower;
  if (no_upper || parts.plus || parts.from || parts.dash) return Problem::open;
  return parts.negation ? Problem::unreadable : Problem::none;
}

Heads problem(Problem problem) {
  Heads heads;
  heads.problem = problem;
  return heads;
}

}  // namespace

Heads read_heads(std::string_view text) {
  auto const trimmed = trim(text);
  if (trimmed.empty()) return problem(Problem::empty);
  if (trimmed.size() > 100) return problem(Problem::unreadable);
  static auto const abbreviations = {fold("н/д"), fold("n/a"), fold("нет данных")};
  if (std::ranges::find(abbreviations, fold(trimmed)) != abbreviations.end()) return problem(Problem::empty);
  auto const parts = Scanner(trimmed).take();
  if (!parts.understood) return problem(Problem::unreadable);
  if (parts.numbers.empty()) return problem(speaks_of_number(parts) && !parts.nothing ? Problem::unreadable : Problem::empty);
  if (parts.numbers.size() > 2 || parts.nothing) return problem(Problem::unreadable);
  if (parts.negative) return problem(Problem::negative);
  if (parts.fraction) return problem(Problem::fraction);
  bool const two = parts.numbers.size() == 2;
  if (parts.ambiguous) {
    auto heads = problem(Problem::ambiguous);
    if (!two) heads.readings = {parts.numbers.front() * 1000, parts.numbers.front()};
    return heads;
  }
  if (two && !parts.dash && !(parts.to && (parts.from || parts.hyphen))) return problem(Problem::unreadable);
  if (two && (parts.more || parts.less || parts.negation || parts.plus)) return problem(Problem::unreadable);
  if (auto const missing = missing_end(parts); !two && missing != Problem::none) return problem(missing);
  Heads heads;
  heads.count = {parts.numbers.front(), parts.numbers.back()};
  heads.about = parts.about;
  if (heads.count.low > heads.count.high) return problem(Problem::backwards);
  return heads;
}

Heads read_heads(sheet::Cell const& cell) {
  using Type = sheet::Cell::Type;
  if (cell.type == Type::empty) return problem(Problem::empty);
  if (cell.type == Type::number) {
    if (cell.number < 0) return problem(Problem::negative);
    if (cell.number != std::floor(cell.number)) return problem(Problem::fraction);
    Heads heads;
    auto const value = cell.number < static_cast<double>(largest) ? static_cast<std::int64_t>(cell.number) : largest;
    heads.count = {value, value};
    return heads;
  }
  if (cell.type != Type::text) return problem(Problem::unreadable);
  return read_heads(cell_text(cell));
}

}  // namespace birge::exchange
