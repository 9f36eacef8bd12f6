#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/coalition/coalition.hpp"
#include "features/place/place.hpp"
#include "platform/http/request.hpp"

/// The people who work with Birge: who they are, what they may do, how they sign in.
namespace birge::account {

struct PersonTag;
using PersonId = Id<PersonTag>;
struct SessionTag;
using SessionId = Id<SessionTag>;

enum class Role {
  administrator,  ///< looks after the system, not after its content
  national_coordinator,
  regional_coordinator,    ///< of one region
  focal_point,             ///< of one organisation
  member,                  ///< of one organisation
  helper,                  ///< for one activity only
  communications_officer,  ///< of a partner
  observer,                ///< donor, UN: figures, reports, organisations and roles, but no names
};
inline constexpr std::array roles{Role::administrator,
                                  Role::national_coordinator,
                                  Role::regional_coordinator,
                                  Role::focal_point,
                                  Role::member,
                                  Role::helper,
                                  Role::communications_officer,
                                  Role::observer};

std::string_view role_code(Role role);  ///< national_coordinator, in the database and on the command line
std::optional<Role> role_of(std::string_view code);
Message role_name(Role role);  ///< the words for it

/// What a role is held for: a regional coordinator needs a region, focal point and member an organisation, a helper an activity. A communications
/// officer, observer or coordinator may name the organisation they come from.
struct Grant {
  Role role = Role::member;
  std::optional<place::PlaceId> region;
  std::optional<coalition::OrganisationId> organisation;
  std::optional<std::int64_t> activity;
  bool operator==(Grant const&) const = default;
};

/// Whether a grant names what its role is held for, and nothing that does not belong to it.
bool complete(Grant const& grant);

/// Somebody who is signed in, with the roles held at this moment.
struct Person final : Principal {
  PersonId id;
  std::string name;
  Language language = Language::ky;
  std::vector<Grant> grants;
  SessionId session;  ///< 0 outside a request

  bool has(int need) const override;
  bool is(Role role) const;
  bool is_coordinator() const { return is(Role::national_coordinator) || is(Role::regional_coordinator); }
  /// The organisation they act for: of the first grant that names one.
  std::optional<coalition::OrganisationId> organisation() const;
};

/// Whether the roles are so powerful that a password alone is not enough.
bool needs_second_factor(std::vector<Grant> const& grants);

/// Who is signed in. Throws Problem(forbidden) where nobody is, which a route that needs somebody never sees.
Person const& person(Request const& request);
/// Null where nobody is signed in.
Person const* maybe_person(Request const& request);

}  // namespace birge::account
