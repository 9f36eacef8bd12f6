#include <algorithm>

#include "features/exchange/import_rows.hpp"
#include "platform/base/joining_words.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

namespace {

constexpr std::size_t village_limit = 200, most_named = 5;

std::vector<std::string> parts_of(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts(1);
  for (char const c : text) {
    if (separators.find(c) != std::string_view::npos) parts.emplace_back();
    else parts.back() += c;
  }
  for (auto& part : parts) part = clean_line(part);
  std::erase_if(parts, [](std::string const& part) { return part.empty(); });
  return parts;
}

/// Split also where a word stands between two names.
std::vector<std::string> parts_by_words(std::string text) {
  for (auto const word : joining_words)
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at)) text.replace(at, word.size(), ", ");
  return parts_of(text, ",;\n|");
}

}  // namespace

/// What no day was read for is refused anyway.
bool RowReader::in_its_time(PlaceId place) const {
  auto const& activity = row_.activity;
  return activity.day == Day{} || context_.facts.places->find(place)->valid_within(activity.day, activity.end_day);
}

/// Those that are places on the days of the row, so that one which took over a name is told from the one that had it before; where none is, all:
/// whether the row may stand there is decided when it is known what is stored.
std::vector<PlaceId> RowReader::in_their_time(std::vector<PlaceId> found) {
  auto const outside = std::stable_partition(found.begin(), found.end(), [&](PlaceId place) { return in_its_time(place); });
  if (outside == found.end() || outside == found.begin()) return found;
  if (outside - found.begin() == 1) row_.formerly.emplace(found.front(), *outside);
  found.erase(outside, found.end());
  return found;
}

/// The places a text may mean; `nearest` gets the suggestions where it means none.
std::vector<PlaceId> RowReader::matches(std::string const& text, PlaceId within, std::optional<place::Level> level, std::vector<PlaceId>* nearest) {
  auto const question = text + '\n' + std::to_string(within.value) + '\n' + (level ? std::to_string(static_cast<int>(*level)) : "");
  auto const& found = place_memory_.get(question, [&] { return context_.places.fitting(text, within, level); });
  if (nearest && found.empty()) {
    auto const& suggestions =
        nearby_memory_.get(question, [&] { return may_suggest() ? context_.places.match(text, within, level).candidates : std::vector<PlaceId>{}; });
    std::ranges::copy_if(suggestions, std::back_inserter(*nearest), [&](PlaceId place) { return in_its_time(place); });
  }
  return in_their_time(found);
}

/// The places it may mean in any of several wholes, of which one is meant.
std::vector<PlaceId> RowReader::matches(std::string const& text, std::vector<PlaceId> const& within, std::optional<place::Level> level,
                                        std::vector<PlaceId>* nearest) {
  return in_their_time(matches_of_each(text, within, level, nearest));
}

/// Those of several wholes that are all meant: what is a place of its name in one of them is no rival of that in another.
std::vector<PlaceId> RowReader::matches_of_each(std::string const& text, std::vector<PlaceId> const& within, std::optional<place::Level> level,
                                                std::vector<PlaceId>* nearest) {
  std::vector<PlaceId> found;
  for (auto const whole : within)
    for (auto const place : matches(text, whole, level, nearest))
      if (std::ranges::find(found, place) == found.end()) found.push_back(place);
  return found;
}

/// What a text beside a known place narrows it to. The name of a community that was abolished is that of a village now and narrows nothing; a
/// district that was is no village.
std::vector<PlaceId> RowReader::narrower(std::string const& text, PlaceId place, std::optional<place::Level> level, std::vector<PlaceId>* nearest) {
  auto found = matches(text, place, level, nearest);
  if (!place || found.empty() || in_its_time(found.front())) return found;
  if (context_.facts.places->find(found.front())->level < place::Level::community) return found;
  if (found.size() == 1) row_.formerly.emplace(place, found.front());
  return {};
}

