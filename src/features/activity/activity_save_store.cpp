#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "features/activity/activity_store.hpp"
#include "features/activity/activity_tallies.hpp"
#include "features/activity/activity_whole.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "platform/base/text.hpp"

namespace birge::activity {

namespace {

/// The words that saves will be found by. Kept until the end and written in the order of the index: a large import then fills its pages
/// one after the other.
class PendingWords {
public:
  void add(Activity const& activity, std::vector<std::string> words) {
    activities_.insert(activity.id);
    for (auto& word : words) entries_[std::move(word)].push_back({activity.edition, activity.day, activity.id});
  }
  bool has(ActivityId id) const { return activities_.contains(id); }

  void write(db::Tx& tx) {
    std::vector<std::pair<std::string_view, Entry>> rows;
    for (auto& [word, entries] : entries_) {
      std::ranges::sort(entries);
      for (auto const& entry : entries) rows.emplace_back(word, entry);
    }
    std::span<std::pair<std::string_view, Entry> const> left(rows);
    for (; left.size() >= at_once; left = left.subspan(at_once)) write_several(tx, left, std::make_index_sequence<at_once>());
    for (auto const& [word, entry] : left)
      tx.put("insert into search_word (word, object, edition, day, id) values ($1, 'activity', $2, $3, $4)", word, entry.edition, entry.day,
             entry.id);
    entries_.clear();
    activities_.clear();
  }

private:
  struct Entry {
    EditionId edition;
    Day day;
    ActivityId id;
    auto operator<=>(Entry const&) const = default;
  };

  /// A statement costs as much as the rows of it: an activity has some thirty words.
  static constexpr std::size_t at_once = 8;
  template <std::size_t... I>
  static void write_several(db::Tx& tx, std::span<std::pair<std::string_view, Entry> const> rows, std::index_sequence<I...>) {
    tx.put(
        "insert into search_word (word, object, edition, day, id) values ($1, 'activity', $9, $17, $25), ($2, 'activity', $10, $18, $26),"
        " ($3, 'activity', $11, $19, $27), ($4, 'activity', $12, $20, $28), ($5, 'activity', $13, $21, $29), ($6, 'activity', $14, $22, $30),"
        " ($7, 'activity', $15, $23, $31), ($8, 'activity', $16, $24, $32)",
        rows[I].first..., rows[I].second.edition..., rows[I].second.day..., rows[I].second.id...);
  }

  std::map<std::string, std::vector<Entry>> entries_;
  std::set<ActivityId> activities_;
};

}  // namespace

class TallyChanges : public Tallies {
public:
  PendingWords words;

