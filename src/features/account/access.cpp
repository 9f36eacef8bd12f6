#include "features/account/access.hpp"

#include <algorithm>

namespace birge::account {

namespace {

constexpr auto no = Extent::never;
constexpr auto own = Extent::own_scope;
constexpr auto all = Extent::everywhere;

struct Line {
  Permission permission;
  std::string_view code;
  std::array<Extent, roles.size()> extents;  ///< in the order of the roles
};

// The one table. An administrator looks after accounts and machinery and sees nothing of the content; an observer sees what the coalition does and
// never who.
// clang-format off
constexpr std::array<Line, permission_count> table{{
    //                                                         admin nat  reg  focal memb help comm obs
    {Permission::work, "work",                                  {all, all, all, all, all, all, all, all}},
    {Permission::see_coalition, "see_coalition",                { no, all, all, all, all, own, all, all}},
    {Permission::see_names, "see_names",                        {all, all, all, all, all, own, all,  no}},
    {Permission::plan, "plan",                                  { no, all, own, own, own, own, own,  no}},
    {Permission::approve, "approve",                            { no, all, own,  no,  no,  no,  no,  no}},
    {Permission::report, "report",                              { no, all, own, own, own, own, own,  no}},
    {Permission::confirm, "confirm",                            { no, all, own,  no,  no,  no,  no,  no}},
    {Permission::discuss, "discuss",                            { no, all, all, all, all, own, all,  no}},
    {Permission::publish, "publish",                            { no, all, own, own,  no,  no, all,  no}},
    {Permission::manage_organisations, "manage_organisations",  { no, all, own, own,  no,  no,  no,  no}},
    {Permission::invite, "invite",                              {all, all, own, own,  no,  no,  no,  no}},
    {Permission::manage_accounts, "manage_accounts",            {all, all, own, own,  no,  no,  no,  no}},
    {Permission::manage_editions, "manage_editions",            { no, all,  no,  no,  no,  no,  no,  no}},
    {Permission::import, "import",                              { no, all, own,  no,  no,  no,  no,  no}},
    {Permission::write_report, "write_report",                  { no, all,  no,  no,  no,  no, all,  no}},
    {Permission::see_requests, "see_requests",                  { no, all, own,  no,  no,  no,  no,  no}},
    {Permission::see_audit, "see_audit",                        {all, all,  no,  no,  no,  no,  no,  no}},
    {Permission::manage_system, "manage_system",                {all,  no,  no,  no,  no,  no,  no,  no}},
    {Permission::admit, "admit",                                { no, all, own,  no,  no,  no,  no,  no}},
}};
// clang-format on

consteval bool in_order() {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (static_cast<std::size_t>(table[i].permission) != i) return false;
  return true;
}
static_assert(in_order(), "the lines of the table stand in the order of the permissions");

bool inside(Grant const& grant, Object const& object) {
  if (grant.role == Role::regional_coordinator) return grant.region && object.region == grant.region;
  if (grant.role == Role::helper) return grant.activity && object.activity == grant.activity;
  return grant.organisation && std::ranges::find(object.organisations, *grant.organisation) != object.organisations.end();
}

}  // namespace

Extent extent(Role role, Permission permission) { return table.at(static_cast<std::size_t>(permission)).extents.at(static_cast<std::size_t>(role)); }

std::string_view permission_code(Permission permission) { return table.at(static_cast<std::size_t>(permission)).code; }

bool allows(Grant const& grant, Permission permission, Object const& object) {
  switch (extent(grant.role, permission)) {
    case Extent::never: return false;
    case Extent::own_scope: return inside(grant, object);
    case Extent::everywhere: return true;
  }
  return false;
}

bool may(Person const& person, Permission permission, Object const& object) {
  return std::ranges::any_of(person.grants, [&](Grant const& grant) { return allows(grant, permission, object); });
}

bool may_somewhere(Person const& person, Permission permission) {
  return std::ranges::any_of(person.grants, [&](Grant const& grant) { return extent(grant.role, permission) != Extent::never; });
}

bool enters_activities(std::vector<Grant> const& grants) {
  return std::ranges::any_of(grants, [](Grant const& grant) {
    bool const somewhere =
        grant.role == Role::national_coordinator || grant.organisation || (grant.role == Role::regional_coordinator && grant.region);
    return somewhere && grant.role != Role::helper && extent(grant.role, Permission::plan) != Extent::never;
  });
}

bool may_everywhere(Person const& person, Permission permission) {
  return std::ranges::any_of(person.grants, [&](Grant const& grant) { return extent(grant.role, permission) == Extent::everywhere; });
}

Object scope_of(Grant const& grant, std::optional<place::PlaceId> home) {
  Object object;
  object.region = grant.region ? grant.region : home;
  if (grant.organisation) object.organisations.push_back(*grant.organisation);
  object.activity = grant.activity;
  return object;
}

bool may_grant(Person const& person, Grant const& grant, std::optional<place::PlaceId> home) {
  if (!complete(grant)) return false;
  auto const scope = scope_of(grant, home);
  if (!may(person, Permission::invite, scope)) return false;
  return std::ranges::all_of(table, [&](Line const& line) {
    switch (extent(grant.role, line.permission)) {
      case Extent::never: return true;
      case Extent::own_scope: return may(person, line.permission, scope);
      case Extent::everywhere: return may_everywhere(person, line.permission);
    }
    return false;
  });
}

bool may_reset(Person const& person, std::vector<Grant> const& grants, std::vector<std::optional<place::PlaceId>> const& homes) {
  if (grants.empty()) return may_everywhere(person, Permission::manage_accounts);
  for (std::size_t i = 0; i < grants.size(); ++i)
    if (!may_grant(person, grants[i], homes.at(i))) return false;
  return true;
}

bool may_manage(Person const& person, std::vector<Grant> const& grants, std::vector<std::optional<place::PlaceId>> const& homes) {
  return may_everywhere(person, Permission::manage_accounts) || may_reset(person, grants, homes);
}

}  // namespace birge::account
