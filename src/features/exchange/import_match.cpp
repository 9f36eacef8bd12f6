#include "features/exchange/import_match.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "features/activity/activity_store.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "platform/base/text.hpp"

namespace birge::exchange {

namespace {

constexpr std::string_view same_as_other = "same_as_other";
/// Parts of a key; no part holds a line break, since texts are single lines.
template <class... Parts>
std::string key(Parts const&... parts) {
  std::string joined;
  ((joined += parts, joined += '\n'), ...);
  return joined;
}

std::string number(OrganisationId id) { return std::to_string(id.value); }

using Index = std::unordered_map<std::string, std::vector<std::size_t>>;

std::vector<std::size_t> const& entries(Index const& index, std::string const& key) {
  static std::vector<std::size_t> const none;
  auto const found = index.find(key);
  return found == index.end() ? none : found->second;
}

/// Who moves it from what is stored, also back to where it was, writes so.
bool tells_of_a_move(ImportRow const& row, Activity const& stored) {
  return row.old_day ? row.old_day == stored.day : row.status == Status::Word::moved;
}

bool on_the_day_left(Activity const& row, Activity const& stored) { return stored.day != row.day && stored.moved_from_day == row.day; }

/// A row names the place that was left, and else nothing that is not stored.
bool in_the_place_left(Activity const& row, Activity const& stored) {
  if (!stored.moved_from_place) return false;
  auto const stands_in = places_of(stored);
  auto const is_stored = [&](PlaceId id) { return std::ranges::find(stands_in, id) != stands_in.end(); };
  if (is_stored(*stored.moved_from_place)) return false;
  auto const listed = places_of(row);
  return std::ranges::find(listed, *stored.moved_from_place) != listed.end() &&
         std::ranges::all_of(listed, [&](PlaceId id) { return id == stored.moved_from_place || is_stored(id); });
}

/// A row names what its stored place is in: the district of a community, say. It knows less, not another place.
bool around(Activity const& row, Activity const& stored, place::Tree const& places) {
  return row.place && stored.place && row.village.empty() && row.place != stored.place && places.inside(*stored.place, *row.place);
}

/// A row as it would be where each of its places was the one that had the name at another time.
Activity in_former_places(ImportRow const& row) {
  auto activity = row.activity;
  auto const put = [&](PlaceId& place) {
    if (auto const found = row.formerly.find(place); found != row.formerly.end()) place = found->second;
  };
  if (activity.place) put(*activity.place);
  std::ranges::for_each(activity.places, put);
  std::ranges::sort(activity.places);
  if (row.village_for_place) activity.village.clear();
  return activity;
}

constexpr std::size_t longest_bucket = 50;  // of activities in one place on one day that are compared by title

}  // namespace

Matching::Matching(Context const& context, std::vector<Layout> const& layouts, std::vector<Activity> stored)
    : context_(context), layouts_(layouts), stored_(std::move(stored)) {
  for (auto& activity : stored_) {
    put_in_order(activity);
    stored_titles_.push_back(title_key(activity));
  }
  claimed_by_.resize(stored_.size());
}

void Matching::add(ImportRow const& row, Finding::Severity severity, std::string_view code, Message expected, Message suggestion, Column column,
                   activity::ActivityId near) {
  Finding finding;
  finding.severity = severity;
  finding.code = code;
  finding.sheet = layouts_[row.layout].sheet;
  finding.row = row.number;
  auto const& columns = layouts_[row.layout].columns;
  auto const found = std::ranges::find_if(columns, [&](SheetColumn const& entry) { return entry.heading.column == column; });
  if (found != columns.end()) finding.column = column_name(layouts_[row.layout], static_cast<std::size_t>(found - columns.begin()));
  auto const& texts = row.activity.texts;
  if (auto const text = texts.find(row.activity.original); column == Column::title && text != texts.end())
    finding.read = shortened(text->second.title, 100);
  finding.expected = std::move(expected);
  finding.suggestion = std::move(suggestion);
  finding.near = near;
  findings_->add(std::move(finding));
}

void Matching::error(ImportRow& row, std::string_view code, Message expected, Message suggestion, activity::ActivityId near, Column column) {
  row.fate = Fate::block;
  add(row, Finding::Severity::error, code, std::move(expected), std::move(suggestion), column, near);
}

void Matching::decide(std::vector<ImportRow>& rows, Findings& findings) {
  findings_ = &findings;
  claims_.resize(rows.size());
  claim_by_id(rows);
  claim_by_key(rows);
  find_repeated(rows);
  ask_about_near(rows);
  settle(rows);
  warn_of_same(rows);
  compare(rows);
  check_places(rows);
  if (context_.closed) check_closed(rows);
  check_rights(rows);
}

bool Matching::claim(std::vector<ImportRow>& rows, std::size_t row, std::size_t stored) {
  if (auto const other = claimed_by_[stored]) {
    error(rows[row], "repeated_row", message("Row {} is about the same activity.", rows[*other].number),
          message("Remove one of them, or give each an id."));
    return false;
  }
  claimed_by_[stored] = row;
  claims_[row] = stored;
  rows[row].stored = stored;
  rows[row].fate = Fate::update;
  return true;
}

/// The sender's own id, or the one that Birge gives in exports and messages.
void Matching::claim_by_id(std::vector<ImportRow>& rows) {
  std::unordered_map<std::string, std::size_t> external, own, seen;
  for (std::size_t i = 0; i < stored_.size(); ++i) {
    if (stored_[i].external_id) external.emplace(*stored_[i].external_id, i);
    own.emplace(id_text(stored_[i].id), i);
    own.emplace(stored_[i].uid, i);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& row = rows[i];
    if (row.fate == Fate::block || !row.activity.external_id) continue;
    auto const& id = *row.activity.external_id;
    if (auto const [first, is_new] = seen.emplace(id, i); !is_new) {
      row.fate = Fate::block;
      add(row, Finding::Severity::error, "repeated_id", message("Row {} has the same id ({}).", rows[first->second].number, shortened(id, 40)),
          message("Each activity needs an id of its own."), Column::id);
      continue;
    }
    if (auto const found = external.find(id); found != external.end()) claim(rows, i, found->second);
    else if (auto const ours = own.find(id); ours != own.end()) row.own_id = claim(rows, i, ours->second);
  }
}

void Matching::claim_by_key(std::vector<ImportRow>& rows) {
  Index index;
  for (std::size_t i = 0; i < stored_.size(); ++i) index[key(number(stored_[i].lead), stored_titles_[i], place_key(stored_[i]))].push_back(i);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& row = rows[i];
    if (row.fate == Fate::block || claims_[i]) continue;
    auto const& activity = row.activity;
    std::optional<std::size_t> best;
    int best_rank = 0;
    bool tie = false;
    auto const look = [&](std::string const& place) {
      for (auto const candidate : entries(index, key(number(activity.lead), title_key(activity), place))) {
        auto const& stored = stored_[candidate];
        if (activity.external_id && stored.external_id) continue;  // another id is another activity
        int const rank = stored.day == activity.day                  ? 3
                         : row.old_day && stored.day == *row.old_day ? 2
                         : stored.moved_from_day == activity.day     ? 1
                                                                     : 0;
        if (rank == 0 || (claimed_by_[candidate] && rows[*claimed_by_[candidate]].activity.external_id)) continue;
        tie = rank == best_rank;
        if (rank > best_rank) best = candidate, best_rank = rank, tie = false;
      }
    };
    look(place_key(activity));
    if (!best && !row.formerly.empty()) look(place_key(in_former_places(row)));
    if (!best) continue;
    if (tie)
      error(row, "several_matches", message("Several stored activities fit this row."),
            message("Write the id of the one you mean ({} ...) in the id column.", id_text(stored_[*best].id)));
    else claim(rows, i, *best);
  }
}

