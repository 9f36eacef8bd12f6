#include "features/account/account.hpp"

#include <algorithm>

#include "features/account/access.hpp"

namespace birge::account {

namespace {

constexpr std::array<std::string_view, roles.size()> role_codes{
    "administrator", "national_coordinator", "regional_coordinator", "focal_point", "member", "helper", "communications_officer", "observer"};

}  // namespace

std::string_view role_code(Role role) { return role_codes.at(static_cast<std::size_t>(role)); }

std::optional<Role> role_of(std::string_view code) {
  auto const found = std::ranges::find(role_codes, code);
  if (found == role_codes.end()) return {};
  return roles.at(static_cast<std::size_t>(found - role_codes.begin()));
}

Message role_name(Role role) {
  switch (role) {
    case Role::administrator: return message("Administrator");
    case Role::national_coordinator: return message("National coordinator");
    case Role::regional_coordinator: return message("Regional coordinator");
    case Role::focal_point: return message("Focal point");
    case Role::member: return message("Member");
    case Role::helper: return message("Helper for one activity");
    case Role::communications_officer: return message("Communications officer");
    case Role::observer: return message("Observer");
  }
  return {};
}

Message permission_name(Permission permission) {
  switch (permission) {
    case Permission::work: return message("have a page of their own in the workspace");
    case Permission::see_coalition: return message("see what only the coalition sees");
    case Permission::see_names: return message("see the names of people");
    case Permission::plan: return message("plan and propose activities");
    case Permission::approve: return message("approve or return proposals");
    case Permission::report: return message("report results");
    case Permission::confirm: return message("confirm or return results");
    case Permission::discuss: return message("write under an activity");
    case Permission::publish: return message("make texts and pictures public");
    case Permission::manage_organisations: return message("keep the register of organisations");
    case Permission::invite: return message("invite people");
    case Permission::manage_accounts: return message("lock accounts and hand over links to a new password");
    case Permission::manage_editions: return message("prepare and close editions");
    case Permission::import: return message("read spreadsheets in");
    case Permission::write_report: return message("write the texts of the closing report");
    case Permission::see_requests: return message("see invitations of villages and their contacts");
    case Permission::see_audit: return message("read the record of who did what");
    case Permission::manage_system: return message("look after the system");
    case Permission::admit: return message("decide which organisations join");
  }
  return {};
}

bool complete(Grant const& grant) {
  switch (grant.role) {
    case Role::regional_coordinator: return grant.region && !grant.activity;
    case Role::focal_point:
    case Role::member: return grant.organisation && !grant.region && !grant.activity;
    case Role::helper: return grant.activity && !grant.region;
    case Role::administrator:
    case Role::national_coordinator:
    case Role::communications_officer:
    case Role::observer: return !grant.region && !grant.activity;
  }
  return false;
}

bool Person::has(int need) const {
  if (need < 0 || static_cast<std::size_t>(need) >= permission_count) return false;
  return may_somewhere(*this, static_cast<Permission>(need));
}

bool Person::is(Role role) const {
  return std::ranges::any_of(grants, [&](Grant const& grant) { return grant.role == role; });
}

std::optional<coalition::OrganisationId> Person::organisation() const {
  for (auto const& grant : grants)
    if (grant.organisation) return grant.organisation;
  return {};
}

bool needs_second_factor(std::vector<Grant> const& grants) {
  return std::ranges::any_of(grants, [](Grant const& grant) {
    return grant.role == Role::administrator || grant.role == Role::national_coordinator || grant.role == Role::regional_coordinator ||
           grant.role == Role::communications_officer;
  });
}

Person const* maybe_person(Request const& request) { return dynamic_cast<Person const*>(request.principal.get()); }

Person const& person(Request const& request) {
  if (auto const* signed_in = maybe_person(request)) return *signed_in;
  throw Problem(Failure::forbidden, message("You may not do this."));
}

}  // namespace birge::account
