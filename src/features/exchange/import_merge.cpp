#include <algorithm>
#include <tuple>

#include "features/exchange/import_match.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

using activity::Reach;
using activity::State;

namespace {

/// In which of the stored languages a text of a row is. A title whose header names no language may be a translation that is stored already.
std::string stored_language(ImportRow const& row, std::string const& language, Activity const& stored) {
  if (language != row.untagged_language) return language;
  auto const& title = row.activity.texts.at(language).title;
  auto const says_so = [&](auto const& each) { return each.second.title == title; };
  auto const original = stored.texts.find(stored.original);
  if (original != stored.texts.end() && says_so(*original)) return stored.original;
  auto const translation = std::ranges::find_if(stored.texts, says_so);
  return translation == stored.texts.end() ? stored.original : translation->first;
}

}  // namespace

std::vector<PlaceId> places_of(Activity const& activity) { return activity.place ? std::vector{*activity.place} : activity.places; }

void keep_warnings(Activity& activity, Activity const& stored, std::string_view field) {
  auto const about = [field](activity::Warning const& warning) { return warning.field == field; };
  std::erase_if(activity.warnings, about);
  std::ranges::copy_if(stored.warnings, std::back_inserter(activity.warnings), about);
}

void keep_day(Activity& activity, Activity const& stored) {
  activity::take_when(activity, stored);
  keep_warnings(activity, stored, "day");
}

void keep_place(ImportRow& row, Activity const& stored) {
  auto& activity = row.activity;
  activity::take_where(activity, stored);
  for (auto& [language, text] : activity.texts) {
    auto const kept = stored.texts.find(stored_language(row, language, stored));
    text.venue = kept == stored.texts.end() ? std::string() : kept->second.venue;
  }
  keep_warnings(activity, stored, "village");
  keep_warnings(activity, stored, "venue");
}

namespace {

void merge_texts(Activity& result, ImportRow const& row, Layout const& layout, Activity const& stored) {
  for (auto const& [language, text] : row.activity.texts) {
    auto& target = result.texts[stored_language(row, language, stored)];
    target.title = text.title;
    if (layout.has(Column::summary)) target.summary = text.summary;
    if (layout.has(Column::venue)) target.venue = text.venue;
  }
}

void merge_days(Activity& result, Activity const& row, Layout const& layout, Activity const& stored) {
  result.day = row.day;
  result.end_day = row.end_day;
  // The first and the last day of a month are written by programs also where the month alone is known.
  bool const same_days = row.day == stored.day && row.end_day == stored.end_day && !row.start_minutes;
  result.precision = same_days && stored.precision != activity::Precision::day ? stored.precision : row.precision;
  if (stored.day != row.day && !activity::only_more_exact(row, stored)) {
    if (row.moved_from_day) result.moved_from_day = row.moved_from_day;
    // The public saw another day before: that is a move, also where the sheet only has the new one.
    else if (!activity::happened(stored.state)) result.moved_from_day = stored.day;
  }
  if (layout.has(Column::time) || layout.has(Column::start_time) || layout.has(Column::end_time) || row.start_minutes) {
    result.start_minutes = row.start_minutes;
    result.end_minutes = row.end_minutes;
  }
}

/// One place inside the other says the same more or less precisely; that is no move.
bool elsewhere(place::Tree const& places, PlaceId before, PlaceId now) { return !places.inside(now, before) && !places.inside(before, now); }

/// It is moved as soon as those in one of its places have to go elsewhere.
void merge_place(Activity& result, Activity const& row, Layout const& layout, Activity const& stored, place::Tree const& places) {
  if (!layout.has_place()) return;
  activity::take_where(result, row);
  if (activity::happened(stored.state)) return;
  auto const now = places_of(row);
  for (auto const before : places_of(stored))
    if (std::ranges::all_of(now, [&](PlaceId id) { return elsewhere(places, before, id); })) {
      result.moved_from_place = before;
      return;
    }
}

}  // namespace

