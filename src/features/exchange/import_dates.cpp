#include "features/exchange/import_dates.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "features/exchange/import_date_pieces.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

namespace {

using Problem = Dates::Problem;

struct Part {
  int day = 0, month = 0, year = 0;  ///< 0: not said
};

/// What the pieces of one date are, in order: d day, m or M month, y year, t year of two digits. Two readings with | between them.
std::string_view roles_of(std::string_view signs) {
  static std::unordered_map<std::string_view, std::string_view> const table{
      {"d.d.y", "dmy"}, {"d.d.d", "dmt"}, {"d.d", "dm"},    {"d/d/y", "dmy|mdy"}, {"d/d/d", "dmt|mdt"}, {"d/d", "dm|md"}, {"y-d-d", "ymd"},
      {"y.d.d", "ymd"}, {"y/d/d", "ymd"}, {"d-d-y", "dmy"}, {"d-d-d", "dmt|tmd"}, {"dMy", "dmy"},       {"d-My", "dmy"},  {"d-M-y", "dmy"},
      {"d.M.y", "dmy"}, {"d.My", "dmy"},  {"dM-y", "dmy"},  {"dM.y", "dmy"},      {"d/M/y", "dmy"},     {"dMd", "dmt"},   {"d-M-d", "dmt"},
      {"dM", "dm"},     {"d-M", "dm"},    {"d.M", "dm"},    {"Mdy", "mdy"},       {"Md", "md"},         {"M-d", "md"},    {"My", "my"},
      {"M.y", "my"},    {"M-y", "my"},    {"M/y", "my"},    {"yM", "ym"},         {"y-M", "ym"},        {"d.y", "my"},    {"d/y", "my"},
      {"d-y", "my"},    {"y-d", "ym"},    {"y.d", "ym"},    {"y/d", "ym"},        {"M", "m"},           {"y", "y"},       {"yMd", "ymd"},
      {"y-M-d", "ymd"}};
  auto const found = table.find(signs);
  return found == table.end() ? std::string_view() : found->second;
}

std::vector<Part> parts_of(std::string_view signs, std::vector<int> const& values, std::size_t first) {
  std::vector<Part> parts;
  auto const roles = roles_of(signs);
  if (roles.empty()) return parts;
  for (auto const reading : split(roles, '|')) {
    Part part;
    auto value = first;
    for (char const role : reading) {
      int const number = values[value] == 0 ? 9999 : values[value];  // 0 would be "not said", and no day or month is 0
      ++value;
      if (role == 'd') part.day = number;
      else if (role == 'm') part.month = number;
      else part.year = role == 't' ? 2000 + number % 9999 : number;
    }
    parts.push_back(part);
  }
  return parts;
}

bool possible(Part const& part) { return Day::of(part.year ? part.year : 2000, part.month ? part.month : 1, part.day ? part.day : 1).has_value(); }

void keep_possible(std::vector<Part>& parts) {
  std::erase_if(parts, [](Part const& part) { return !possible(part); });
  if (parts.size() == 2 && parts[0].day == parts[1].day && parts[0].month == parts[1].month && parts[0].year == parts[1].year) parts.pop_back();
}

/// The years in which a day without one falls within the edition.
std::vector<Day> completed(Part const& part, Span span) {
  std::vector<Day> days;
  for (int year = span.from.year(); year <= span.until.year(); ++year)
    if (auto const day = Day::of(year, part.month, part.day); day && *day >= span.from && *day <= span.until) days.push_back(*day);
  return days;
}

Dates problem(Problem problem, std::vector<Day> candidates = {}) {
  Dates dates;
  dates.problem = problem;
  dates.candidates = std::move(candidates);
  return dates;
}

Day last_of_month(int year, int month) {
  auto const next = month == 12 ? Day::of(year + 1, 1, 1) : Day::of(year, month + 1, 1);
  return next ? next->plus(-1) : *Day::of(year, month, 28);
}

Dates whole_month(Part const& part) {
  if (!part.month) return problem(Problem::no_day);
  if (!part.year) return problem(Problem::no_day);
  Dates dates;
  dates.precision = activity::Precision::month;
  dates.day = *Day::of(part.year, part.month, 1);
  dates.end = last_of_month(part.year, part.month);
  return dates;
}

Dates one_day(std::vector<Part> parts, Span span) {
  keep_possible(parts);
  if (parts.empty()) return problem(Problem::impossible);
  if (!parts[0].day) return whole_month(parts[0]);
  std::vector<Day> days;
  for (auto const& part : parts) {
    if (part.year) days.push_back(*Day::of(part.year, part.month, part.day));
    else
      for (auto const day : completed(part, span)) days.push_back(day);
  }
  if (!parts[0].year && (parts.size() > 1 || days.size() != 1))
    return problem(parts.size() > 1 ? Problem::ambiguous : Problem::no_year, std::move(days));
  if (days.size() > 1) return problem(Problem::ambiguous, std::move(days));
  Dates dates;
  dates.day = dates.end = days.front();
  return dates;
}

/// The start of a range: what it does not say is that of the end.
Dates range(Part left, std::vector<Part> right, Span span) {
  auto dates = one_day(std::move(right), span);
  if (dates.problem != Problem::none || dates.precision != activity::Precision::day)
    return dates.problem == Problem::none ? problem(Problem::unreadable) : dates;
  bool const own_year = left.year != 0;
  if (!left.month) left.month = dates.end.month();
  if (!left.year) left.year = dates.end.year() - (left.month > dates.end.month() ? 1 : 0);  // 28.12-03.01.2019
  auto const start = Day::of(left.year, left.month, left.day);
  if (!start) return problem(Problem::impossible);
  if (*start > dates.end) return problem(Problem::backwards);
  if (!own_year && days_between(*start, dates.end) > 300) return problem(Problem::backwards);
  dates.day = *start;
  return dates;
}

std::size_t count_values(std::string_view signs) {
  return static_cast<std::size_t>(std::ranges::count_if(signs, [](char c) { return c == 'd' || c == 'y' || c == 'M'; }));
}

std::optional<Dates> try_range(Pieces const& pieces, std::size_t at, Span span) {
  auto const signs = std::string_view(pieces.signs);
  auto const left = signs.substr(0, at), right = signs.substr(at + 1);
  std::vector<Part> starts;
  if (left == "d") starts = {Part{.day = pieces.values[0] == 0 ? 9999 : pieces.values[0], .month = 0, .year = 0}};
  else starts = parts_of(left, pieces.values, 0);
  keep_possible(starts);
  auto ends = parts_of(right, pieces.values, count_values(left));
  if (starts.empty() || !starts[0].day || ends.empty() || !ends[0].day || !ends[0].month) return std::nullopt;
  if (starts.size() > 1) return problem(Problem::ambiguous);
  return range(starts[0], std::move(ends), span);
}

/// Years before the rest go behind it ("2018-ж. 14-16-сентябрь"), "Sept 14-16" becomes 14-16 Sept.
void reorder(Pieces& pieces) {
  auto& signs = pieces.signs;
  if (signs.starts_with("yd") && signs.find('M') != std::string::npos) {
    signs.erase(0, 1);
    signs += 'y';
    std::rotate(pieces.values.begin(), pieces.values.begin() + 1, pieces.values.end());
  }
  if (signs == "Md-d" || signs == "Md-dy" || signs == "Md~d" || signs == "Md~dy") {
    signs = signs.size() == 5 ? "d~dMy" : "d~dM";
    std::rotate(pieces.values.begin(), pieces.values.begin() + 1, pieces.values.begin() + 3);
  }
}

Dates understood(Pieces pieces, Span span) {
  reorder(pieces);
  if (auto parts = parts_of(pieces.signs, pieces.values, 0); !parts.empty()) return one_day(std::move(parts), span);
  if (auto const between = pieces.signs.find('~'); between != std::string::npos && pieces.signs.find('~', between + 1) == std::string::npos) {
    if (auto dates = try_range(pieces, between, span)) return *dates;
    pieces.signs[between] = '-';  // "14 - сентябрь"
    if (auto parts = parts_of(pieces.signs, pieces.values, 0); !parts.empty()) return one_day(std::move(parts), span);
  }
  bool const iso = pieces.signs == "y-d-d/y-d-d";
  for (std::size_t at = 1; at + 1 < pieces.signs.size(); ++at) {
    if (pieces.signs[at] != (iso ? '/' : '-')) continue;
    if (auto dates = try_range(pieces, at, span)) return *dates;
  }
  return problem(Problem::unreadable);
}

/// Cuts times with a colon out of the text: what is left is read as days.
std::string without_times(std::string const& text, std::string& times) {
  std::size_t first = std::string::npos, last = 0;
  for (std::size_t i = 1; i + 2 < text.size(); ++i) {
    if (text[i] != ':' || !is_digit(text[i - 1]) || !is_digit(text[i + 1]) || !is_digit(text[i + 2])) continue;
    auto const start = i >= 2 && is_digit(text[i - 2]) ? i - 2 : i - 1;
    if (first == std::string::npos) first = start;
    last = i + 3;
  }
  if (first == std::string::npos) return text;
  times = text.substr(first, last - first);
  return text.substr(0, first) + " " + text.substr(last);
}

std::optional<Day> from_serial(double serial) {
  if (serial < 20000 || serial >= 80000) return std::nullopt;  // 1954 to 2119: nothing else is a date of a campaign
  return Day{static_cast<std::int32_t>(std::floor(serial)) - 25569};
}

std::optional<Dates> from_digits(std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  Dates dates;
  if (text.size() == 5) {
    auto const day = from_serial(std::stod(std::string(text)));
    if (!day) return problem(Problem::unreadable);
    dates.day = dates.end = *day;
    return dates;
  }
  if (text.size() != 8) return std::nullopt;
  auto const day = Day::parse(std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) + "-" + std::string(text.substr(6)));
  if (!day) return problem(Problem::impossible);
  dates.day = dates.end = *day;
  return dates;
}

}  // namespace

