#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "features/account/account.hpp"
#include "features/activity/activity.hpp"
#include "platform/db/db.hpp"

namespace birge::trust {

/// How an activity of the log is called.
struct Titled {
  activity::ActivityId id;
  std::string state;
  coalition::OrganisationId lead;
  std::string title, language;
};
/// Of some activities, by id; one that is gone is not in it.
std::map<std::int64_t, Titled> titles_of(db::Reader& read, std::span<std::int64_t const> activities);

/// How something else of the log is called: an organisation that asks to join, a place that invites, an import.
struct Named {
  std::int64_t id = 0;
  std::string name, language;  ///< of a joining request, as it was typed
  place::PlaceId place;        ///< of an invitation
  std::string detail;          ///< of an invitation the number that was told to who asked
  campaign::EditionId edition;
  Instant at{};
};
std::map<std::int64_t, Named> joining_requests(db::Reader& read, std::span<std::int64_t const> ids);
std::map<std::int64_t, Named> village_invitations(db::Reader& read, std::span<std::int64_t const> ids);
/// Those that were stored, and somebody's own: nobody opens another.
std::map<std::int64_t, Named> imports(db::Reader& read, std::span<std::int64_t const> ids, account::PersonId person);
/// Those that added or changed an activity, the latest first.
std::vector<Named> imports_of(db::Reader& read, activity::ActivityId activity);

}  // namespace birge::trust
