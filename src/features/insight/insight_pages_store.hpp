#pragma once

#include <string>
#include <unordered_map>

#include "features/campaign/campaign.hpp"

/// Small questions of the pages of figures; for this folder only.
namespace birge::insight {

/// In how many districts something was held, and how many organisations held it, by edition.
struct Width {
  std::int64_t districts = 0, organisations = 0;
};
std::unordered_map<campaign::EditionId, Width> widths(db::Reader& read);

}  // namespace birge::insight
