#include <algorithm>
#include <set>
#include <tuple>

#include "features/activity/activity_card.hpp"
#include "features/activity/activity_latest.hpp"
#include "features/activity/activity_words.hpp"
#include "features/activity/tally/tally_saving.hpp"
#include "features/campaign/campaign_editing.hpp"
#include "platform/base/text.hpp"

namespace birge::activity {

class TallyChanges : public Tallies {
public:
  PendingWords words;

  /// The one place that every way of storing an activity passes - forms, imports, the sample - so a closed edition is refused here. It is asked of
  /// the database: facts may be those of a moment before the closing.
  void refuse_closed(db::Tx& tx, EditionId edition) {
    if (campaign::closed(tx, edition)) throw Problem(Failure::conflict, campaign::closed_message());
  }
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
  tx.put_row(
      "insert into result (activity, version, method, total_low, total_high, audience_low, audience_high, counted_by, reported_day, narrative,"
      " recorded) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      activity.id, result.version, result.method, low(result.attendance), high(result.attendance), low(result.audience), high(result.audience),
      result.counted_by, result.reported_day, result.narrative, now);
  for (auto const& cell : result.cells)
    tx.put_row("insert into result_count (activity, version, sex, band, low, high) values ($1, $2, $3, $4, $5, $6)", activity.id, result.version,
               code(cell.sex), cell.band, cell.count.low, cell.count.high);
}

void put_warnings(db::Tx& tx, Activity const& activity) {
  int position = 0;
  for (auto const& warning : activity.warnings)
    tx.put("insert into activity_warning (activity, position, code, field, detail) values ($1, $2, $3, $4, $5)", activity.id, position++,
           warning.code, warning.field, warning.detail);
}

void put_history(db::Tx& tx, Activity const& activity, std::string_view what, std::string_view actor, Instant now) {
  tx.put_row("insert into activity_change (activity, version, at, state, what, reason, actor) values ($1, $2, $3, $4, $5, $6, $7)", activity.id,
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
  replace_cards(tx, activity, stored);
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
  auto const found = [](Activity const& each) {
    return std::tie(each.texts, each.kind, each.topics, each.audiences, each.village, each.place, each.places, each.lead, each.co_hosts,
                    each.partners, each.edition, each.day);
  };
  return found(a) != found(b);
}

/// Whether anything of the row of an activity differs that belongs to its plan, rather than to how far it has come.
bool plan_differs(Activity const& a, Activity const& b) {
  auto const plan = [](Activity const& each) {
    return std::tie(each.edition, each.kind, each.is_public, each.sensitive, each.sequence, each.day, each.precision, each.end_day,
                    each.start_minutes, each.end_minutes, each.reach, each.place, each.village, each.lead, each.languages, each.entry, each.cost,
                    each.contact, each.expected, each.moved_from_day, each.moved_from_place, each.external_id, each.due_day, each.source,
                    each.original, each.texts);
  };
  return plan(a) != plan(b) || a.co_hosts.empty() != b.co_hosts.empty();
}

/// A calendar must be told anew when what it shows changed.
bool calendar_differs(Activity const& a, Activity const& b) {
  return a.day != b.day || a.end_day != b.end_day || a.precision != b.precision || a.places != b.places || a.start_minutes != b.start_minutes ||
         a.end_minutes != b.end_minutes || a.place != b.place || a.village != b.village || a.reach != b.reach ||
         (a.state == State::cancelled) != (b.state == State::cancelled) || a.texts != b.texts;
}

bool same(Result const& a, Result const& b) { return same_result(a, b) && a.counted_by == b.counted_by; }

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

void update_whole(db::Tx& tx, campaign::Facts const& facts, Activity const& activity, int stored_version) {
  auto const location = location_of(activity, facts);
  auto const attending = attendance(activity), listening = audience(activity);
  tx.put_for_one(
      "update activity set kind = $2, state = $3, visibility = $4, sensitive = $5, version = $6, sequence = $7, day = $8, day_precision = $9,"
      " end_day = $10, week = $11, start_minutes = $12, end_minutes = $13, reach = $14, place = $15, region = $16, district = $17, village = $18,"
      " lead = $19, languages = $20, entry = $21, cost = $22, contact = $23, expected_low = $24, expected_high = $25, moved_from_day = $26,"
      " moved_from_place = $27, reason = $28, external_id = $29, due_day = $30, attendance_low = $31, attendance_high = $32,"
      " audience_low = $33, audience_high = $34, source = $35, changed = $36, co_hosted = $38 where id = $1 and version = $37",
      activity.id, activity.kind, code(activity.state), visibility(activity), activity.sensitive, activity.version, activity.sequence, activity.day,
      code(activity.precision), activity.end_day, activity.day.week_start(), activity.start_minutes, activity.end_minutes, code(activity.reach),
      activity.place, location.region, location.district, activity.village, activity.lead, activity.languages, activity.entry, activity.cost,
      activity.contact, low(activity.expected), high(activity.expected), activity.moved_from_day, activity.moved_from_place, activity.reason,
      activity.external_id, activity.due_day, low(attending), high(attending), low(listening), high(listening), source_of(activity), activity.changed,
      stored_version, !activity.co_hosts.empty());
}

/// An engine writes every index anew that holds a column which is set, whether its value changes or not: so no other column is named.
void update_progress(db::Tx& tx, Activity const& activity, int stored_version) {
  auto const attending = attendance(activity), listening = audience(activity);
  tx.put_row_change(
      "update activity set state = $2, version = $3, reason = $4, attendance_low = $5, attendance_high = $6, audience_low = $7, audience_high = $8,"
      " changed = $9 where id = $1 and version = $10",
      activity.id, code(activity.state), activity.version, activity.reason, low(attending), high(attending), low(listening), high(listening),
      activity.changed, stored_version);
}

}  // namespace

bool touches_plan(Activity const& next, Activity const& stored) {
  auto const same_list = [](auto const& a, auto const& b) { return std::set(a.begin(), a.end()) == std::set(b.begin(), b.end()); };
  return plan_differs(next, stored) || (next.state == State::cancelled) != (stored.state == State::cancelled) ||
         !same_list(next.places, stored.places) || !same_list(next.topics, stored.topics) || !same_list(next.audiences, stored.audiences) ||
         !same_list(next.co_hosts, stored.co_hosts) || !same_list(next.partners, stored.partners);
}

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
      " moved_from_day, moved_from_place, reason, external_id, due_day, attendance_low, attendance_high, audience_low, audience_high,"
      " source, created, changed, co_hosted) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,"
      " $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40)",
      activity.id, activity.edition, activity.kind, code(activity.state), visibility(activity), activity.sensitive, activity.version,
      activity.sequence, activity.uid, activity.day, code(activity.precision), activity.end_day, activity.day.week_start(), activity.start_minutes,
      activity.end_minutes, code(activity.reach), activity.place, location.region, location.district, activity.village, activity.lead,
      activity.languages, activity.entry, activity.cost, activity.contact, low(activity.expected), high(activity.expected), activity.moved_from_day,
      activity.moved_from_place, activity.reason, activity.external_id, activity.due_day, low(attending), high(attending), low(listening),
      high(listening), source_of(activity), activity.created, activity.changed, !activity.co_hosts.empty());
  put_texts(tx_, activity);
  put_cards(tx_, activity);
  put_codes(tx_, activity);
  put_places(tx_, activity);
  put_hosts(tx_, activity);
  if (activity.result) put_result(tx_, activity, now_);
  put_warnings(tx_, activity);
  tallies_->words.add(activity, facts_);
  put_history(tx_, activity, "created", actor, now_);
  if (!activity.reason.empty()) search_reasons_again(tx_, activity.id);
  note_change(tx_, activity.edition, now_);
  tallies_->add(activity, facts_);
  return activity.id;
}