Dates read_dates(std::string_view text, Span span) {
  auto cleaned = plain_text(text);
  auto const trimmed = std::string(trim(cleaned));
  if (trimmed.empty() || trimmed == "-") return problem(Problem::empty);
  if (trimmed.size() > 120) return problem(Problem::unreadable);
  if (auto const digits = from_digits(trimmed)) return *digits;
  std::string times;
  auto rest = without_times(trimmed, times);
  if (times.empty() && rest.size() > 11 && rest[10] == 'T') rest.resize(10);
  if (auto const end = rest.rfind('T'); !times.empty() && end != std::string::npos && end > 0 && is_digit(rest[end - 1])) rest.resize(end);
  auto pieces = pieces_of(rest);
  if (!pieces.understood || pieces.signs.empty()) return problem(Problem::unreadable);
  auto dates = understood(std::move(pieces), span);
  if (dates.problem != Problem::none || times.empty()) return dates;
  auto const read = read_times(times);
  if (read.problem != Times::Problem::none) return problem(Problem::unreadable);
  dates.start_minutes = read.start;
  dates.end_minutes = read.end;
  return dates;
}

Dates read_dates(sheet::Cell const& cell, Span span) {
  using Type = sheet::Cell::Type;
  Dates dates;
  if (cell.type == Type::day || cell.type == Type::moment) {
    if (!cell.day) return problem(Problem::unreadable);
    dates.day = dates.end = *cell.day;
    if (cell.type == Type::moment && cell.minutes && *cell.minutes > 0) dates.start_minutes = cell.minutes;
    return dates;
  }
  if (cell.type == Type::number && cell.number == std::floor(cell.number)) {
    if (auto const day = from_serial(cell.number)) {
      dates.day = dates.end = *day;
      return dates;
    }
  }
  if (cell.type == Type::empty) return problem(Problem::empty);
  if (cell.type == Type::error || cell.type == Type::boolean) return problem(Problem::unreadable);
  return read_dates(cell_text(cell), span);
}

}  // namespace birge::exchange