Activity merged(ImportRow const& row, Layout const& layout, Activity const& stored, place::Tree const& places) {
  auto const& fresh = row.activity;
  Activity result = stored;
  merge_texts(result, row, layout, stored);
  merge_days(result, fresh, layout, stored);
  merge_place(result, fresh, layout, stored, places);
  result.kind = fresh.kind;
  result.sensitive = fresh.sensitive;
  if (row.visibility_said || fresh.kind != stored.kind) result.is_public = fresh.is_public;
  result.lead = fresh.lead;
  if (layout.has(Column::co_hosts) || !fresh.co_hosts.empty()) result.co_hosts = fresh.co_hosts;
  if (layout.has(Column::partners)) result.partners = fresh.partners;
  if (layout.has(Column::topic)) result.topics = fresh.topics;
  if (layout.has(Column::audience_group)) result.audiences = fresh.audiences;
  if (layout.has(Column::languages)) result.languages = fresh.languages;
  if (layout.has(Column::entry)) result.entry = fresh.entry;
  if (layout.has(Column::cost)) result.cost = fresh.cost;
  if (layout.has(Column::contact)) result.contact = fresh.contact;
  if (layout.has(Column::expected) || fresh.expected) result.expected = fresh.expected;
  if (fresh.external_id && !row.own_id) result.external_id = fresh.external_id;
  result.state = fresh.state;
  result.result = fresh.result;
  result.warnings = fresh.warnings;
  // Why it was moved before is no reason for what the row does to it now.
  bool const cancelled = result.state == State::cancelled && stored.state != State::cancelled;
  if (layout.has(Column::reason) || cancelled || activity::leaves_day_or_place(result, stored)) result.reason = fresh.reason;
  return result;
}

bool same(Activity const& a, Activity const& b) {
  bool const results = a.result.has_value() == b.result.has_value() &&
                       (!a.result || (same_result(*a.result, *b.result) && a.result->counted_by == b.result->counted_by));
  return results && a.kind == b.kind && a.state == b.state && a.is_public == b.is_public && a.sensitive == b.sensitive && a.day == b.day &&
         a.precision == b.precision && a.end_day == b.end_day && a.start_minutes == b.start_minutes && a.end_minutes == b.end_minutes &&
         a.reach == b.reach && a.place == b.place && a.places == b.places && a.village == b.village && a.lead == b.lead && a.co_hosts == b.co_hosts &&
         a.partners == b.partners && a.topics == b.topics && a.audiences == b.audiences && a.languages == b.languages && a.entry == b.entry &&
         a.cost == b.cost && a.contact == b.contact && a.expected == b.expected && a.moved_from_day == b.moved_from_day &&
         a.moved_from_place == b.moved_from_place && a.reason == b.reason && a.external_id == b.external_id && a.texts == b.texts &&
         a.original == b.original && a.warnings == b.warnings;
}

void put_in_order(Activity& activity) {
  std::ranges::sort(activity.topics);
  std::ranges::sort(activity.audiences);
  std::ranges::sort(activity.places);
  std::ranges::sort(activity.warnings, {}, [](activity::Warning const& warning) { return std::tie(warning.field, warning.code, warning.detail); });
  if (activity.result)
    std::ranges::sort(activity.result->cells, {},
                      [](activity::Cell const& cell) { return std::pair(std::string(activity::code(cell.sex)), cell.band); });
}

std::string place_key(Activity const& activity) {
  if (activity.reach == Reach::place) return "p" + std::to_string(activity.place.value_or(PlaceId{}).value) + "/" + fold(activity.village);
  std::string key(activity::code(activity.reach));
  for (auto const place : activity.places) key += "/" + std::to_string(place.value);
  return key;
}

std::string title_key(Activity const& activity) {
  auto const found = activity.texts.find(activity.original);
  return found == activity.texts.end() ? std::string() : fold(found->second.title);
}

bool nearly_same(std::string const& a, std::string const& b) {
  if (a == b) return true;
  auto const letters = std::min(a.size(), b.size()) / 2;  // of Cyrillic, two bytes each
  if (letters < 8) return false;
  int const limit = std::clamp(static_cast<int>(letters) / 8, 1, 4);
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > static_cast<std::size_t>(limit) * 2) return false;
  return edit_distance(a, b, limit) <= limit;
}

}  // namespace birge::exchange
