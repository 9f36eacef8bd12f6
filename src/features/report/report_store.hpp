#pragma once

#include "features/report/report.hpp"

/// Small questions of the report; for this folder only.
namespace birge::report {

/// The sources of the places, the population, the edition's documented activities and the stated figures of these editions, by title.
std::vector<Source> sources_of(db::Reader& read, std::vector<campaign::EditionId> const& editions, Language language);

}  // namespace birge::report
