#pragma once

#include "features/work/work_store.hpp"

namespace birge::work {

/// As make_step, for a page that has read the activity and what is beside it. Every change of these gives the activity another version: while that is
/// the one that was seen, they need not be read again in the transaction. A tentative write takes that for granted, and goes again where it is not so.
/// Whether the step may be made is asked there all the same.
Done make_step(db::Tx& tx, Scene const& scene, Activity const& seen, Beside const& beside, Step const& step);

}  // namespace birge::work