  /// The one place that every way of storing an activity passes - forms, imports, the sample - so a closed edition is refused here. It is asked of
  /// the database: facts may be those of a moment before the closing.
  void refuse_closed(db::Tx& tx, EditionId edition) {
    auto const [known, added] = closed_.try_emplace(edition);
    if (added) known->second = campaign::closed(tx, edition).has_value();
    if (known->second) throw Problem(Failure::conflict, campaign::closed_message());
  }

private:
  std::map<EditionId, bool> closed_;
};

namespace {

std::string_view visibility(Activity const& activity) { return activity.is_public ? "public" : "coalition"; }

std::optional<std::int64_t> low(std::optional<Count> const& count) { return count ? std::optional(count->low) : std::nullopt; }
std::optional<std::int64_t> high(std::optional<Count> const& count) { return count ? std::optional(count->high) : std::nullopt; }

std::optional<std::string> source_of(Activity const& activity) { return activity.source.empty() ? std::nullopt : std::optional(activity.source); }

std::optional<Count> attendance(Activity const& activity) { return activity.result ? activity.result->attendance : std::nullopt; }
std::optional<Count> audience(Activity const& activity) { return activity.result ? activity.result->audience : std::nullopt; }

void put_texts(db::Tx& tx, Activity const& activity) {
  for (auto const& [language, text] : activity.texts)
    tx.put("insert into activity_text (activity, language, original, title, summary, venue) values ($1, $2, $3, $4, $5, $6)", activity.id, language,
           language == activity.original, text.title, text.summary, text.venue);
}

/// The lists of an activity repeat its edition and day, which their indexes begin with.
void put_codes(db::Tx& tx, Activity const& activity) {
  for (auto const& topic : std::set(activity.topics.begin(), activity.topics.end()))
    tx.put("insert into activity_topic (activity, topic, edition, day) values ($1, $2, $3, $4)", activity.id, topic, activity.edition, activity.day);
  for (auto const& audience : std::set(activity.audiences.begin(), activity.audiences.end()))
    tx.put("insert into activity_audience (activity, audience, edition, day) values ($1, $2, $3, $4)", activity.id, audience, activity.edition,
           activity.day);
}

void put_places(db::Tx& tx, Activity const& activity) {
  for (auto const& place : std::set(activity.places.begin(), activity.places.end()))
    tx.put("insert into activity_place (activity, place) values ($1, $2)", activity.id, place);
}

void put_hosts(db::Tx& tx, Activity const& activity) {
  std::set<OrganisationId> seen;
  int position = 0;
  auto const put_host = [&](OrganisationId organisation, std::string_view role) {
    if (!seen.insert(organisation).second) return;
    tx.put("insert into activity_organisation (activity, organisation, role, position, edition, day) values ($1, $2, $3, $4, $5, $6)", activity.id,
           organisation, role, position++, activity.edition, activity.day);
  };
  put_host(activity.lead, "lead");
  for (auto const host : activity.co_hosts) put_host(host, "co_host");
  for (auto const partner : activity.partners) put_host(partner, "partner");
}

void put_result(db::Tx& tx, Activity const& activity, Instant now) {
  auto const& result = *activity.result;
  tx.put(
      "insert into result (activity, version, method, total_low, total_high, audience_low, audience_high, counted_by, reported_day, narrative,"
      " recorded) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      activity.id, result.version, result.method, low(result.attendance), high(result.attendance), low(result.audience), high(result.audience),
      result.counted_by, result.reported_day, result.narrative, now);
  for (auto const& cell : result.cells)
    tx.put("insert into result_count (activity, version, sex, band, low, high) values ($1, $2, $3, $4, $5, $6)", activity.id, result.version,
           code(cell.sex), cell.band, cell.count.low, cell.count.high);
}

void put_warnings(db::Tx& tx, Activity const& activity) {
  int position = 0;
  for (auto const& warning : activity.warnings)
    tx.put("insert into activity_warning (activity, position, code, field, detail) values ($1, $2, $3, $4, $5)", activity.id, position++,
           warning.code, warning.field, warning.detail);
}

/// What a search finds an activity by: its texts, its village and who leads it.
std::vector<std::string> words_of(Activity const& activity, campaign::Facts const& facts) {
  std::string text = activity.village;
  for (auto const& [language, words] : activity.texts) text += " " + words.title + " " + words.venue + " " + words.summary;
  if (auto const* lead = facts.organisation(activity.lead))
    for (auto const& [language, name] : lead->names) text += " " + name;
  return words(text);  // each once
}

void put_history(db::Tx& tx, Activity const& activity, std::string_view what, std::string_view actor, Instant now) {
  tx.put("insert into activity_change (activity, version, at, state, what, reason, actor) values ($1, $2, $3, $4, $5, $6, $7)", activity.id,
         activity.version, now, code(activity.state), what, activity.reason, actor);
}

/// Rewrites those parts that differ from what is stored: most steps of an activity's life change none of them.
void replace_parts(db::Tx& tx, Activity const& activity, Activity const& stored) {
  auto const id = activity.id;
  bool const other_day = activity.day != stored.day || activity.edition != stored.edition;
  if (activity.texts != stored.texts || activity.original != stored.original) {
    tx.put("delete from activity_text where activity = $1", id);
    put_texts(tx, activity);
  }
  if (other_day || activity.topics != stored.topics || activity.audiences != stored.audiences) {
    tx.put("delete from activity_topic where activity = $1", id);
    tx.put("delete from activity_audience where activity = $1", id);
    put_codes(tx, activity);
  }
  if (activity.places != stored.places) {
    tx.put("delete from activity_place where activity = $1", id);
    put_places(tx, activity);
  }
  if (other_day || activity.lead != stored.lead || activity.co_hosts != stored.co_hosts || activity.partners != stored.partners) {
    tx.put("delete from activity_organisation where activity = $1", id);
    put_hosts(tx, activity);
  }
  if (activity.warnings != stored.warnings) {
    tx.put("delete from activity_warning where activity = $1", id);
    put_warnings(tx, activity);
  }
}

/// Whether a search finds the two by other words, or lists them elsewhere.
bool found_differently(Activity const& a, Activity const& b) {
  return a.texts != b.texts || a.village != b.village || a.lead != b.lead || a.edition != b.edition || a.day != b.day;
}

/// Whether anything of the row of an activity differs that belongs to its plan, rather than to how far it has come.
bool plan_differs(Activity const& a, Activity const& b) {
  auto const plan = [](Activity const& each) {
    return std::tie(each.edition, each.kind, each.is_public, each.sensitive, each.sequence, each.day, each.precision, each.end_day,
                    each.start_minutes, each.end_minutes, each.reach, each.place, each.village, each.lead, each.languages, each.entry, each.cost,
                    each.contact, each.expected, each.moved_from_day, each.moved_from_place, each.external_id, each.due_day, each.source,
                    each.original, each.texts);
  };
  return plan(a) != plan(b);
}

/// A calendar must be told anew when what it shows changed.
bool calendar_differs(Activity const& a, Activity const& b) {
  return a.day != b.day || a.end_day != b.end_day || a.start_minutes != b.start_minutes || a.end_minutes != b.end_minutes || a.place != b.place ||
         a.village != b.village || a.reach != b.reach || (a.state == State::cancelled) != (b.state == State::cancelled) || a.texts != b.texts;
}

bool same(Result const& a, Result const& b) {
  return a.method == b.method && a.attendance == b.attendance && a.audience == b.audience && a.cells == b.cells && a.counted_by == b.counted_by &&
         a.narrative == b.narrative;
}

/// Control characters and marks that turn the direction of writing have no place in any text, whichever way it came in. Most texts have
/// none, which a look at their bytes tells: U+200E to U+2069 begin with E2 80 or E2 81.
bool suspicious(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7F) return true;
    if (c == 0xE2 && i + 1 < text.size() && (text[i + 1] == '\x80' || text[i + 1] == '\x81')) return true;
  }
  return false;
}

