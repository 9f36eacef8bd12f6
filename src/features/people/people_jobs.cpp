#include "features/people/people_jobs.hpp"

#include "features/account/account_change.hpp"
#include "features/campaign/campaign_daily.hpp"

namespace birge::people {

jobs::Kind forgetting(Services const& services) {
  return {"forget_links", [&services](jobs::Job const&) -> jobs::Finish {
            auto const now = services.clock.now();
            return [now](db::Tx& tx) { account::clean(tx, now); };
          }};
}

jobs::Schedule forgetting_daily() { return campaign::daily("forget_links", 3 * 60 + 10); }

}  // namespace birge::people