/// Rows that say the same twice within the file, where nothing is stored yet.
void Matching::find_repeated(std::vector<ImportRow>& rows) {
  std::unordered_map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& row = rows[i];
    if (row.fate != Fate::add || row.activity.external_id) continue;
    auto const& activity = row.activity;
    auto const [first, is_new] = seen.emplace(key(number(activity.lead), title_key(activity), place_key(activity), activity.day.iso()), i);
    if (is_new) continue;
    auto const& other = rows[first->second];
    bool const identical = same(activity, other.activity) && row.status == other.status && row.result.has_value() == other.result.has_value() &&
                           (!row.result || (row.result->attendance == other.result->attendance && row.result->cells == other.result->cells));
    if (!identical) {
      error(row, "repeated_row", message("Row {} is about the same activity.", other.number), message("Remove one of them, or give each an id."));
      continue;
    }
    row.fate = Fate::skip;
    add(row, Finding::Severity::warning, "repeated_row", message("The same as row {}; taken once.", other.number), {}, Column::title);
  }
}

/// A row that is new by its key, but nearly one that is stored and that no other row of the file is about.
void Matching::ask_about_near(std::vector<ImportRow>& rows) {
  Index other_day, other_place, other_title;
  for (std::size_t i = 0; i < stored_.size(); ++i) {
    if (claimed_by_[i]) continue;
    auto const& stored = stored_[i];
    other_day[key(number(stored.lead), stored_titles_[i], place_key(stored))].push_back(i);
    other_place[key(number(stored.lead), stored_titles_[i], stored.day.iso())].push_back(i);
    other_title[key(number(stored.lead), place_key(stored), stored.day.iso())].push_back(i);
  }
  if (other_day.empty()) return;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& row = rows[i];
    if (row.fate != Fate::add) continue;
    auto const& activity = row.activity;
    auto const lead = number(activity.lead), title = title_key(activity), place = place_key(activity), day = activity.day.iso();
    auto near = entries(other_day, key(lead, title, place));
    if (near.empty()) near = entries(other_place, key(lead, title, day));
    if (near.empty())
      for (auto const candidate : entries(other_title, key(lead, place, day)))
        if (nearly_same(title, stored_titles_[candidate])) near.push_back(candidate);
    if (activity.external_id)  // another id is another activity
      std::erase_if(near, [this](std::size_t candidate) { return stored_[candidate].external_id.has_value(); });
    if (near.empty()) continue;
    auto const& stored = stored_[near.front()];
    auto const& answers = context_.options.decisions.near;
    if (auto const answer = answers.find({layouts_[row.layout].sheet, row.number}); answer != answers.end()) {
      if (!answer->second) continue;  // another one
      if (*answer->second == stored.id) {
        claim(rows, i, near.front());
        continue;
      }
    }
    auto const what = message("An activity of this organisation is stored that is nearly the same: “{}”, {}.",
                              shortened(stored.text(context_.options.language).title, 80), stored.day);
    if (activity.external_id) {  // an id of the sender's own says that it is another one, but its sender may not know of the stored one
      add(row, Finding::Severity::warning, "near_match", what, message("If it is the same, write {} in the id column.", id_text(stored.id)),
          Column::title, stored.id);
      continue;
    }
    error(row, "near_match", what,
          message("If it is the same, write {} in the id column; if it is another one, write an id of your own there.", id_text(stored.id)),
          stored.id);
  }
}

