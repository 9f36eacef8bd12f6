#include "features/activity/activity_jobs.hpp"

#include "features/activity/activity_scope.hpp"

namespace birge::activity {

namespace {

constexpr char const* kind_name = "refresh_scopes";

}  // namespace

jobs::Kind scopes_refreshed() {
  return {kind_name, [](jobs::Job const&) -> jobs::Finish { return [](db::Tx& tx) { refresh_scopes(tx); }; }};
}

jobs::Schedule scopes_refreshed_often() {
  auto schedule = jobs::every(kind_name, std::chrono::minutes(5));
  schedule.wanted = any_stale_scope;
  return schedule;
}

}  // namespace birge::activity