void clean_texts(Activity& activity) {
  auto const line = [](std::string& text) {
    if (suspicious(text)) text = clean_line(text);
  };
  auto const lines = [](std::string& text) {
    if (suspicious(text)) text = clean_text(text);
  };
  for (auto& [language, text] : activity.texts) {
    line(text.title);
    line(text.venue);
    lines(text.summary);
  }
  for (auto* text : {&activity.village, &activity.cost, &activity.contact, &activity.reason}) line(*text);
  if (activity.result) lines(activity.result->narrative);
  for (auto& warning : activity.warnings) line(warning.detail);
}

/// What is stored is what counts: each organisation has one role, each topic and audience stands once.
void tidy_lists(Activity& activity) {
  std::set<OrganisationId> seen{activity.lead};
  auto const once = [&](std::vector<OrganisationId>& list) { std::erase_if(list, [&](OrganisationId id) { return !seen.insert(id).second; }); };
  once(activity.co_hosts);
  once(activity.partners);
  for (auto* list : {&activity.topics, &activity.audiences}) {
    std::ranges::sort(*list);
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
}

std::string folded_title(Activity const& activity) {
  auto const found = activity.texts.find(activity.original);
  return found == activity.texts.end() ? std::string() : fold(found->second.title);
}

void put_row(db::Tx& tx, TallyKey const& key, Numbers const& n) {
  auto const& [edition, region, dimension, name] = key;
  auto const& v = n.values;
  tx.put(
      "insert into tally (edition, region, dimension, key, planned, held, cancelled, moved, reported, confirmed, hidden, co_hosted,"
      " reported_low, reported_high, confirmed_low, confirmed_high, audience_reported_low, audience_reported_high, audience_confirmed_low,"
      " audience_confirmed_high, moved_held, moved_cancelled, moved_reported, moved_confirmed, hidden_held, hidden_cancelled,"
      " hidden_reported, hidden_confirmed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,"
      " $21, $22, $23, $24, $25, $26, $27, $28)"
      " on conflict (edition, region, dimension, key) do update set planned = tally.planned + excluded.planned, held = tally.held + excluded.held,"
      " cancelled = tally.cancelled + excluded.cancelled, moved = tally.moved + excluded.moved, reported = tally.reported + excluded.reported,"
      " confirmed = tally.confirmed + excluded.confirmed, hidden = tally.hidden + excluded.hidden,"
      " co_hosted = tally.co_hosted + excluded.co_hosted, reported_low = tally.reported_low + excluded.reported_low,"
      " reported_high = tally.reported_high + excluded.reported_high, confirmed_low = tally.confirmed_low + excluded.confirmed_low,"
      " confirmed_high = tally.confirmed_high + excluded.confirmed_high,"
      " audience_reported_low = tally.audience_reported_low + excluded.audience_reported_low,"
      " audience_reported_high = tally.audience_reported_high + excluded.audience_reported_high,"
      " audience_confirmed_low = tally.audience_confirmed_low + excluded.audience_confirmed_low,"
      " audience_confirmed_high = tally.audience_confirmed_high + excluded.audience_confirmed_high,"
      " moved_held = tally.moved_held + excluded.moved_held, moved_cancelled = tally.moved_cancelled + excluded.moved_cancelled,"
      " moved_reported = tally.moved_reported + excluded.moved_reported, moved_confirmed = tally.moved_confirmed + excluded.moved_confirmed,"
      " hidden_held = tally.hidden_held + excluded.hidden_held, hidden_cancelled = tally.hidden_cancelled + excluded.hidden_cancelled,"
      " hidden_reported = tally.hidden_reported + excluded.hidden_reported, hidden_confirmed = tally.hidden_confirmed + excluded.hidden_confirmed",
      edition, region, dimension, name, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13], v[14], v[15], v[16],
      v[17], v[18], v[19], v[20], v[21], v[22], v[23]);
  if (n[Measure::planned] < 0)
    tx.put("delete from tally where edition = $1 and region = $2 and dimension = $3 and key = $4 and planned = 0", edition, region, dimension, name);
}

