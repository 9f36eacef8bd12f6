#include "features/campaign/campaign_daily.hpp"

#include "features/campaign/campaign.hpp"

namespace birge::campaign {

jobs::Schedule daily(std::string name, int minutes) {
  return jobs::daily(std::move(name), minutes, [](db::Reader& read) { return Store(read).time_zone(); });
}

}  // namespace birge::campaign
