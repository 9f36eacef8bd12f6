#pragma once

#include <string>

#include "features/activity/activity.hpp"
#include "platform/db/db.hpp"

namespace birge::exchange {

/// Changes whenever an activity of the edition does, and when the edition is closed or opened again: by it a write sees that what was compared is no
/// longer what is stored.
std::string edition_state(db::Reader& read, activity::EditionId edition);

}  // namespace birge::exchange
