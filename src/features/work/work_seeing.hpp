#pragma once

#include <vector>

#include "features/account/access.hpp"
#include "features/work/work.hpp"

/// Who sees which activity in the workspace, for pages of other features.
namespace birge::work {

/// Whether somebody may know of an activity there: the rule of its own page.
bool sees(db::Reader& read, account::Person const& person, activity::Activity const& activity, campaign::Facts const& facts, Day today);

/// The same for one who looks at many.
bool sees(db::Reader& read, Viewer const& viewer, activity::Activity const& activity, campaign::Facts const& facts);

/// What can be in somebody's reach of that which the public does not see, to choose rows by; `sees` has the last word on each.
struct Reach {
  account::PersonId person;
  bool coalition = false;                                ///< everything but the drafts of others
  std::vector<coalition::OrganisationId> organisations;  ///< for which they, or somebody whose assistant they are, plan
  std::vector<std::int64_t> activities;                  ///< with which they help
};
Reach reach_of(db::Reader& read, account::Person const& person, Day today);

}  // namespace birge::work
