#include "features/activity/tally/tally_closing.hpp"
#include "features/work/work_step.hpp"
#include "platform/base/number.hpp"
#include "platform/base/text.hpp"

/// What the latest step changed, kept for a while, and put back.
namespace birge::work::detail {

namespace {

/// What activity_before keeps, put back.
struct Before {
  int version;
  std::string state;
  Day day, end_day;
  std::optional<int> start_minutes, end_minutes;
  std::optional<activity::PlaceId> place;
  std::string village;
  std::optional<Day> moved_from_day;
  std::optional<activity::PlaceId> moved_from_place;
  std::string reason;
  std::optional<int> result;
  bool discarded, unapproved;
  std::optional<PersonId> proposed_by, proposed_for;
  std::optional<Instant> proposed_at;
  std::optional<Day> escalates;
  std::optional<PersonId> reported_by, reported_for;
  std::optional<std::string> precision, places, venues;
};

std::string ids_text(std::vector<activity::PlaceId> const& places) {
  std::string text;
  for (auto const id : places) text += (text.empty() ? "" : " ") + std::to_string(id.value);
  return text;
}

std::vector<activity::PlaceId> places_of(std::string_view text) {
  std::vector<activity::PlaceId> places;
  for (auto const part : split(text, ' '))
    if (auto const id = whole_number<std::int64_t>(part)) places.push_back({*id});
  return places;
}

/// A line for each language: "ky № 2 мектеп".
std::string venues_text(Activity const& activity) {
  std::string text;
  for (auto const& [language, words] : activity.texts)
    if (!words.venue.empty()) text += language + " " + words.venue + "\n";
  return text;
}

void put_venues(Activity& activity, std::string_view text) {
  for (auto& [language, words] : activity.texts) words.venue.clear();
  for (auto const line : split(text, '\n')) {
    auto const space = line.find(' ');
    auto const found = activity.texts.find(std::string(line.substr(0, space)));
    if (space != std::string_view::npos && found != activity.texts.end()) found->second.venue = line.substr(space + 1);
  }
}

}  // namespace

void put_before(db::Tx& tx, Activity const& a, Standing const& work, int version) {
  auto const result = a.result ? std::optional(a.result->version) : std::nullopt;
  tx.put_row(
      "insert into activity_before (activity, version, state, day, end_day, start_minutes, end_minutes, place, village, moved_from_day,"
      " moved_from_place, reason, result, discarded, unapproved, proposed_by, proposed_for, proposed_at, escalates, reported_by, reported_for,"
      " day_precision, places, venues) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)"
      " on conflict (activity) do update set version = excluded.version, state = excluded.state, day = excluded.day, end_day = excluded.end_day,"
      " start_minutes = excluded.start_minutes, end_minutes = excluded.end_minutes, place = excluded.place, village = excluded.village,"
      " moved_from_day = excluded.moved_from_day, moved_from_place = excluded.moved_from_place, reason = excluded.reason, result = excluded.result,"
      " discarded = excluded.discarded, unapproved = excluded.unapproved, proposed_by = excluded.proposed_by, proposed_for = excluded.proposed_for,"
      " proposed_at = excluded.proposed_at, escalates = excluded.escalates, reported_by = excluded.reported_by, reported_for = excluded.reported_for,"
      " day_precision = excluded.day_precision, places = excluded.places, venues = excluded.venues",
      a.id, version, activity::code(a.state), a.day, a.end_day, a.start_minutes, a.end_minutes, a.place, a.village, a.moved_from_day,
      a.moved_from_place, a.reason, result, work.discarded, work.unapproved, work.proposed_by, work.proposed_for, work.proposed_at, work.escalates,
      work.reported_by, work.reported_for, activity::code(a.precision), ids_text(a.places), venues_text(a));
}

void put_words(db::Tx& tx, ActivityId id, int version, ResultWords const& words) {
  tx.put_row("insert into result_words (activity, version, sum_differs, challenges, recommendation, reason) values ($1, $2, $3, $4, $5, $6)", id,
             version, words.sum_differs, words.challenges, words.recommendation, words.reason);
  int position = 0;
  for (auto const& question : words.questions)
    tx.put_row("insert into result_question (activity, version, position, topic, question) values ($1, $2, $3, $4, $5)", id, version, position++,
               question.topic, question.text);
}

void copy_words(db::Tx& tx, ActivityId id, int from, int to) {
  if (from == to) return;
  put_words(tx, id, to, Store(tx).words(id, from));
  tx.run(
      "insert into result_confirmation (activity, version, at, person, acting_for, organisation, role)"
      " select activity, $3, at, person, acting_for, organisation, role from result_confirmation where activity = $1 and version = $2"
      " on conflict (activity, version) do nothing",
      id, from, to);
}

void restore(db::Tx& tx, Progress& step) {
  auto before = tx.one<Before>(
      "select version, state, day, end_day, start_minutes, end_minutes, place, village, moved_from_day, moved_from_place, reason, result, discarded,"
      " unapproved, proposed_by, proposed_for, proposed_at, escalates, reported_by, reported_for, day_precision, places, venues"
      " from activity_before where activity = $1",
      step.stored.id);
  if (before.version != step.stored.version)
    throw Problem(Failure::conflict, message("There is no step to take back, or somebody built on it already."));
  auto& next = step.next;
  next.state = activity::state_of(before.state).value();
  next.day = before.day;
  next.end_day = before.end_day;
  if (before.precision) next.precision = activity::precision_of(*before.precision).value();
  if (before.places) next.places = places_of(*before.places);
  if (before.venues) put_venues(next, *before.venues);
  next.start_minutes = before.start_minutes;
  next.end_minutes = before.end_minutes;
  next.place = before.place;
  next.village = std::move(before.village);
  next.moved_from_day = before.moved_from_day;
  next.moved_from_place = before.moved_from_place;
  next.reason = std::move(before.reason);
  auto const current = next.result ? std::optional(next.result->version) : std::nullopt;
  // Nobody stands for a result whose confirmation was taken back; a sign-in sheet is not counted from it either.
  if (step.stored.state == State::confirmed && current)
    tx.run("delete from result_confirmation where activity = $1 and version = $2", next.id, *current);
  if (before.result && before.result != current) {
    next.result = activity::result_version(tx, next.id, *before.result);
    step.result_before = before.result;
  }
  auto& work = step.work;
  work.discarded = before.discarded;
  work.unapproved = before.unapproved;
  work.proposed_by = before.proposed_by;
  work.proposed_for = before.proposed_for;
  work.proposed_at = before.proposed_at;
  work.escalates = before.escalates;
  work.reported_by = before.reported_by;
  work.reported_for = before.reported_for;
}

}  // namespace birge::work::detail
