#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "features/activity/activity.hpp"
#include "platform/db/db.hpp"

namespace birge::trust {

/// How an activity of the log is called.
struct Titled {
  activity::ActivityId id;
  std::string state;
  coalition::OrganisationId lead;
  std::string title, language;
};
/// Of some activities, by id; one that is gone is not in it.
std::map<std::int64_t, Titled> titles_of(db::Reader& read, std::span<std::int64_t const> activities);

}  // namespace birge::trust
