#include <algorithm>
#include <cmath>
#include <string>

#include "features/exchange/import_dates.hpp"
#include "features/exchange/import_vocabulary.hpp"

namespace birge::exchange {

namespace {

struct ClockReading {
  int hour = 0, minutes = 0;
  bool bare = true;  ///< an hour alone
};

struct Scan {
  std::vector<ClockReading> times;
  bool understood = true;
  bool worded = false;  ///< "с ... до", "ч", am or pm: hours alone are meant as hours
};

bool digit(char c) { return c >= '0' && c <= '9'; }

class Scanner {
public:
  explicit Scanner(std::string_view text) : text_(text) {}

  Scan take() {
    while (at_ < text_.size() && scan_.understood) {
      char const c = text_[at_];
      if (digit(c)) time();
      else if (c == ' ' || c == '-' || c == ',' || c == '.' || c == '(' || c == ')') ++at_;
      else word();
    }
    return std::move(scan_);
  }

private:
  int number(std::size_t& at, int& digits) const {
    int value = 0;
    for (digits = 0; at < text_.size() && digit(text_[at]); ++at, ++digits)
      if (digits < 4) value = value * 10 + (text_[at] - '0');
    return value;
  }

  void time() {
    int digits = 0;
    ClockReading reading;
    reading.hour = number(at_, digits);
    if (digits > 2 || reading.hour > 23) scan_.understood = false;
    minutes(reading);
    if (at_ < text_.size() && digit(text_[at_])) scan_.understood = false;
    scan_.times.push_back(reading);
  }

  /// 10:30, 10.30, and 10-30 where the second number can be no hour.
  void minutes(ClockReading& reading) {
    if (at_ + 2 >= text_.size() || !digit(text_[at_ + 1]) || !digit(text_[at_ + 2])) return;
    char const sign = text_[at_];
    auto after = at_ + 1;
    int digits = 0;
    int const value = number(after, digits);
    bool const dash = sign == '-' && (value == 0 || value > 23) && (after == text_.size() || (text_[after] != ':' && text_[after] != '.'));
    if ((sign != ':' && sign != '.' && !dash) || digits != 2) return;
    if (value > 59) scan_.understood = false;
    reading.minutes = value;
    reading.bare = false;
    at_ = after;
    if (at_ + 2 < text_.size() && text_[at_] == ':' && digit(text_[at_ + 1]) && digit(text_[at_ + 2])) at_ += 3;  // seconds
  }

  void word() {
    auto const start = at_;
    while (at_ < text_.size() && !digit(text_[at_]) && std::string_view(" -,.()").find(text_[at_]) == std::string_view::npos) ++at_;
    auto const word = fold(text_.substr(start, at_ - start));
    static auto const fillers = folded_set(
        "с|со|от|до|по|в|во|к|from|to|till|until|at|ч|час|часа|часов|саат|сааты|чейин|дан|дон|ден|дөн|тан|тон|тен|төн|ге|га|ке|ка|"
        "го|да|до|де|дө|та|те|то|төн|мин|минут|h|hrs|oclock|o|clock|баштап|башталат");
    static auto const am = fold("am"), pm = fold("pm");
    if (word.empty()) return;
    if (word == am || word == pm) half_day(word == pm);
    else if (fillers.contains(word)) scan_.worded = true;
    else scan_.understood = false;
  }

  void half_day(bool afternoon) {
    scan_.worded = true;
    if (scan_.times.empty() || scan_.times.back().hour > 12 || scan_.times.back().hour == 0) {
      scan_.understood = false;
      return;
    }
    auto& hour = scan_.times.back().hour;
    hour = hour % 12 + (afternoon ? 12 : 0);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Scan scan_;
};

bool all_day(std::string const& folded) {
  static auto const set = [] {
    std::unordered_set<std::string> set;
    for (auto const* text :
         {"весь день", "целый день", "в течение дня", "күн бою", "күнү бою", "all day", "whole day", "уточняется", "такталууда", "tbd"})
      set.insert(fold(text));
    return set;
  }();
  return set.contains(folded);
}

Times problem(Times::Problem problem) {
  Times times;
  times.problem = problem;
  return times;
}

std::string one_dash(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto const rest = text.substr(i);
    if (rest.starts_with("–") || rest.starts_with("—") || rest.starts_with("−")) out += '-', i += 3;
    else if (rest.starts_with("\u00a0")) out += ' ', i += 2;
    else out += text[i++];
  }
  return out;
}

}  // namespace

Times read_times(std::string_view text) {
  auto const cleaned = one_dash(trim(text));
  auto const folded = fold(cleaned);
  if (folded.empty() || all_day(folded)) return problem(Times::Problem::empty);
  if (cleaned.size() > 80) return problem(Times::Problem::unreadable);
  auto const scan = Scanner(cleaned).take();
  if (!scan.understood || scan.times.empty() || scan.times.size() > 2) return problem(Times::Problem::unreadable);
  bool const bare = std::ranges::all_of(scan.times, &ClockReading::bare);
  if (bare && scan.times.size() == 2 && !scan.worded) return problem(Times::Problem::ambiguous);
  Times times;
  times.start = scan.times[0].hour * 60 + scan.times[0].minutes;
  if (scan.times.size() == 1) return times;
  times.end = scan.times[1].hour * 60 + scan.times[1].minutes;
  if (*times.end < *times.start) return problem(Times::Problem::backwards);
  if (*times.end == *times.start) times.end.reset();
  return times;
}

Times read_times(sheet::Cell const& cell) {
  using Type = sheet::Cell::Type;
  Times times;
  if (cell.type == Type::empty) return problem(Times::Problem::empty);
  if (cell.type == Type::moment && cell.minutes) {
    times.start = cell.minutes;
    return times;
  }
  if (cell.type == Type::number && cell.number >= 0 && cell.number < 24) {
    // A cell typed as 10.30 is the number 10.3; below 1 it is a part of the day, as Excel keeps times.
    auto const hours = std::floor(cell.number);
    auto const rest = std::lround((cell.number - hours) * 100);
    bool const serial = cell.number > 0 && cell.number < 1;
    if (serial) times.start = static_cast<int>(std::lround(cell.number * 1440)) % 1440;
    else if (rest < 60) times.start = static_cast<int>(hours) * 60 + static_cast<int>(rest);
    else return problem(Times::Problem::unreadable);
    return times;
  }
  if (cell.type != Type::text) return problem(Times::Problem::unreadable);
  return read_times(cell_text(cell));
}

}  // namespace birge::exchange
