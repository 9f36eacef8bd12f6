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

/// What a search finds an activity by: its texts, where it is up to the region, and who holds and supports it.
std::vector<std::string> words_of(Activity const& activity, campaign::Facts const& facts) {
  std::string text = activity.village;
  for (auto const& [language, words] : activity.texts) text += " " + words.title + " " + words.venue + " " + words.summary;
  auto const add_place = [&](place::PlaceId id) {
    for (auto const language : languages) text += " " + facts.places->full_name(id, language);
  };
  if (activity.place) add_place(*activity.place);
  for (auto const place : activity.places) add_place(place);
  auto const add_organisation = [&](OrganisationId id) {
    if (auto const* organisation = facts.organisation(id))
      for (auto const& [language, name] : organisation->names) text += " " + name;
  };
  add_organisation(activity.lead);
  for (auto const host : activity.co_hosts) add_organisation(host);
  for (auto const partner : activity.partners) add_organisation(partner);
  return words(text);  // each once
}

}  // namespace

void PendingWords::add(Activity const& activity, campaign::Facts const& facts) {
  activities_.insert(activity.id);
  for (auto& word : words_of(activity, facts)) entries_[std::move(word)].push_back({activity.edition, activity.day, activity.id});
}

void PendingWords::write(db::Tx& tx) {
  std::vector<std::pair<std::string_view, Entry>> rows;
  for (auto& [word, entries] : entries_) {
    std::ranges::sort(entries);
    for (auto const& entry : entries) rows.emplace_back(word, entry);
  }
  std::span<std::pair<std::string_view, Entry> const> left(rows);
  for (; left.size() >= at_once; left = left.subspan(at_once)) write_several(tx, left, std::make_index_sequence<at_once>());
  for (auto const& [word, entry] : left)
    tx.put("insert into search_word (word, object, edition, day, id) values ($1, 'activity', $2, $3, $4)", word, entry.edition, entry.day, entry.id);
  entries_.clear();
  activities_.clear();
}

bool any_unsearched(db::Reader& read) { return read.maybe<ActivityId>("select activity from activity_unsearched limit 1").has_value(); }

void search_again(db::Tx& tx) {
  constexpr int written_at_once = 500;
  auto const facts = campaign::facts(tx);
  PendingWords words;
  for (auto const id : tx.all<ActivityId>("select activity from activity_unsearched order by activity limit $1", written_at_once)) {
    tx.put("delete from activity_unsearched where activity = $1", id);
    auto const activity = Store(tx).find(id);
    if (!activity) continue;  // removed meanwhile
    tx.put("delete from search_word where object = 'activity' and id = $1", id);
    words.add(*activity, *facts);
  }
  words.write(tx);
}

}  // namespace birge::activity
