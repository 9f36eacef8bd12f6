#include "features/activity/activity_card.hpp"

#include <algorithm>
#include <array>

#include "platform/base/number.hpp"

namespace birge::activity {

namespace {

/// What it says is left out: it may be for the coalition only, and errors go to the log.
[[noreturn]] void wrong() { throw db::Error(db::Error::Kind::other, "a card of an activity cannot be read; birge doctor names it"); }

constexpr std::size_t lines_of_a_card = 15;

std::array<std::string_view, lines_of_a_card> lines_of(std::string_view stored) {
  std::array<std::string_view, lines_of_a_card> lines;
  auto left = stored;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    auto const end = left.find('\n');
    if (end == std::string_view::npos) wrong();
    lines[i] = left.substr(0, end);
    left.remove_prefix(end + 1);
  }
  if (left.find('\n') != std::string_view::npos) wrong();
  lines.back() = left;
  return lines;
}

template <class Identifier>
std::optional<Identifier> id_of(std::string_view line) {
  auto const number = whole_number<std::int64_t>(line);
  return number ? std::optional(Identifier{*number}) : std::nullopt;
}

}  // namespace

std::string card_text(Activity const& activity, std::string_view language, Text const& text) {
  std::string card;
  card.reserve(160 + text.title.size() + text.venue.size());
  // No text holds the end of a line: those of activities are cleaned before. One that came another way must not make a card that cannot be read.
  auto const line = [&](std::string_view part) {
    auto const begin = card.size();
    card += part;
    std::replace(card.begin() + static_cast<std::ptrdiff_t>(begin), card.end(), '\n', ' ');
    card += '\n';
  };
  auto const number = [&](auto const& maybe) { line(maybe ? std::to_string(*maybe) : std::string()); };
  auto const place = [&](std::optional<PlaceId> maybe) { line(maybe ? std::to_string(maybe->value) : std::string()); };
  line(language);
  line(activity.kind);
  line(code(activity.precision));
  line(activity.end_day.iso());
  number(activity.start_minutes);
  number(activity.end_minutes);
  line(code(activity.reach));
  place(activity.place);
  line(activity.village);
  line(std::to_string(activity.lead.value));
  line(activity.moved_from_day ? activity.moved_from_day->iso() : std::string());
  place(activity.moved_from_place);
  line(activity.due_day.iso());
  line(text.title);
  line(text.venue);
  card.pop_back();
  return card;
}

void read_card(Card& card, std::string_view stored) {
  auto const [language, kind, precision, end_day, start, end, reach, place, village, lead, from_day, from_place, due_day, title, venue] =
      lines_of(stored);
  auto const needed = [&](auto const& found) {
    if (!found) wrong();
    return *found;
  };
  auto const unless_empty = [&](std::string_view line, auto const& read) {
    return line.empty() ? decltype(read(line))() : std::optional(needed(read(line)));
  };
  card.text_language = language;
  card.kind = kind;
  card.precision = needed(precision_of(precision));
  card.end_day = needed(Day::parse(end_day));
  card.start_minutes = unless_empty(start, whole_number<int>);
  card.end_minutes = unless_empty(end, whole_number<int>);
  card.reach = needed(reach_of(reach));
  card.place = unless_empty(place, id_of<PlaceId>);
  card.village = village;
  card.lead = needed(id_of<OrganisationId>(lead));
  card.moved_from_day = unless_empty(from_day, Day::parse);
  card.moved_from_place = unless_empty(from_place, id_of<PlaceId>);
  card.due_day = needed(Day::parse(due_day));
  card.title = title;
  card.venue = venue;
}

}  // namespace birge::activity
