#include "features/activity/activity_words.hpp"

#include <algorithm>
#include <span>
#include <utility>

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

}  // namespace

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

}  // namespace birge::activity