/// By law, or by the map where it is a city that is a region of its own.
bool RowReader::lies_in(PlaceId id, PlaceId whole) const {
  auto const& places = *context_.facts.places;
  if (places.inside(id, whole)) return true;
  auto const* const region = places.region_of(id);
  auto const* const around = region ? places.oblast_around(region->id) : nullptr;
  return around && around->id == whole;
}

Message RowReader::place_names(std::vector<PlaceId> const& places) const {
  std::string names;
  for (std::size_t i = 0; i < places.size() && i < most_named; ++i)
    names += (names.empty() ? "" : "; ") + context_.facts.places->full_name(places[i], context_.options.language);
  if (names.empty()) return {};
  auto const more = places.size() > most_named ? static_cast<std::int64_t>(places.size() - most_named) : 0;
  return more > 0 ? message("Perhaps: {}; and {} more.", names, more) : message("Perhaps: {}.", names);
}

/// Names that would be understood in a column: districts and communities have columns of their own, elsewhere the whole name tells.
std::vector<std::string> RowReader::place_choices(std::vector<PlaceId> const& places, std::size_t column) const {
  auto const kind = layout_->columns[column].heading.column;
  bool const narrow = kind == Column::district || kind == Column::community;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < places.size() && i < most_named; ++i) {
    auto const& all = *context_.facts.places;
    names.push_back(narrow ? all.name(places[i], context_.options.language).text : all.full_name(places[i], context_.options.language));
  }
  return names;
}

void RowReader::report_place(Where const& where, std::size_t column) {
  if (!where.lists.empty())
    return error("ambiguous_place", column, message("Several places have this name."), message("Perhaps: {}.", joined(where.lists, " / ")),
                 where.lists);
  auto const choices = place_choices(where.candidates, column);
  if (where.problem == Where::Problem::several)
    error("ambiguous_place", column, message("Several places have this name."), place_names(where.candidates), choices);
  else error("unknown_place", column, message("A place of the country: region, district, community."), place_names(where.candidates), choices);
}

/// What a text names that does not lie in a place; nothing where it may be the name of a village in it, as many villages have the name of a
/// community somewhere.
std::vector<PlaceId> RowReader::elsewhere(std::string const& text, PlaceId place) {
  auto found = matches(text, PlaceId{}, std::nullopt, nullptr);
  auto const& places = *context_.facts.places;
  if (std::ranges::any_of(found, [&](PlaceId id) { return places.find(id)->level >= place::Level::community; })) return {};
  // What is around it says nothing else, and the name of what was abolished beside it may have become that of a village in it.
  auto const abolished_beside = [&](PlaceId id) { return !in_its_time(id) && places.region_of(id) == places.region_of(place); };
  std::erase_if(found, [&](PlaceId id) { return lies_in(place, id) || abolished_beside(id); });
  return found;
}

/// Either cell may be the wrong one, so both can be corrected.
void RowReader::report_elsewhere(PlaceId place, std::vector<PlaceId> const& others, std::size_t column) {
  auto const& places = *context_.facts.places;
  auto const name = [&](PlaceId id) { return places.full_name(id, context_.options.language); };
  std::string names;
  for (auto const id : others) names += (names.empty() ? "" : "; ") + name(id);
  auto const expected = message("One does not lie in the other: {} – {}.", names, name(place));
  auto const suggestion = message("Correct one of them. If a village of this name is meant, write “village” before it.");
  error("place_elsewhere", column, expected, suggestion);
  for (auto const kind : {Column::district, Column::region}) {
    auto const index = index_of(kind);
    if (!index || cell_text(cell(*index)).empty()) continue;
    // A district in another region would contradict the column of regions.
    auto fitting = others;
    if (kind == Column::district) std::erase_if(fitting, [&](PlaceId id) { return !lies_in(id, places.region_of(place)->id); });
    return error("place_elsewhere", index, expected, suggestion, place_choices(fitting, *index));
  }
}

