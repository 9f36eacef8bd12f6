#include "features/work/work_parts.hpp"
#include "features/work/work_reasons.hpp"
#include "features/work/work_store.hpp"
#include "features/work/work_words.hpp"
#include "platform/base/text.hpp"

namespace birge::work {

namespace {

/// All orders that were ever given: an undo may bring back the approval of each of them.
std::size_t index(db::Tx& tx, ActivityId id) {
  std::string text;
  for (auto const& line : Store(tx).timeline(id)) text += "\n" + line.reason;
  for (auto const& order : tx.all<std::string>("select order_number || ' ' || signed_by from paper_approval where activity = $1", id))
    text += "\n" + order;
  auto const list = words(text);
  forget_reason_words(tx, id);
  for (auto const& word : list) tx.put("insert into reason_word (word, activity) values ($1, $2)", word, id);
  return list.size();
}

std::vector<ActivityId> unsearched(db::Reader& read, int limit) {
  return read.all<ActivityId>("select activity from reason_unsearched order by activity limit $1", limit);
}

constexpr WordIndex reason_words{"index_reasons", unsearched, index};

}  // namespace

std::vector<Given> given_with_steps(db::Reader& read, ActivityId id) {
  Store store(read);
  std::vector<Given> list;
  if (auto const paper = store.paper(id)) list.push_back({message("Approved on paper"), paper->order_number + ", " + paper->signed_by, ""});
  auto const lines = store.timeline(id);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line)
    if (!line->reason.empty()) list.push_back({line_name(*line), line->reason, "#life"});
  return list;
}

void forget_reason_words(db::Tx& tx, ActivityId id) {
  tx.put("delete from reason_word where activity = $1", id);
  tx.put("delete from reason_unsearched where activity = $1", id);
}

jobs::Kind reasons_indexed(Services const& services) { return words_indexed(reason_words, services); }
jobs::Schedule reasons_indexed_often() { return words_indexed_often(reason_words); }

}  // namespace birge::work
