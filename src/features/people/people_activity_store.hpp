#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "features/coalition/coalition.hpp"
#include "platform/db/db.hpp"

namespace birge::people {

/// The organisation that leads an activity; nothing where there is none.
std::optional<coalition::OrganisationId> lead_of_activity(db::Reader& read, std::int64_t activity);

/// An activity that lies ahead.
struct Coming {
  std::int64_t id = 0;
  Day day;
  std::string title;
  coalition::OrganisationId lead;
};
/// Whose activities are asked for: those that organisations lead, drafts included; without drafts those of regions, or of everywhere.
struct Whose {
  std::vector<coalition::OrganisationId> organisations;
  std::vector<place::PlaceId> regions;
  bool everywhere = false;
};
/// What ends on a day or later and is not cancelled, the next ones first; `chosen` before all others where it is among them.
std::vector<Coming> coming(db::Reader& read, Whose const& whose, Day today, std::int64_t chosen, int limit);

}  // namespace birge::people
