#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "features/account/access.hpp"
#include "platform/db/db.hpp"

/// Who is who, for the pages and jobs of other features.
namespace birge::account {

/// How somebody stands beside what they did: in the role and for the organisation they act or acted for, also after they left.
struct Who {
  PersonId id;
  std::string name;  ///< empty once they left
  std::optional<Role> role;
  std::optional<coalition::OrganisationId> organisation;
  std::optional<place::PlaceId> region;  ///< of a regional coordinator
  Language language = Language::ky;
};

/// Those of the given ids that exist, by id.
std::map<std::int64_t, Who> who(db::Reader& read, std::span<PersonId const> people);

/// What a viewer reads: the name for those who may see names, otherwise role and organisation. `viewer` null: the public.
std::string shown(Say const& say, Who const& who, std::string_view organisation_name, Person const* viewer);

/// Everybody active who may do something with an object, for reminders and for choosing a deputy.
std::vector<Person> people_who_may(db::Reader& read, Permission permission, Object const& object);

/// The regions where the organisations of the grants sit, in their order: with the grant they decide who may give it.
std::vector<std::optional<place::PlaceId>> homes_of(db::Reader& read, std::vector<Grant> const& grants);

}  // namespace birge::account
