#pragma once

#include "features/account/account.hpp"
#include "platform/db/database.hpp"

namespace birge::board {

/// Takes away everything of this folder that belongs to somebody who leaves.
void forget_person(db::Tx& tx, account::PersonId person);

}  // namespace birge::board