int Saver::replace(Activity activity, Activity const& stored, std::string_view what, std::string_view actor, bool new_result) {
  clean_texts(activity);
  tidy_lists(activity);
  activity.version = stored.version + 1;
  activity.sequence = stored.sequence + (calendar_differs(activity, stored) ? 1 : 0);
  activity.created = stored.created;
  activity.changed = now_;
  auto const* edition = facts_.edition(activity.edition);
  if (!edition) throw Problem(Failure::not_found, message("There is no such edition."));
  if (!stored.result || touches_plan(activity, stored)) tallies_->refuse_closed(tx_, stored.edition);
  bool const due_some_day = due(stored.due_day).has_value();
  if (due_some_day && activity.end_day != stored.end_day) activity.due_day = campaign::due_day(activity.end_day, edition->due_days, facts_.holidays);
  new_result = activity.result && (new_result || !stored.result || !same(*activity.result, *stored.result));
  if (new_result) activity.result->version = stored.result ? stored.result->version + 1 : 1;
  if (plan_differs(activity, stored)) update_whole(tx_, facts_, activity, stored.version);
  else update_progress(tx_, activity, stored.version);
  if (found_differently(activity, stored)) {
    if (tallies_->words.has(activity.id)) tallies_->words.write(tx_);  // of an earlier save, so that they are forgotten with the rest
    forget_words(tx_, activity.id);
    tallies_->words.add(activity, facts_);
  }
  replace_parts(tx_, activity, stored);
  if (new_result) put_result(tx_, activity, now_);
  put_history(tx_, activity, what, actor, now_);
  if (!activity.reason.empty() && activity.reason != stored.reason) search_reasons_again(tx_, activity.id);
  note_change(tx_, activity.edition, now_);
  tallies_->add(stored, facts_, -1);
  tallies_->add(activity, facts_);
  return new_result ? activity.result->version : stored.result ? stored.result->version : 0;
}

void Saver::finish() {
  tallies_->words.write(tx_);
  flush_at_the_end(tx_, *tallies_);
  tallies_ = std::make_unique<TallyChanges>();
}

}  // namespace birge::activity