/// Region, district and community, each within what the ones before it may mean. False when a problem was reported.
bool RowReader::read_place_columns(Where& where) {
  std::vector<PlaceId> possible{PlaceId{}};
  bool list = false;  // all of them are meant
  std::optional<std::size_t> last;
  constexpr std::pair<Column, place::Level> levels[] = {
      {Column::region, place::Level::region}, {Column::district, place::Level::district}, {Column::community, place::Level::community}};
  for (auto const& [column, level] : levels) {
    auto const index = index_of(column);
    auto const text = index ? cell_text(cell(*index)) : std::string();
    if (text.empty() || text == "-") continue;
    if (reach_of_words(text) == activity::Reach::several) {  // which ones stands in another column
      where.reach = activity::Reach::several;
      continue;
    }
    std::vector<PlaceId> nearest;
    auto found = list ? matches_of_each(text, possible, level, &nearest) : matches(text, possible, level, &nearest);
    auto const several = found.empty() ? listed(text, possible, level) : Where{};
    if (found.empty() && several.problem == Where::Problem::none) found = several.places;
    if (found.empty()) {
      auto reading = combined(text);  // "все области", "Ошская обл., с. Масы"
      bool const first = possible.size() == 1 && !possible.front();
      if (reading.problem == Where::Problem::none && (first || reading.reach == activity::Reach::online)) {
        where = std::move(reading);
        return true;
      }
      std::ranges::sort(nearest);
      nearest.erase(std::unique(nearest.begin(), nearest.end()), nearest.end());
      where.candidates = nearest;
      report_place(where, *index);
      return false;
    }
    if (list)  // of places listed before, the one with nothing in this column stays whole
      for (auto const whole : possible)
        if (std::ranges::none_of(found, [&](PlaceId id) { return lies_in(id, whole); })) found.push_back(whole);
    list |= !several.places.empty();
    possible = std::move(found);
    last = index;
  }
  if (where.reach == activity::Reach::several && !last) return true;
  where.reach = activity::Reach::place;
  if (list && possible.size() > 1) {
    std::ranges::sort(possible);
    where.reach = activity::Reach::several;
    where.places = possible;
    return true;
  }
  if (possible.size() > 1) {
    where.problem = Where::Problem::several;
    where.candidates = possible;
    // The village may tell which of them is meant.
    auto const village = text(Column::village);
    if (village.empty()) return report_place(where, *last), false;
    auto const found = matches(village, possible, place::Level::community, nullptr);
    if (found.size() != 1) return report_place(where, *last), false;
    possible = found;
    where.problem = Where::Problem::none;
    where.candidates.clear();
  }
  where.place = possible.front();
  return true;
}

/// Several places in one cell that each mean exactly one: "Чуй, Талас", "Нарын и Талас".
RowReader::Where RowReader::listed(std::string const& text, std::vector<PlaceId> const& within, std::optional<place::Level> level) {
  Where where;
  where.reach = activity::Reach::several;
  for (auto const& parts : {parts_of(text, ";\n|"), parts_by_words(text)}) {
    where.places.clear();
    for (auto const& part : parts) {
      auto const found = matches(part, within, level, nullptr);
      // Behind a region stands more often a village in it than a second place.
      bool const fits = found.size() == 1 && (!level || context_.facts.places->find(found.front())->level <= *level);
      if (fits) where.places.push_back(found.front());
    }
    if (parts.size() < 2 || where.places.size() < parts.size()) continue;
    std::ranges::sort(where.places);
    where.places.erase(std::unique(where.places.begin(), where.places.end()), where.places.end());
    if (where.places.size() == 1) where.reach = activity::Reach::place, where.place = where.places.front();
    return where;
  }
  where.places.clear();
  where.problem = Where::Problem::unknown;
  if (!level) where.lists = meanings_of_list(text);
  return where;
}

