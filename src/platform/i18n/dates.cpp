#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>

#include "platform/base/clock.hpp"
#include "platform/i18n/say.hpp"

// The patterns are our own: CLDR orders Kyrgyz dates in a way that no Kyrgyz office or newspaper does.
namespace birge {
namespace {

using Months = std::array<std::string_view, 12>;
using Weekdays = std::array<std::string_view, 7>;

constexpr Months ky_months{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"};
constexpr Months const& ru_months = ky_months;
constexpr Months ru_genitive{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"};
constexpr Months en_months{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
constexpr Months en_short{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

constexpr Weekdays ky_weekdays{"дүйшөмбү", "шейшемби", "шаршемби", "бейшемби", "жума", "ишемби", "жекшемби"};
constexpr Weekdays ru_weekdays{"понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"};
constexpr Weekdays en_weekdays{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

std::string_view of(Months const& names, int month) { return names.at(static_cast<std::size_t>(month - 1)); }

std::string_view nominative(Language language, int month) {
  switch (language) {
    case Language::ky: return of(ky_months, month);
    case Language::ru: return of(ru_months, month);
    default: return of(en_months, month);
  }
}

std::string_view weekday_name(Language language, int weekday) {
  auto const index = static_cast<std::size_t>(weekday - 1);
  switch (language) {
    case Language::ky: return ky_weekdays.at(index);
    case Language::ru: return ru_weekdays.at(index);
    default: return en_weekdays.at(index);
  }
}

/// Puts pieces together in one go.
std::string joined(std::initializer_list<std::string_view> pieces) {
  std::size_t size = 0;
  for (auto const piece : pieces) size += piece.size();
  std::string text;
  text.reserve(size);
  for (auto const piece : pieces) text += piece;
  return text;
}

/// A number between 0 and 99 in two digits.
std::string two_digits(int number) { return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)}; }

/// Dates never break between a day and its month, nor before the stop: a word joiner stands behind the hyphen, a space that does not break
/// before the month.
constexpr std::string_view hyphen = "-\u2060", space = "\u00A0", before_stop = "\u00A0г.";

// A page writes a hundred dates, so each is written into one text, piece by piece.

void add(std::string& out, int number) { out += std::to_string(number); }

/// Behind a day of the month or several: 14-сентябрь, 10–12 октября.
void add_month(std::string& out, Language language, int month) {
  switch (language) {
    case Language::ky: out.append(hyphen).append(of(ky_months, month)); break;
    case Language::ru: out.append(space).append(of(ru_genitive, month)); break;
    default: out.append(space).append(of(en_months, month));
  }
}

void add_year(std::string& out, Language language, int year) {
  add(out.append(1, ' '), year);
  if (language == Language::ky) out.append(hyphen).append("ж.");
  if (language == Language::ru) out.append(before_stop);
}

void add_day_month(std::string& out, Language language, Day::Parts const& day) {
  add(out, day.day);
  add_month(out, language, day.month);
}

void add_full(std::string& out, Language language, Day::Parts const& day) {
  add_day_month(out, language, day);
  add_year(out, language, day.year);
}

constexpr std::size_t room = 64;  // of most dates and ranges

std::string day_month(Language language, Day day) {
  std::string text;
  text.reserve(room);
  add_day_month(text, language, day.parts());
  return text;
}

std::string full(Language language, Day day) {
  std::string text;
  text.reserve(room);
  add_full(text, language, day.parts());
  return text;
}

std::string full_range(Language language, Day first, Day last) {
  if (first == last) return full(language, first);
  auto const from = first.parts(), until = last.parts();
  std::string text;
  text.reserve(room);
  if (from.year != until.year) {
    add_full(text, language, from);
    text += " – ";
  } else if (from.month != until.month) {
    add_day_month(text, language, from);
    text += " – ";
  } else {
    add(text, from.day);
    text += "–";
  }
  add_full(text, language, until);
  return text;
}

/// Dates in the pseudo-language are English in its brackets, so that they are not taken for text somebody forgot to translate.
std::string spoken(Language language, std::string text) { return language == Language::test ? "⟦" + text + "⟧" : std::move(text); }

}  // namespace

std::string Say::date(Day day) const { return spoken(language(), full(language(), day)); }

std::string Say::day_and_month(Day day) const { return spoken(language(), day_month(language(), day)); }

std::string Say::weekday_date(Day day) const {
  std::string_view const name = weekday_name(language(), day.weekday());
  std::string const rest = day_month(language(), day);
  switch (language()) {
    case Language::ky: return joined({rest, ", ", name});
    case Language::ru: return joined({name, ", ", rest});
    default: return spoken(language(), joined({name, " ", rest}));
  }
}

std::string Say::weekday(Day day) const { return spoken(language(), std::string(weekday_name(language(), day.weekday()))); }

std::string Say::short_date(Day day) const {
  auto const date = day.parts();
  if (language() == Language::ky || language() == Language::ru)
    return joined({two_digits(date.day), ".", two_digits(date.month), ".", std::to_string(date.year)});
  return spoken(language(), joined({std::to_string(date.day), " ", of(en_short, date.month), " ", std::to_string(date.year)}));
}

std::string Say::month(int year, int month) const {
  std::string_view const name = nominative(language(), month);
  if (language() == Language::ky) return joined({std::to_string(year), hyphen, "ж. ", name});
  std::string text(name);
  add_year(text, language(), year);
  return spoken(language(), std::move(text));
}

std::string Say::date_range(Day from, Day until) const {
  return spoken(language(), full_range(language(), std::min(from, until), std::max(from, until)));
}

std::string Say::time(int minutes) const {
  int const hour = minutes / 60, minute = minutes % 60;
  auto const digit = [](int value) { return static_cast<char>('0' + value); };
  return {digit(hour / 10), digit(hour % 10), ':', digit(minute / 10), digit(minute % 10)};
}

std::string Say::moment(Instant instant, std::string_view time_zone) const {
  LocalTime const local = local_time(instant, time_zone);
  return joined({date(local.day), ", ", time(local.minutes)});
}

}  // namespace birge