/// What a result adds to the sums of an activity that was counted before: the rows are there, and all of them change by the same.
bool only_progress(Numbers const& n) {
  constexpr std::array progress{Measure::held,      Measure::reported,      Measure::reported_low,  Measure::reported_high,
                                Measure::confirmed, Measure::confirmed_low, Measure::confirmed_high};
  auto rest = n;
  for (auto const measure : progress) rest[measure] = 0;
  return rest.zero();
}

/// The rows of one statement, which is repeated with the last of them where there are fewer: a row that is named twice changes once.
constexpr std::size_t progress_at_once = 16;
template <std::size_t... I>
void put_progress(db::Tx& tx, std::span<TallyKey const> keys, Numbers const& n, std::index_sequence<I...>) {
  auto const key = [&](std::size_t i) -> TallyKey const& { return keys[std::min(i, keys.size() - 1)]; };
  tx.put(
      "update tally set held = held + $1, reported = reported + $2, reported_low = reported_low + $3, reported_high = reported_high + $4,"
      " confirmed = confirmed + $5, confirmed_low = confirmed_low + $6, confirmed_high = confirmed_high + $7 from (values"
      " ($9, $25, $41), ($10, $26, $42), ($11, $27, $43), ($12, $28, $44), ($13, $29, $45), ($14, $30, $46), ($15, $31, $47), ($16, $32, $48),"
      " ($17, $33, $49), ($18, $34, $50), ($19, $35, $51), ($20, $36, $52), ($21, $37, $53), ($22, $38, $54), ($23, $39, $55), ($24, $40, $56))"
      " as one where tally.edition = $8 and tally.region = one.column1 and tally.dimension = one.column2 and tally.key = one.column3",
      n[Measure::held], n[Measure::reported], n[Measure::reported_low], n[Measure::reported_high], n[Measure::confirmed], n[Measure::confirmed_low],
      n[Measure::confirmed_high], std::get<0>(keys.front()), std::get<1>(key(I))..., std::get<2>(key(I))..., std::get<3>(key(I))...);
}

