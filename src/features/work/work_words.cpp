#include "features/work/work_words.hpp"

#include <set>

namespace birge::work {

namespace {

constexpr int activities_at_once = 200;
constexpr std::size_t words_at_once = 5000;
constexpr std::chrono::seconds pause{3};

}  // namespace

jobs::Kind words_indexed(WordIndex const& words, Services const& services) {
  return {words.job, [words, &services](jobs::Job const&) -> jobs::Finish {
            return [words, &services](db::Tx& tx) {
              std::size_t written = 0;
              std::set<ActivityId> done;  // one with two versions of a text may stand there twice
              for (auto const id : words.unsearched(tx, activities_at_once))
                if (written < words_at_once && done.insert(id).second) written += words.index(tx, id);
              auto const now = services.clock.now();
              if (!words.unsearched(tx, 1).empty()) jobs::enqueue_once(tx, services.ids, words.job, "", now + pause, now);
            };
          }};
}

jobs::Schedule words_indexed_often(WordIndex const& words) {
  return jobs::every(words.job, std::chrono::minutes(1), [words](db::Reader& read) { return !words.unsearched(read, 1).empty(); });
}

}  // namespace birge::work