/// "Бишкек, Ош" may be two cities, or a city and an oblast: each list that might be meant, where one name alone has several meanings.
std::vector<std::string> RowReader::meanings_of_list(std::string const& text) {
  auto const parts = parts_by_words(text);
  if (parts.size() < 2 || parts.size() > 8) return {};
  std::vector<std::vector<PlaceId>> found;
  std::optional<std::size_t> ambiguous;
  for (auto const& part : parts) {
    found.push_back(matches(part, PlaceId{}, std::nullopt, nullptr));
    if (found.back().empty() || found.back().size() > most_named || (found.back().size() > 1 && ambiguous)) return {};
    if (found.back().size() > 1) ambiguous = found.size() - 1;
  }
  if (!ambiguous) return {};
  std::vector<std::string> lists;
  for (auto const meant : found[*ambiguous]) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < found.size(); ++i)
      names.push_back(context_.facts.places->full_name(i == *ambiguous ? meant : found[i].front(), context_.options.language));
    lists.push_back(joined(names, "; "));
  }
  return lists;
}

/// A cell that says it all: "Жалал-Абад обл., Ноокен р-ну, с. Масы", "вся республика", "Ошская область; Баткенская область".
RowReader::Where RowReader::combined(std::string const& text) {
  Where where;
  if (auto const reach = reach_of_words(text)) {
    where.reach = *reach;
    if (*reach != activity::Reach::several) return where;
  }
  std::vector<PlaceId> nearest;
  auto const whole = matches(text, PlaceId{}, std::nullopt, &nearest);
  where.reach = activity::Reach::place;
  if (whole.size() == 1) {
    where.place = whole.front();
    return where;
  }
  where.problem = whole.empty() ? Where::Problem::unknown : Where::Problem::several;
  where.candidates = whole.empty() ? nearest : whole;
  if (!whole.empty()) return where;
  auto several = listed(text, {PlaceId{}}, std::nullopt);
  if (several.problem == Where::Problem::none) return several;
  where.lists = std::move(several.lists);
  auto const parts = parts_of(text, ",");
  if (parts.size() < 2 || parts.size() > 8) return where;  // with more it is no village in its place
  // What no source names is a village: behind the place it lies in, or in front of it.
  for (auto known = parts.size() - 1; known >= 1; --known)
    for (bool const first : {true, false}) {
      std::span<std::string const> const all(parts);
      auto const place = joined(first ? all.first(known) : all.last(known), ", ");
      auto const village = joined(first ? all.subspan(known) : all.first(all.size() - known), ", ");
      auto const found = matches(place, PlaceId{}, std::nullopt, nullptr);
      auto const elsewhere = matches(village, PlaceId{}, std::nullopt, nullptr);
      bool const contradiction = !elsewhere.empty() && std::ranges::all_of(elsewhere, [&](PlaceId id) {
        return context_.facts.places->find(id)->level < place::Level::community;
      });
      if (found.size() == 1 && !contradiction) {
        Where inside;
        inside.place = found.front();
        (names_a_venue(village) ? inside.venue : inside.village) = village;
        return inside;
      }
    }
  return where;
}

/// A village is free text below a community; where it names a community of the district it also says which one.
bool RowReader::read_village(Where& where) {
  auto const index = index_of(Column::village);
  auto const village = index ? cell_text(cell(*index)) : std::string();
  if (village.empty() || village == "-" || where.reach != activity::Reach::place) return true;
  if (village.size() > village_limit && length(village) > village_limit) {
    error("text_too_long", index, message("At most {} characters.", village_limit));
    return false;
  }
  row_.village_for_place = false;  // the village has a cell of its own
  look_for_private_data(village, "village", *index);
  std::vector<PlaceId> nearest;
  auto const* place = where.place ? context_.facts.places->find(where.place) : nullptr;
  if (place && place->level >= place::Level::community) {
    where.village = village;
    return true;
  }
  auto const found = narrower(village, where.place, place ? std::optional(place::Level::community) : std::nullopt, place ? nullptr : &nearest);
  bool const narrowing = !place || place->level <= place::Level::region;
  if (found.size() > 1 && narrowing) {
    where.problem = Where::Problem::several;
    where.candidates = found;
  } else if (found.empty() && !place) {
    where.problem = Where::Problem::unknown;
    where.candidates = nearest;
  } else if (auto const others = found.empty() ? elsewhere(village, where.place) : std::vector<PlaceId>{}; !others.empty()) {
    report_elsewhere(where.place, others, *index);
    return false;
  } else {
    if (found.size() == 1) where.place = found.front();
    // Villages of one name lie in many districts; a city of that name is only one.
    if (found.size() == 1 && narrowing && context_.facts.places->find(found.front())->level >= place::Level::community)
      add_finding(Finding::Severity::warning, "village_of_one_name", *index,
                  message("Taken for {}.", context_.facts.places->full_name(found.front(), context_.options.language)),
                  message("If it is another village of this name, write its district."));
    where.village = village;
    return true;
  }
  report_place(where, *index);
  return false;
}

