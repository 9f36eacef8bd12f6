#pragma once

#include <vector>

#include "features/account/access.hpp"
#include "features/account/directory.hpp"

namespace birge::people {

/// Whether somebody with these roles is among the people a viewer looks after. Others do not exist for them.
inline bool in_scope(db::Reader& read, account::Person const& viewer, std::vector<account::Grant> const& grants) {
  if (account::may_everywhere(viewer, account::Permission::manage_accounts)) return true;
  auto const homes = account::homes_of(read, grants);
  for (std::size_t i = 0; i < grants.size(); ++i)
    if (account::may(viewer, account::Permission::manage_accounts, account::scope_of(grants[i], homes[i]))) return true;
  return false;
}

}  // namespace birge::people
