#pragma once

#include <vector>

#include "features/work/work_step.hpp"

/// Who is told of what happens to an activity, in the transaction in which it happens; for the stores of this folder.
namespace birge::work::detail {

/// `facts` as they were before the step; `version` is the one the step led to.
void tell_of_step(db::Tx& tx, Scene const& scene, Store& store, Facts const& facts, Progress const& step, Action action, int version);

/// Tells those who may decide on a proposal now, and could not before it had waited too long.
void tell_one_level_up(db::Tx& tx, IdMaker& ids, campaign::Facts const& facts, Activity const& activity, Instant now);

/// Tells those who plan the activity or wrote under it of a remark, and those it mentions.
void tell_of_remark(db::Tx& tx, Scene const& scene, Activity const& activity, std::int64_t remark, std::vector<PersonId> const& mentioned);

/// Who may see an activity, of some people: nobody else is told anything of it.
std::vector<PersonId> those_who_may_see(db::Reader& read, campaign::Facts const& facts, Activity const& activity,
                                        std::vector<PersonId> const& people);

}  // namespace birge::work::detail
