#include "features/people/people_activity_store.hpp"

namespace birge::people {

std::optional<coalition::OrganisationId> lead_of_activity(db::Reader& read, std::int64_t activity) {
  return read.maybe<coalition::OrganisationId>("select lead from activity where id = $1", activity);
}

}  // namespace birge::people