/// What is stored in a place outside its time stays there, whatever took over the name.
void Matching::keep_former_place(ImportRow& row, Activity const& stored) {
  if (row.formerly.empty() || !activity::place_out_of_time(stored, nullptr, *context_.facts.places)) return;
  auto const former = in_former_places(row);
  if (former.place != stored.place || former.places != stored.places) return;
  row.activity.place = stored.place;
  row.activity.places = stored.places;
  if (row.village_for_place) row.activity.village = stored.village;
}

/// Where it is told what is said of the place.
Column Matching::column_of_place(ImportRow const& row) const {
  auto column = Column::place;
  for (auto const candidate : {Column::region, Column::district, Column::community, Column::village})
    if (!layouts_[row.layout].has(column)) column = candidate;
  return column;
}

/// The plan as it was before a move, or before its day was known, comes again: that takes nothing back.
void Matching::keep_what_is_later(ImportRow& row, Activity const& stored) {
  if (tells_of_a_move(row, stored)) return;
  auto const how = message("If it is moved back, write “moved to” and the date as its status.");
  if (on_the_day_left(row.activity, stored)) {
    keep_day(row.activity, stored);
    add(row, Finding::Severity::note, "moved_before", message("It was moved to {} before; that day stays.", stored.day), how, Column::day);
  } else if (row.activity.precision != stored.precision && activity::only_more_exact(stored, row.activity)) {
    keep_day(row.activity, stored);
    add(row, Finding::Severity::note, "exact_before", message("Its exact day is stored: {}; that day stays.", stored.day), {}, Column::day);
  }
  auto const where = [&] {
    auto const language = context_.options.language;
    std::vector<std::string> names;
    for (auto const id : places_of(stored)) names.push_back(context_.facts.places->full_name(id, language));
    return names.empty() ? std::string(Say::in(language)(activity::name(stored.reach))) : joined(names, "; ");
  };
  if (in_the_place_left(row.activity, stored)) {
    keep_place(row, stored);
    add(row, Finding::Severity::note, "moved_before", message("It was moved to another place before: {}; that place stays.", where()), how,
        column_of_place(row));
  } else if (around(row.activity, stored, *context_.facts.places)) {
    activity::take_where(row.activity, stored);
    add(row, Finding::Severity::note, "exact_before", message("Its exact place is stored: {}; that place stays.", where()), {}, column_of_place(row));
  }
}