void flush_rows(db::Tx& tx, Tallies const& changes) {
  std::map<std::pair<std::int64_t, std::array<std::int64_t, measures>>, std::vector<TallyKey>> alike;
  for (auto const& [key, n] : changes.rows()) {
    if (n.zero()) continue;
    if (only_progress(n)) alike[{std::get<0>(key), n.values}].push_back(key);
    else put_row(tx, key, n);
  }
  for (auto const& [change, keys] : alike)
    for (std::span<TallyKey const> left(keys); !left.empty(); left = left.subspan(std::min(left.size(), progress_at_once)))
      put_progress(tx, left.first(std::min(left.size(), progress_at_once)), Numbers{change.second}, std::make_index_sequence<progress_at_once>());
}

void flush_people(db::Tx& tx, Tallies const& changes) {
  for (auto const& [key, n] : changes.people()) {
    if (n == PeopleNumbers{}) continue;
    auto const& [edition, region, sex, band] = key;
    tx.put(
        "insert into tally_people (edition, region, sex, band, reported_low, reported_high, confirmed_low, confirmed_high)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (edition, region, sex, band) do update set"
        " reported_low = tally_people.reported_low + excluded.reported_low, reported_high = tally_people.reported_high + excluded.reported_high,"
        " confirmed_low = tally_people.confirmed_low + excluded.confirmed_low, confirmed_high = tally_people.confirmed_high + excluded.confirmed_high",
        edition, region, sex, band, n[0], n[1], n[2], n[3]);
    // Only what becomes less can become nothing; the difference of parts that exceed their total is below it.
    if (sex == "differs" || std::ranges::any_of(n, [](std::int64_t number) { return number < 0; }))
      tx.put(
          "delete from tally_people where edition = $1 and region = $2 and sex = $3 and band = $4 and reported_low = 0 and reported_high = 0"
          " and confirmed_low = 0 and confirmed_high = 0",
          edition, region, sex, band);
  }
}

void flush(db::Tx& tx, Tallies const& changes) {
  flush_rows(tx, changes);
  flush_people(tx, changes);
}

std::int64_t update_whole(db::Tx& tx, campaign::Facts const& facts, Activity const& activity, int stored_version) {
  auto const location = location_of(activity, facts);
  auto const attending = attendance(activity), listening = audience(activity);
  return tx.run(
      "update activity set kind = $2, state = $3, visibility = $4, sensitive = $5, version = $6, sequence = $7, day = $8, day_precision = $9,"
      " end_day = $10, week = $11, start_minutes = $12, end_minutes = $13, reach = $14, place = $15, region = $16, district = $17, village = $18,"
      " lead = $19, languages = $20, entry = $21, cost = $22, contact = $23, expected_low = $24, expected_high = $25, moved_from_day = $26,"
      " moved_from_place = $27, reason = $28, external_id = $29, folded_title = $30, due_day = $31, attendance_low = $32, attendance_high = $33,"
      " audience_low = $34, audience_high = $35, source = $36, changed = $37 where id = $1 and version = $38",
      activity.id, activity.kind, code(activity.state), visibility(activity), activity.sensitive, activity.version, activity.sequence, activity.day,
      code(activity.precision), activity.end_day, activity.day.week_start(), activity.start_minutes, activity.end_minutes, code(activity.reach),
      activity.place, location.region, location.district, activity.village, activity.lead, activity.languages, activity.entry, activity.cost,
      activity.contact, low(activity.expected), high(activity.expected), activity.moved_from_day, activity.moved_from_place, activity.reason,
      activity.external_id, folded_title(activity), activity.due_day, low(attending), high(attending), low(listening), high(listening),
      source_of(activity), activity.changed, stored_version);
}

