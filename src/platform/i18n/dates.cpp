#include <algorithm>
#include <initializer_list>
#include <string>

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

/// Puts pieces together in one go: a page writes a hundred dates.
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

/// `days` is a day of the month or several: 14-сентябрь, 10–12 октября.
std::string with_month(Language language, std::string_view days, int month) {
  switch (language) {
    case Language::ky: return joined({days, hyphen, of(ky_months, month)});
    case Language::ru: return joined({days, space, of(ru_genitive, month)});
    default: return joined({days, space, of(en_months, month)});
  }
}

std::string with_year(Language language, std::string_view rest, int year) {
  switch (language) {
    case Language::ky: return joined({rest, " ", std::to_string(year), hyphen, "ж."});
    case Language::ru: return joined({rest, " ", std::to_string(year), before_stop});
    default: return joined({rest, " ", std::to_string(year)});
  }
}

std::string day_month(Language language, Day day) { return with_month(language, std::to_string(day.day_of_month()), day.month()); }

std::string full(Language language, Day day) { return with_year(language, day_month(language, day), day.year()); }

std::string full_range(Language language, Day from, Day until) {
  if (from == until) return full(language, from);
  if (from.year() != until.year()) return joined({full(language, from), " – ", full(language, until)});
  if (from.month() != until.month()) return with_year(language, joined({day_month(language, from), " – ", day_month(language, until)}), from.year());
  std::string const days = joined({std::to_string(from.day_of_month()), "–", std::to_string(until.day_of_month())});
  return with_year(language, with_month(language, days, from.month()), from.year());
}

/// Dates in the pseudo-language are English in its brackets, so that they are not taken for text somebody forgot to translate.
std::string spoken(Language language, std::string text) { return language == Language::test ? "⟦" + text + "⟧" : text; }

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
  if (language() == Language::ky || language() == Language::ru)
    return joined({two_digits(day.day_of_month()), ".", two_digits(day.month()), ".", std::to_string(day.year())});
  return spoken(language(), joined({std::to_string(day.day_of_month()), " ", of(en_short, day.month()), " ", std::to_string(day.year())}));
}

std::string Say::month(int year, int month) const {
  std::string_view const name = nominative(language(), month);
  if (language() == Language::ky) return joined({std::to_string(year), hyphen, "ж. ", name});
  return spoken(language(), with_year(language(), name, year));
}

std::string Say::date_range(Day from, Day until) const {
  return spoken(language(), full_range(language(), std::min(from, until), std::max(from, until)));
}

std::string Say::time(int minutes) const { return joined({two_digits(minutes / 60), ":", two_digits(minutes % 60)}); }

std::string Say::moment(Instant instant, std::string_view time_zone) const {
  LocalTime const local = local_time(instant, time_zone);
  return joined({date(local.day), ", ", time(local.minutes)});
}

}  // namespace birge
