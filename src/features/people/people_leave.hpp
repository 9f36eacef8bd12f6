#pragma once

#include "features/account/account_change.hpp"
#include "features/notice/notice.hpp"

namespace birge::people {

/// Deletes what every feature keeps of a person; what they did stays with their organisation.
inline void forget(db::Tx& tx, account::PersonId person, Instant now) {
  account::leave(tx, person, now);
  notice::forget_person(tx, person);
}

}  // namespace birge::people