/// An engine writes every index anew that holds a column which is set, whether its value changes or not: so no other column is named.
std::int64_t update_progress(db::Tx& tx, Activity const& activity, int stored_version) {
  auto const attending = attendance(activity), listening = audience(activity);
  return tx.run(
      "update activity set state = $2, version = $3, reason = $4, attendance_low = $5, attendance_high = $6, audience_low = $7, audience_high = $8,"
      " changed = $9 where id = $1 and version = $10",
      activity.id, code(activity.state), activity.version, activity.reason, low(attending), high(attending), low(listening), high(listening),
      activity.changed, stored_version);
}

}  // namespace

Saver::Saver(db::Tx& tx, IdMaker& ids, campaign::Facts const& facts, Instant now)
    : tx_(tx), ids_(ids), facts_(facts), now_(now), tallies_(std::make_unique<TallyChanges>()) {}

Saver::~Saver() = default;

ActivityId Saver::add(Activity activity, std::string_view actor) {
  clean_texts(activity);
  tidy_lists(activity);
  if (!activity.id) activity.id = ids_.make<ActivityTag>();
  if (activity.uid.empty()) activity.uid = "birge-" + id_text(activity.id);
  auto const* edition = facts_.edition(activity.edition);
  if (!edition) throw Problem(Failure::not_found, message("There is no such edition."));
  tallies_->refuse_closed(tx_, activity.edition);
  if (activity.due_day == Day{}) activity.due_day = campaign::due_day(activity.end_day, edition->due_days, facts_.holidays);
  if (activity.created == Instant{}) activity.created = now_;
  activity.changed = now_;
  auto const location = location_of(activity, facts_);
  auto const attending = attendance(activity), listening = audience(activity);
  tx_.put(
      "insert into activity (id, edition, kind, state, visibility, sensitive, version, sequence, uid, day, day_precision, end_day, week,"
      " start_minutes, end_minutes, reach, place, region, district, village, lead, languages, entry, cost, contact, expected_low, expected_high,"
      " moved_from_day, moved_from_place, reason, external_id, folded_title, due_day, attendance_low, attendance_high, audience_low, audience_high,"
      " source, created, changed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,"
      " $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40)",
      activity.id, activity.edition, activity.kind, code(activity.state), visibility(activity), activity.sensitive, activity.version,
      activity.sequence, activity.uid, activity.day, code(activity.precision), activity.end_day, activity.day.week_start(), activity.start_minutes,
      activity.end_minutes, code(activity.reach), activity.place, location.region, location.district, activity.village, activity.lead,
      activity.languages, activity.entry, activity.cost, activity.contact, low(activity.expected), high(activity.expected), activity.moved_from_day,
      activity.moved_from_place, activity.reason, activity.external_id, folded_title(activity), activity.due_day, low(attending), high(attending),
      low(listening), high(listening), source_of(activity), activity.created, activity.changed);
  put_texts(tx_, activity);
  put_codes(tx_, activity);
  put_places(tx_, activity);
  put_hosts(tx_, activity);
  if (activity.result) put_result(tx_, activity, now_);
  put_warnings(tx_, activity);
  tallies_->words.add(activity, words_of(activity, facts_));
  put_history(tx_, activity, "created", actor, now_);
  tallies_->add(activity, facts_);
  return activity.id;
}

