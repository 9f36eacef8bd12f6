#include "features/activity/activity_jobs.hpp"

#include "features/activity/activity_scope.hpp"

namespace birge::activity {

namespace {

constexpr char const* kind_name = "refresh_scopes";

}  // namespace

jobs::Kind scopes_refreshed(Services const& services) {
  return {kind_name, [&services](jobs::Job const&) -> jobs::Finish {
            bool const stale = services.database.read([](db::Reader& read) { return any_stale_scope(read); });
            if (!stale) return {};
            return [](db::Tx& tx) { refresh_scopes(tx); };
          }};
}

jobs::Schedule scopes_refreshed_often() { return jobs::every(kind_name, std::chrono::minutes(5)); }

}  // namespace birge::activity
