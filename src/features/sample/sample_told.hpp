#pragma once

#include "features/activity/activity.hpp"
#include "features/sample/sample_dice.hpp"
#include "features/work/result/result_form.hpp"

namespace birge::sample {

/// What the result of an activity says beside its counts: what people asked about its topics, what was difficult, what is recommended. Of most
/// results nothing, as in life; of those that only the coalition sees never anything.
work::ResultWords told(activity::Activity const& activity, Dice& dice);

}  // namespace birge::sample
