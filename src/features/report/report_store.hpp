#pragma once

#include "features/report/report.hpp"

/// Small questions of the report; for this folder only.
namespace birge::report {

/// When an activity of the edition last changed; nothing when it has none.
std::optional<Instant> last_change(db::Reader& read, campaign::EditionId edition);

/// The sources of the places, the population, the edition's documented activities and the stated figures of these editions, by title.
std::vector<Source> sources_of(db::Reader& read, std::vector<campaign::EditionId> const& editions, Language language);

}  // namespace birge::report
