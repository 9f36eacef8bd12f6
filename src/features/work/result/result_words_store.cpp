#include "features/work/result/result_words.hpp"

#include "features/work/work_store.hpp"
#include "features/work/work_words.hpp"
#include "platform/base/text.hpp"

namespace birge::work {

namespace {

std::string with_words_of(std::string text, ResultWords const& told) {
  text += "\n" + told.challenges + "\n" + told.recommendation + "\n" + told.reason;
  for (auto const& question : told.questions) text += "\n" + question.text;
  return text;
}

/// The words of the latest version take the place of those of the versions before it. How many they are.
std::size_t index(db::Tx& tx, ActivityId id) {
  struct Latest {
    int version = 0;
    std::string narrative;
  };
  auto const latest = tx.maybe<Latest>("select version, narrative from result where activity = $1 order by version desc limit 1", id);
  if (!latest) return 0;
  auto const list = words(with_words_of(latest->narrative, Store(tx).words(id, latest->version)));
  forget_result_words(tx, id);
  for (auto const& word : list) tx.put("insert into result_word (word, activity) values ($1, $2)", word, id);
  tx.put("update result set searched = 1 where activity = $1 and version <= $2 and searched = 0", id, latest->version);
  return list.size();
}

std::vector<ActivityId> unsearched(db::Reader& read, int limit) {
  return read.all<ActivityId>("select activity from result where searched = 0 order by recorded limit $1", limit);
}

constexpr WordIndex result_words{"index_results", unsearched, index};

}  // namespace

std::vector<ResultText> told_by_result(db::Reader& read, Activity const& activity) {
  std::vector<ResultText> list;
  if (!activity.result || (activity.state != State::reported && activity.state != State::confirmed)) return list;
  auto const add = [&](Message const& part, std::string const& text) {
    if (!text.empty()) list.push_back({part, text});
  };
  auto const told = Store(read).words(activity.id, activity.result->version);
  add(message("What happened"), activity.result->narrative);
  for (auto const& question : told.questions) add(message("What people asked"), question.text);
  add(message("What was difficult"), told.challenges);
  add(message("What we recommend"), told.recommendation);
  add(message("Why it was corrected"), told.reason);
  return list;
}

void forget_result_words(db::Tx& tx, ActivityId id) { tx.put("delete from result_word where activity = $1", id); }

jobs::Kind results_indexed(Services const& services) { return words_indexed(result_words, services); }
jobs::Schedule results_indexed_often() { return words_indexed_often(result_words); }

}  // namespace birge::work