void Matching::settle(std::vector<ImportRow>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& row = rows[i];
    if (row.fate != Fate::add && row.fate != Fate::update) continue;
    auto const* stored = claims_[i] ? &stored_[*claims_[i]] : nullptr;
    if (stored) keep_former_place(row, *stored);
    if (stored) keep_what_is_later(row, *stored);
    auto const settled = settle_state(row, layouts_[row.layout], stored, context_.today);
    using Problem = Settled::Problem;
    if (settled.problem == Problem::held_in_future)  // either cell may be the wrong one, so both can be corrected
      for (auto const column : {Column::day, Column::status})
        error(row, "held_in_future", message("It cannot have been held: the day is still to come."), message("Correct the date or the status."), {},
              column);
    if (settled.problem == Problem::cancelled_with_result)
      error(row, "cancelled_with_result", message("A result of it is stored, so it was held."), message("Correct the status."), {}, Column::status);
    if (settled.count_before_held) {
      activity::Warning warning{"count_before_held", "counts", row.status == Status::Word::cancelled ? "cancelled" : "approved"};
      add(row, Finding::Severity::warning, warning.code, activity::warning_text(warning), message("They are taken as the expected attendance."),
          Column::total);
      row.activity.warnings.push_back(std::move(warning));
    }
    if (settled.expected_again) {
      add(row, Finding::Severity::warning, "count_before_held", message("So many were expected, and it is not said that it was held."),
          message("If so many came, write “held” as its status."), Column::total);
      std::ranges::copy_if(stored->warnings, std::back_inserter(row.activity.warnings),
                           [](activity::Warning const& warning) { return warning.code == "count_before_held"; });
    }
    if (settled.confirmation_falls)
      add(row, Finding::Severity::warning, "confirmation_falls", message("Another result of it was confirmed; this one has to be confirmed anew."),
          message("If nothing was counted anew, leave the counts of this row empty."), Column::total);
    if (settled.narrative_left_out)
      add(row, Finding::Severity::note, "narrative_left_out", message("Notes are kept with a result only; left out."), {}, Column::narrative);
  }
}

/// The same in the calendars of two organisations: perhaps one activity counted twice.
void Matching::warn_of_same(std::vector<ImportRow>& rows) {
  struct Entry {
    Activity const* activity;
    std::string title, shown;
    std::optional<std::size_t> row;
  };
  std::unordered_map<std::string, std::vector<Entry>> buckets;
  auto const put = [&](Activity const& activity, std::optional<std::size_t> row) {
    if (activity.reach != activity::Reach::place || !activity.place || activity.state == activity::State::cancelled) return;
    auto& bucket = buckets[key(std::to_string(activity.place->value), activity.day.iso())];
    auto const shown = activity.is_public ? shortened(activity.text(context_.options.language).title, 80) : std::string("…");
    if (bucket.size() < longest_bucket) bucket.push_back({&activity, title_key(activity), shown, row});
  };
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].fate == Fate::add || rows[i].fate == Fate::update) put(rows[i].activity, i);
  for (std::size_t i = 0; i < stored_.size(); ++i)
    if (!claimed_by_[i]) put(stored_[i], std::nullopt);
  auto const different = [](Activity const& a, Activity const& b) {
    if (!a.village.empty() && !b.village.empty() && fold(a.village) != fold(b.village)) return true;
    return a.lead == b.lead && a.start_minutes != b.start_minutes;
  };
  for (auto const& [place, bucket] : buckets)
    for (auto const& entry : bucket) {
      if (!entry.row) continue;
      std::optional<std::string> other;
      for (auto const& candidate : bucket)
        if (candidate.activity != entry.activity && nearly_same(entry.title, candidate.title) && !different(*entry.activity, *candidate.activity))
          if (!other || candidate.shown < *other) other = candidate.shown;
      if (!other) continue;
      activity::Warning warning{std::string(same_as_other), "title", *other};
      add(rows[*entry.row], Finding::Severity::warning, warning.code, activity::warning_text(warning),
          message("If it is one activity, enter it once with its co-hosts."), Column::title);
      rows[*entry.row].activity.warnings.push_back(std::move(warning));
    }
}

