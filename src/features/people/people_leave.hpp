#pragma once

#include "features/account/account_change.hpp"
#include "features/board/board_leave.hpp"
#include "features/notice/notice.hpp"
#include "features/work/work_leave.hpp"

namespace birge::people {

/// Deletes what every feature keeps of a person; what they did stays with their organisation.
inline void forget(db::Tx& tx, account::PersonId person, Instant now) {
  account::leave(tx, person, now);
  notice::forget_person(tx, person);
  board::forget_person(tx, person);
  work::forget_person(tx, person, now);
}

}  // namespace birge::people