void Saver::replace(Activity activity, Activity const& stored, std::string_view what, std::string_view actor) {
  clean_texts(activity);
  tidy_lists(activity);
  activity.version = stored.version + 1;
  activity.sequence = stored.sequence + (calendar_differs(activity, stored) ? 1 : 0);
  activity.created = stored.created;
  activity.changed = now_;
  auto const* edition = facts_.edition(activity.edition);
  if (!edition) throw Problem(Failure::not_found, message("There is no such edition."));
  if (!stored.result) tallies_->refuse_closed(tx_, activity.edition);
  if (activity.end_day != stored.end_day) activity.due_day = campaign::due_day(activity.end_day, edition->due_days, facts_.holidays);
  bool const new_result = activity.result && !(stored.result && same(*activity.result, *stored.result));
  if (new_result) activity.result->version = stored.result ? stored.result->version + 1 : 1;
  auto const changed =
      plan_differs(activity, stored) ? update_whole(tx_, facts_, activity, stored.version) : update_progress(tx_, activity, stored.version);
  if (changed != 1) throw Problem(Failure::conflict, message("Somebody else changed this activity meanwhile. Look at it again before you save."));
  if (found_differently(activity, stored)) {
    if (tallies_->words.has(activity.id)) tallies_->words.write(tx_);  // of an earlier save, so that they are deleted with the rest
    tx_.put("delete from search_word where object = 'activity' and id = $1", activity.id);
    tallies_->words.add(activity, words_of(activity, facts_));
  }
  replace_parts(tx_, activity, stored);
  if (new_result) put_result(tx_, activity, now_);
  put_history(tx_, activity, what, actor, now_);
  tallies_->add(stored, facts_, -1);
  tallies_->add(activity, facts_);
}

namespace {

/// Deletes rows of many activities with few statements.
void delete_of(db::Tx& tx, db::Literal statement, std::span<ActivityId const> ids) {
  constexpr std::size_t at_once = 200;
  while (!ids.empty()) {
    auto const some = ids.first(std::min(at_once, ids.size()));
    db::Sql sql(statement);
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (i > 0) sql.add(",");
      sql.add("?", some[i]);
    }
    tx.run(sql.add(")"));
    ids = ids.subspan(some.size());
  }
}

void delete_activities(db::Tx& tx, std::span<ActivityId const> ids) {
  delete_of(tx, "delete from activity_text where activity in (", ids);
  delete_of(tx, "delete from activity_topic where activity in (", ids);
  delete_of(tx, "delete from activity_audience where activity in (", ids);
  delete_of(tx, "delete from activity_organisation where activity in (", ids);
  delete_of(tx, "delete from activity_place where activity in (", ids);
  delete_of(tx, "delete from activity_warning where activity in (", ids);
  delete_of(tx, "delete from activity_change where activity in (", ids);
  delete_of(tx, "delete from result_count where activity in (", ids);
  delete_of(tx, "delete from result where activity in (", ids);
  delete_of(tx, "delete from search_word where object = 'activity' and id in (", ids);
  delete_of(tx, "delete from activity where id in (", ids);
}

}  // namespace

void remove(db::Tx& tx, campaign::Facts const& facts, std::span<Activity const* const> stored) {
  Tallies tallies;
  std::vector<ActivityId> ids;
  for (auto const* activity : stored) {
    tallies.add(*activity, facts, -1);
    ids.push_back(activity->id);
  }
  delete_activities(tx, ids);
  flush(tx, tallies);
}

void remove_results(db::Tx& tx, ActivityId id) {
  tx.put("delete from result_count where activity = $1", id);
  tx.put("delete from result where activity = $1", id);
}

void Saver::finish() {
  tallies_->words.write(tx_);
  flush(tx_, *tallies_);
  tallies_ = std::make_unique<TallyChanges>();
}