void Matching::compare(std::vector<ImportRow>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& row = rows[i];
    if (row.own_id && row.fate == Fate::add) row.activity.external_id.reset();
    if (row.fate != Fate::update) continue;
    auto const& stored = stored_[*claims_[i]];
    row.activity = merged(row, layouts_[row.layout], stored, *context_.facts.places);
    put_in_order(row.activity);
    auto alone = row.activity;  // that another one is like it is told, but it is no change of this one
    std::erase_if(alone.warnings, [&](activity::Warning const& warning) {
      return warning.code == same_as_other && std::ranges::find(stored.warnings, warning) == stored.warnings.end();
    });
    if (same(alone, stored)) row.activity = std::move(alone), row.fate = Fate::unchanged;
  }
}

/// A place that was abolished, or is none yet, takes nothing new.
void Matching::check_places(std::vector<ImportRow>& rows) {
  auto const& places = *context_.facts.places;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& row = rows[i];
    if (row.fate != Fate::add && row.fate != Fate::update) continue;
    auto const& activity = row.activity;
    auto const* place = activity::place_out_of_time(activity, row.fate == Fate::update ? &stored_[*claims_[i]] : nullptr, places);
    if (!place) continue;
    auto const name = [&](PlaceId id) { return places.full_name(id, context_.options.language); };
    std::string names;
    for (auto const id : context_.places.namesakes(*place, activity.day, activity.end_day)) names += (names.empty() ? "" : "; ") + name(id);
    error(row, "place_out_of_time", place::out_of_time(*place, name(place->id), activity.day),
          names.empty() ? Message{} : message("Perhaps: {}.", names), {}, column_of_place(row));
  }
}

/// What the writer would refuse is told beside the row, also in a trial.
void Matching::check_closed(std::vector<ImportRow>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& row = rows[i];
    if (row.fate == Fate::add) error(row, closed_edition, campaign::closed_message(), {});
    if (row.fate != Fate::update) continue;
    auto const& stored = stored_[*claims_[i]];
    if (!stored.result) error(row, closed_edition, campaign::closed_message(), {});
    else if (activity::touches_plan(row.activity, stored))
      error(row, closed_edition,
            message("The edition is closed: of this activity only the result can still be corrected, not its day, place, kind or anything else."),
            {});
  }
}

/// What the person may store and approve; asked last, when it is known what each row would change.
void Matching::check_rights(std::vector<ImportRow>& rows) {
  using activity::State;
  auto const& rights = context_.options.rights;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& row = rows[i];
    if (row.fate != Fate::add && row.fate != Fate::update) continue;
    auto const* stored = row.fate == Fate::update ? &stored_[*claims_[i]] : nullptr;
    if (rights.refuse)
      if (auto const why = rights.refuse(row.activity, stored)) {
        error(row, "not_yours", *why, {});
        continue;
      }
    if (stored && rights.against_life)
      if (auto const why = rights.against_life(context_.read, row.activity, *stored)) {
        error(row, "against_life", *why, message("People worked on it in Birge. Change it there, or leave this row out."));
        continue;
      }
    // Asking what was approved reads the log, and only the number of people may have crept away from it.
    bool const asks = stored && stored->state == State::approved && rights.approved && row.activity.expected != stored->expected;
    bool const anew =
        stored && stored->state == State::approved && activity::another_plan(row.activity, asks ? rights.approved(context_.read, *stored) : *stored);
    bool const approved_before = stored && activity::counted(stored->state);
    if (row.activity.state != State::approved || (approved_before && !anew) || !rights.approves ||
        rights.approves(context_.read, row.activity, stored))
      continue;
    row.activity.state = State::proposed;
    if (stored && same(row.activity, *stored)) row.fate = Fate::unchanged;
  }
}

}  // namespace birge::exchange
