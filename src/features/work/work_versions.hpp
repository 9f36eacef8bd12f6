#pragma once

#include <string>
#include <vector>

#include "features/work/work_store.hpp"
#include "platform/i18n/say.hpp"

/// The versions of a result beside each other.
namespace birge::work {

/// What one version says by sex and age that the version before it did not: "Female, 14–17: 25 before, 20 after".
std::vector<std::string> corrected_counts(Say const& say, campaign::Facts const& facts, ResultVersion const& before, ResultVersion const& after);

/// The step by which each version came; nothing for one that came in another way, as from an import. Pure.
std::vector<Line const*> steps_of(std::vector<ResultVersion> const& versions, std::vector<Line> const& lines);

}  // namespace birge::work