/// Where the columns of places are empty, what stands under “Место проведения” may be the place and no venue.
std::optional<RowReader::Where> RowReader::place_of_venue() {
  for (auto const column : {Column::region, Column::district, Column::community, Column::village, Column::reach})
    if (auto const value = text(column); !value.empty() && value != "-") return std::nullopt;
  auto const column = std::ranges::find_if(layout_->columns, &SheetColumn::may_be_place);
  if (column == layout_->columns.end()) return std::nullopt;
  auto const value = cell_text(cell(static_cast<std::size_t>(column - layout_->columns.begin())));
  if (value.empty()) return std::nullopt;
  auto where = combined(value);
  if (where.problem != Where::Problem::none) return std::nullopt;
  for (auto& [language, words] : row_.activity.texts)
    if (words.venue == value) words.venue.clear();
  return where;
}

void RowReader::read_place() {
  Where where;
  auto const reach_text = text(Column::reach);
  auto const reach = reach_of_words(reach_text);
  auto const index = index_of(Column::place);
  auto const all = index ? cell_text(cell(*index)) : std::string();
  if (!read_place_columns(where)) return;
  if (!where.place && where.reach == activity::Reach::place && all.empty()) where = place_of_venue().value_or(where);
  bool const unnamed = where.reach == activity::Reach::place || (where.reach == activity::Reach::several && where.places.empty());
  if (!where.place && unnamed && !all.empty()) {
    where = combined(all);
    if (where.problem != Where::Problem::none) return report_place(where, *index);
  } else if (where.place && !all.empty()) {
    // Beside columns of its own the combined one may only narrow.
    bool const had_namesake = row_.formerly.contains(where.place);
    auto const found = narrower(all, where.place, std::nullopt, nullptr);
    if (found.size() == 1) where.place = found.front();
    else if (auto const others = elsewhere(all, where.place); found.empty() && !others.empty()) return report_elsewhere(where.place, others, *index);
    else if (names_a_venue(all)) where.venue = all;
    else if (where.village.empty() && all.size() <= village_limit) {
      where.village = all;
      row_.village_for_place = !had_namesake && row_.formerly.contains(where.place);
    }
  }
  if (!where.place && reach && *reach != activity::Reach::several && where.reach == activity::Reach::place) where.reach = *reach;
  if (!read_village(where)) return;
  if (where.place == context_.facts.places->country().id && where.reach == activity::Reach::place)
    where.place = {}, where.reach = activity::Reach::national;
  auto& activity = row_.activity;
  activity.reach = where.reach;
  activity.village = where.village;
  if (auto const text = activity.texts.find(activity.original); !where.venue.empty() && text != activity.texts.end())
    text->second.venue += (text->second.venue.empty() ? "" : ", ") + where.venue;
  if (where.reach == activity::Reach::several) activity.places = where.places;
  bool const places_missing = where.reach == activity::Reach::several && where.places.empty();
  if (where.reach != activity::Reach::place && !places_missing) return;
  auto shown = places_missing ? std::nullopt : index;
  for (auto const column : {Column::region, Column::district, Column::community, Column::village, Column::reach})
    if (!shown) shown = index_of(column);
  if (places_missing)
    return error("places_missing", shown, message("It is not said in which places."), message("Write the places with ; between them."));
  if (!where.place)
    return error("place_missing", shown, message("The place is missing."), message("Write a region or district, or “whole country” or “online”."));
  activity.place = where.place;
}

}  // namespace birge::exchange
