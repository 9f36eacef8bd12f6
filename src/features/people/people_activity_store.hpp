#pragma once

#include <cstdint>
#include <optional>

#include "features/coalition/coalition.hpp"
#include "platform/db/db.hpp"

namespace birge::people {

/// The organisation that leads an activity; nothing where there is none.
std::optional<coalition::OrganisationId> lead_of_activity(db::Reader& read, std::int64_t activity);

}  // namespace birge::people
