#include "features/activity/activity_jobs.hpp"

#include "features/activity/activity_words.hpp"
#include "features/activity/tally/tally_scope.hpp"

namespace birge::activity {

namespace {

constexpr char const* kind_name = "refresh_scopes";
constexpr char const* words_kind = "index_activities";

}  // namespace

jobs::Kind scopes_refreshed() {
  return {kind_name, [](jobs::Job const&) -> jobs::Finish { return [](db::Tx& tx) { refresh_scopes(tx); }; }};
}

jobs::Schedule scopes_refreshed_often() { return jobs::every(kind_name, std::chrono::minutes(5), any_stale_scope); }

jobs::Kind activities_indexed(Services const& services) {
  return {words_kind, [&services](jobs::Job const&) -> jobs::Finish {
            return [&services](db::Tx& tx) {
              search_again(tx);
              auto const now = services.clock.now();
              if (any_unsearched(tx)) jobs::enqueue_once(tx, services.ids, words_kind, "", now, now);
            };
          }};
}

jobs::Schedule activities_indexed_often() { return jobs::every(words_kind, std::chrono::minutes(1), any_unsearched); }

}  // namespace birge::activity