namespace {

Tallies recount(db::Reader& read, campaign::Facts const& facts) {
  Tallies tallies;
  Store store(read);
  for (auto const& edition : facts.editions) {
    Filter filter;
    filter.edition = edition.id;
    for (auto const& activity : store.all_for_counting(filter, facts, Day{})) tallies.add(activity, facts);
  }
  return tallies;
}

struct StoredRow {
  std::int64_t edition = 0, region = 0;
  std::string dimension, key;
  std::int64_t planned = 0, held = 0, cancelled = 0, moved = 0, reported = 0, confirmed = 0, hidden = 0, co_hosted = 0;
  std::int64_t reported_low = 0, reported_high = 0, confirmed_low = 0, confirmed_high = 0;
  std::int64_t audience_reported_low = 0, audience_reported_high = 0, audience_confirmed_low = 0, audience_confirmed_high = 0;
  std::int64_t moved_held = 0, moved_cancelled = 0, moved_reported = 0, moved_confirmed = 0;
  std::int64_t hidden_held = 0, hidden_cancelled = 0, hidden_reported = 0, hidden_confirmed = 0;
};

struct StoredPeople {
  std::int64_t edition = 0, region = 0;
  std::string sex, band;
  std::int64_t reported_low = 0, reported_high = 0, confirmed_low = 0, confirmed_high = 0;
};

template <class Map>
void compare(Map const& stored, Map const& right, std::string const& table, std::vector<std::string>& differences) {
  auto const name = [&](auto const& key) {
    return table + " " + std::to_string(std::get<0>(key)) + "/" + std::to_string(std::get<1>(key)) + "/" + std::get<2>(key) + "/" + std::get<3>(key);
  };
  for (auto const& [key, numbers] : right) {
    auto const found = stored.find(key);
    if (found == stored.end()) differences.push_back(name(key) + " is missing");
    else if (!(found->second == numbers)) differences.push_back(name(key) + " differs");
  }
  for (auto const& [key, numbers] : stored)
    if (!right.contains(key)) differences.push_back(name(key) + " should not be there");
}

}  // namespace

std::vector<std::string> check_tallies(db::Reader& read, campaign::Facts const& facts) {
  auto const right = recount(read, facts);
  std::map<TallyKey, Numbers> rows;
  read.each<StoredRow>(
      "select edition, region, dimension, key, planned, held, cancelled, moved, reported, confirmed, hidden, co_hosted, reported_low, reported_high,"
      " confirmed_low, confirmed_high, audience_reported_low, audience_reported_high, audience_confirmed_low, audience_confirmed_high,"
      " moved_held, moved_cancelled, moved_reported, moved_confirmed, hidden_held, hidden_cancelled, hidden_reported, hidden_confirmed from tally",
      [&](StoredRow&& r) {
        rows[{r.edition, r.region, r.dimension, r.key}] = Numbers{{r.planned,
                                                                   r.held,
                                                                   r.cancelled,
                                                                   r.moved,
                                                                   r.reported,
                                                                   r.confirmed,
                                                                   r.hidden,
                                                                   r.co_hosted,
                                                                   r.reported_low,
                                                                   r.reported_high,
                                                                   r.confirmed_low,
                                                                   r.confirmed_high,
                                                                   r.audience_reported_low,
                                                                   r.audience_reported_high,
                                                                   r.audience_confirmed_low,
                                                                   r.audience_confirmed_high,
                                                                   r.moved_held,
                                                                   r.moved_cancelled,
                                                                   r.moved_reported,
                                                                   r.moved_confirmed,
                                                                   r.hidden_held,
                                                                   r.hidden_cancelled,
                                                                   r.hidden_reported,
                                                                   r.hidden_confirmed}};
      });
  std::map<PeopleKey, PeopleNumbers> people;
  read.each<StoredPeople>("select edition, region, sex, band, reported_low, reported_high, confirmed_low, confirmed_high from tally_people",
                          [&](StoredPeople&& r) {
                            people[{r.edition, r.region, r.sex, r.band}] = {r.reported_low, r.reported_high, r.confirmed_low, r.confirmed_high};
                          });
  std::vector<std::string> differences;
  std::map<PeopleKey, PeopleNumbers> right_people;
  for (auto const& [key, numbers] : right.people())
    if (numbers != PeopleNumbers{}) right_people[key] = numbers;
  compare(rows, right.rows(), "tally", differences);
  compare(people, right_people, "tally_people", differences);
  return differences;
}

void rebuild_tallies(db::Tx& tx, campaign::Facts const& facts) {
  auto const right = recount(tx, facts);
  tx.run("delete from tally");
  tx.run("delete from tally_people");
  flush(tx, right);
}

}  // namespace birge::activity
