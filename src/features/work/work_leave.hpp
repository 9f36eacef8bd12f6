#pragma once

#include "features/account/account.hpp"
#include "platform/db/database.hpp"

namespace birge::work {

/// Ends what somebody who leaves is to do in the place of others, and others in theirs.
void forget_person(db::Tx& tx, account::PersonId person, Instant now);

}  // namespace birge::work
