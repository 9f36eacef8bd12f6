#include "features/campaign/campaign.hpp"

#include <algorithm>
#include <tuple>

namespace birge::campaign {

std::string_view title_language(std::string_view title) {
  for (std::string_view const letter : {"ң", "ө", "ү", "Ң", "Ө", "Ү"})
    if (title.find(letter) != std::string_view::npos) return "ky";
  // Cyrillic letters are written with the bytes D0 to D3 first.
  for (unsigned char const byte : title)
    if (byte >= 0xD0 && byte <= 0xD3) return "ru";
  return "en";
}

namespace {

/// The text of a language, otherwise that of the first language that has one, in the order the pages list them.
std::string const& text_in(std::map<std::string, std::string> const& texts, Language language) {
  static std::string const nothing;
  auto const in = [&](Language wanted) -> std::string const* {
    // There are as many as languages: going through them costs less than a search.
    for (auto const& [language_code, text] : texts)
      if (language_code == code(wanted)) return text.empty() ? nullptr : &text;
    return nullptr;
  };
  if (auto const* const text = in(language)) return *text;
  for (auto const other : languages)
    if (auto const* const text = in(other)) return *text;
  return texts.empty() ? nothing : texts.begin()->second;
}

bool works(Day day, std::vector<std::pair<Day, Day>> const& holidays) {
  return day.weekday() <= 5 && std::ranges::none_of(holidays, [&](auto const& span) { return span.first <= day && day <= span.second; });
}

}  // namespace

std::string const& Edition::name(Language language) const { return text_in(names, language); }
std::string const& Edition::slogan(Language language) const { return text_in(slogans, language); }
std::string const& Edition::about(Language language) const { return text_in(abouts, language); }

Stage Edition::stage(Day today) const {
  if (today < preparation_from) return Stage::announced;
  if (today < campaign_from) return Stage::preparation;
  if (today <= campaign_until) return Stage::campaign;
  if (today <= closing_until) return Stage::closing;
  return Stage::over;
}

std::optional<int> Edition::day_number(Day today) const {
  if (stage(today) != Stage::campaign) return {};
  return days_between(campaign_from, today) + 1;
}

Day due_day(Day end, int due_days, std::vector<std::pair<Day, Day>> const& holidays) {
  auto day = end;
  for (int left = due_days; left > 0;) {
    day = day.plus(1);
    if (works(day, holidays)) --left;
  }
  return day;
}

std::string const& Code::name(Language language) const { return text_in(names, language); }

namespace {

Edition const* current_of(std::vector<Edition> const& editions, Day today) {
  // Of several that fit, the one whose campaign runs goes before one that prepares or closes, then a real one before the sample.
  auto const rank = [&](Edition const& edition) {
    auto const stage = edition.stage(today);
    int const nearness = stage == Stage::campaign ? 3 : stage == Stage::preparation || stage == Stage::closing ? 2 : stage == Stage::over ? 1 : 0;
    auto const running = nearness >= 2;
    auto const begun = edition.campaign_from.number;
    return std::tuple(nearness, running && !edition.sample, nearness == 0 ? -begun : begun);
  };
  auto const best = std::ranges::max_element(editions, {}, rank);
  return best == editions.end() ? nullptr : &*best;
}

}  // namespace

Edition const* Facts::current(Instant now) const { return current_of(editions, today(now)); }

Edition const* Facts::edition(EditionId id) const {
  auto const found = std::ranges::find(editions, id, &Edition::id);
  return found == editions.end() ? nullptr : &*found;
}

Edition const* Facts::edition(std::string_view slug) const {
  auto const found = std::ranges::find(editions, slug, &Edition::slug);
  return found == editions.end() ? nullptr : &*found;
}

coalition::Organisation const* Facts::organisation(coalition::OrganisationId id) const {
  auto const found = organisations.find(id.value);
  return found == organisations.end() ? nullptr : &found->second;
}

Day Facts::today(Instant now) const { return local_time(now, time_zone).day; }

}  // namespace birge::campaign
