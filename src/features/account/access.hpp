#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "features/account/account.hpp"

/// Which role may do what, in which scope: one table, asked by every route, list and change.
namespace birge::account {

enum class Permission {
  work,                  ///< have a place of their own in the workspace
  see_coalition,         ///< activities and texts that are not public
  see_names,             ///< names of the people who planned, counted and confirmed
  plan,                  ///< draft, change and propose activities
  approve,               ///< approve or return proposals
  report,                ///< enter results
  confirm,               ///< confirm or return results
  discuss,               ///< write under an activity
  publish,               ///< make texts and pictures public
  manage_organisations,  ///< change what is known of an organisation
  invite,                ///< invite people
  manage_accounts,       ///< lock, unlock, end roles, hand over a link to a new password
  manage_editions,       ///< editions, targets, closing
  import,                ///< read spreadsheets in
  write_report,          ///< foreword, challenges, conclusions, recommendations
  see_requests,          ///< invitations of villages, with the contact they left
  see_audit,             ///< the record of who did what
  manage_system,         ///< queues, e-mail, health
  admit,                 ///< decide which organisations join
};
inline constexpr std::size_t permission_count = 19;

std::string_view permission_code(Permission permission);
Message permission_name(Permission permission);  ///< a short phrase: "approve proposals"

enum class Extent { never, own_scope, everywhere };

/// What the table says. Own scope: the region, organisation or activity for which the role is held.
Extent extent(Role role, Permission permission);

/// What somebody wants to act on, as far as access depends on it.
struct Object {
  std::optional<place::PlaceId> region;                  ///< of level region; nothing: national, online, in several regions, or none of these
  std::vector<coalition::OrganisationId> organisations;  ///< whose it is: lead, co-hosts; for people the one they belong to
  std::optional<std::int64_t> activity;                  ///< its id, where it is an activity or hangs on one
};

bool may(Person const& person, Permission permission, Object const& object);
/// For some object at least: whether a page or a menu entry makes sense at all.
bool may_somewhere(Person const& person, Permission permission);
/// Whether roles let somebody enter new activities: for an organisation, a region or the country. A helper's is for one that is there already.
bool enters_activities(std::vector<Grant> const& grants);
/// Without asking for the object: what is for the whole country only.
bool may_everywhere(Person const& person, Permission permission);
/// Whether one held role allows it for an object; lists filter by the grants for which this can be true.
bool allows(Grant const& grant, Permission permission, Object const& object);

/// What a role is held for, as an object. `home` is the region where the grant's organisation sits.
Object scope_of(Grant const& grant, std::optional<place::PlaceId> home);

/// Whether somebody may give a role to another: they may invite in its scope, and hold themselves everything it allows there. Nobody grants more
/// than they have.
bool may_grant(Person const& person, Grant const& grant, std::optional<place::PlaceId> home);

/// Whether somebody may lock, unlock or end the roles of a person: all of them must be such as they may give, or it is their task everywhere.
bool may_manage(Person const& person, std::vector<Grant> const& grants, std::vector<std::optional<place::PlaceId>> const& homes);
/// Whether somebody may let a person in anew (a new password, a second factor set up again), which is as much as having their roles: only who could
/// give each of them may.
bool may_reset(Person const& person, std::vector<Grant> const& grants, std::vector<std::optional<place::PlaceId>> const& homes);

/// What a route asks for.
constexpr Access Needs(Permission permission) { return Access::needing(static_cast<int>(permission)); }

}  // namespace birge::account
