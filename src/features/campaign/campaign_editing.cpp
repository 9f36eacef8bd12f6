#include "features/campaign/campaign_editing.hpp"

#include <algorithm>
#include <cmath>

#include "platform/base/problem.hpp"
#include "platform/base/text.hpp"

namespace birge::campaign {

namespace {

constexpr std::size_t most_name = 160, most_slogan = 200, most_about = 2000;
constexpr int longest = 2 * 366;

void replace_year(std::string& text, std::string const& from, std::string const& to) {
  if (auto const at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
  else text += " – " + to;  // two editions of one name would not be told apart
}

/// By how many days the days of one year are moved to another: whole weeks, as near to the same date as they come.
int weeks_apart(Day day, int year) {
  auto const same = Day::of(year, day.month(), day.day_of_month()).value_or(Day::of(year, day.month(), 28).value_or(day));
  return static_cast<int>(std::lround(days_between(day, same) / 7.0)) * 7;
}

}  // namespace

std::vector<Fault> check(Dates const& dates) {
  std::vector<Fault> faults;
  if (dates.campaign_from < dates.preparation_from) faults.push_back({"campaign_from", message("The campaign cannot begin before its preparation.")});
  if (dates.campaign_until < dates.campaign_from) faults.push_back({"campaign_until", message("The last day is before the first one.")});
  if (dates.closing_until < dates.campaign_until)
    faults.push_back({"closing_until", message("The edition cannot be closed before its campaign ends.")});
  if (dates.conference_day && (*dates.conference_day < dates.campaign_from || *dates.conference_day > dates.closing_until))
    faults.push_back(
        {"conference_day", message("The closing conference lies between the first day of the campaign and the day the edition closes.")});
  if (faults.empty() && days_between(dates.preparation_from, dates.closing_until) > longest)
    faults.push_back({"closing_until", message("An edition lasts two years at most.")});
  return faults;
}

std::vector<Fault> check(EditionTexts const& texts) {
  std::vector<Fault> faults;
  bool named = false;
  for (auto const& [language, name] : texts.names) {
    named = named || !name.empty();
    if (length(name) > most_name) faults.push_back({"name_" + language, message("This name is too long.")});
  }
  if (!named) faults.push_back({"name_ky", message("Give the edition a name in one language at least.")});
  for (auto const& [language, slogan] : texts.slogans)
    if (length(slogan) > most_slogan) faults.push_back({"slogan_" + language, message("A slogan is short: one sentence.")});
  for (auto const& [language, about] : texts.abouts)
    if (length(about) > most_about) faults.push_back({"about_" + language, message("This text is too long. Two or three sentences are enough.")});
  if (texts.due_days < 1 || texts.due_days > most_due_days) faults.push_back({"due_days", message("Between 1 and {} working days.", most_due_days)});
  return faults;
}

Message recommendation_state_name(std::string_view state) {
  if (state == "kept") return message("kept");
  if (state == "partly") return message("kept in part");
  if (state == "dropped") return message("dropped");
  return message("open");
}

Edition like(Edition const& earlier, int year) {
  Edition edition;
  edition.year = year;
  edition.sample = earlier.sample;
  edition.due_days = earlier.due_days;
  edition.count_limit = earlier.count_limit;
  edition.audience_limit = earlier.audience_limit;
  auto const days = weeks_apart(earlier.campaign_from, earlier.campaign_from.year() + year - earlier.year);
  edition.preparation_from = earlier.preparation_from.plus(days);
  edition.campaign_from = earlier.campaign_from.plus(days);
  edition.campaign_until = earlier.campaign_until.plus(days);
  edition.closing_until = earlier.closing_until.plus(days);
  if (earlier.conference_day) edition.conference_day = earlier.conference_day->plus(days);
  edition.names = earlier.names;
  for (auto& [language, name] : edition.names) replace_year(name, std::to_string(earlier.year), std::to_string(year));
  return edition;
}

}  // namespace birge::campaign
