#include "features/activity/activity_words.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "features/activity/activity_store.hpp"
#include "platform/base/text.hpp"

namespace birge::activity {

namespace {

/// A statement costs as much as the rows of it: an activity has some thirty words.
constexpr std::size_t at_once = 8;
template <std::size_t... I>
void write_several(db::Tx& tx, std::span<std::pair<std::string_view, PendingWords::Entry> const> rows, std::index_sequence<I...>) {
  tx.put(
      "insert into search_word (word, object, edition, day, id) values ($1, 'activity', $9, $17, $25), ($2, 'activity', $10, $18, $26),"
      " ($3, 'activity', $11, $19, $27), ($4, 'activity', $12, $20, $28), ($5, 'activity', $13, $21, $29), ($6, 'activity', $14, $22, $30),"
      " ($7, 'activity', $15, $23, $31), ($8, 'activity', $16, $24, $32)",
      rows[I].first..., rows[I].second.edition..., rows[I].second.day..., rows[I].second.id...);
}

/// The names in all languages of where it is, up to the region.
std::string place_names(Activity const& activity, campaign::Facts const& facts) {
  std::string text;
  auto const add = [&](place::PlaceId id) {
    for (auto const language : languages) text += " " + facts.places->full_name(id, language);
  };
  if (activity.place) add(*activity.place);
  for (auto const place : activity.places) add(place);
  return text;
}

/// What it is, about what and for whom, in all languages.
std::string code_names(Activity const& activity, campaign::Facts const& facts) {
  std::string text;
  auto const add = [&](std::string_view list, std::string_view code) {
    if (auto const* known = facts.codes.find(list, code))
      for (auto const& [language, name] : known->names) text += " " + name;
  };
  add("kind", activity.kind);
  for (auto const& topic : activity.topics) add("topic", topic);
  for (auto const& audience : activity.audiences) add("audience", audience);
  return text;
}

/// The names in all languages of those who hold and support it.
std::string organisation_names(Activity const& activity, campaign::Facts const& facts) {
  std::string text;
  auto const add = [&](OrganisationId id) {
    if (auto const* organisation = facts.organisation(id))
      for (auto const& [language, name] : organisation->names) text += " " + name;
  };
  add(activity.lead);
  for (auto const host : activity.co_hosts) add(host);
  for (auto const partner : activity.partners) add(partner);
  return text;
}

/// What a search finds an activity by, each word once.
std::vector<std::string> words_of(Activity const& activity, campaign::Facts const& facts) {
  std::string text = activity.village;
  for (auto const& [language, words] : activity.texts) text += " " + words.title + " " + words.venue + " " + words.summary;
  return words(text + code_names(activity, facts) + place_names(activity, facts) + organisation_names(activity, facts));
}

}  // namespace

void PendingWords::add(Activity const& activity, campaign::Facts const& facts) {
  std::string together;
  for (auto& word : words_of(activity, facts)) {
    together.append(1, ' ').append(word);
    entries_[std::move(word)].push_back({activity.edition, activity.day, activity.id});
  }
  activities_.insert_or_assign(activity.id, Together{activity.edition, activity.day, std::move(together)});
}

void PendingWords::write(db::Tx& tx) {
  for (auto const& [id, together] : activities_)
    tx.put("insert into activity_words (activity, edition, day, words) values ($1, $2, $3, $4)", id, together.edition, together.day, together.words);
  activities_.clear();
  std::vector<std::pair<std::string_view, Entry>> rows;  // of one statement: a large import has millions
  for (auto& [word, entries] : entries_) {
    std::ranges::sort(entries);
    for (auto const& entry : entries) {
      rows.emplace_back(word, entry);
      if (rows.size() < at_once) continue;
      write_several(tx, rows, std::make_index_sequence<at_once>());
      rows.clear();
    }
  }
  for (auto const& [word, entry] : rows)
    tx.put("insert into search_word (word, object, edition, day, id) values ($1, 'activity', $2, $3, $4)", word, entry.edition, entry.day, entry.id);
  entries_.clear();
}

void forget_words(db::Tx& tx, ActivityId id) {
  struct Row {
    EditionId edition;
    Day day;
    std::string words;
  };
  auto const row = tx.maybe<Row>("select edition, day, words from activity_words where activity = $1", id);
  if (!row) return;
  for (auto const word : split(row->words, ' '))
    if (!word.empty())
      tx.put("delete from search_word where object = 'activity' and word = $1 and edition = $2 and day = $3 and id = $4", word, row->edition,
             row->day, id);
  tx.put("delete from activity_words where activity = $1", id);
}

bool any_unsearched(db::Reader& read) { return read.maybe<ActivityId>("select activity from activity_unsearched limit 1").has_value(); }

/// A mark that is there already is not being taken out by a job meanwhile: one writer at a time writes, whichever node it is on.
void search_reasons_again(db::Tx& tx, ActivityId id) { tx.put("insert into reason_unsearched (activity) values ($1) on conflict do nothing", id); }

void search_all_again(db::Tx& tx) { tx.put("insert into activity_unsearched (activity) select id from activity where true on conflict do nothing"); }

void search_again(db::Tx& tx) {
  constexpr int written_at_once = 500;
  auto const facts = campaign::facts(tx);
  PendingWords words;
  for (auto const id : tx.all<ActivityId>("select activity from activity_unsearched order by activity limit $1", written_at_once)) {
    tx.put("delete from activity_unsearched where activity = $1", id);
    auto const activity = Store(tx).find(id);
    if (!activity) continue;  // removed meanwhile
    forget_words(tx, id);
    words.add(*activity, *facts);
  }
  words.write(tx);
}

}  // namespace birge::activity
