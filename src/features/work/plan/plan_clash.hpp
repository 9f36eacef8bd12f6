#pragma once

#include <string>
#include <vector>

#include "features/activity/activity.hpp"

/// What stands in the way of a plan. Pure.
namespace birge::work {

using activity::Activity;

/// A reason to look again before a plan is proposed. Nothing of it forbids the plan.
struct Clash {
  activity::ActivityId other;  ///< nobody's for a national day
  Message what;
};

/// A day or days of the country pack that a plan should know of.
struct NationalDay {
  Day from, until;
  std::string kind, name;  ///< kind: holiday, memorial, school_holiday, school_year, exam
};

/// How many days around a plan others of the same place or for the same people stand in its way.
inline constexpr int near_days = 3;
/// Where a plan takes place as far as that tells what is beside it: its communities, or districts or regions where no more is known.
std::vector<place::PlaceId> spots(Activity const& activity, campaign::Facts const& facts);
/// Whether a plan names nothing smaller than a region, as all of a city without districts do: then what is on other days elsewhere in it tells little.
bool of_a_region_only(Activity const& activity, campaign::Facts const& facts);
/// Who holds and supports it, in order.
std::vector<coalition::OrganisationId> everybody(Activity const& activity);

/// Of `others` (plans of the days around it): those in the same community within three days, for the same audience group in the same district
/// within three days, in the same venue at the same hour, with an organisation that would be in two places at once, or on the same day for a region
/// as a whole; and the national days.
std::vector<Clash> clashes(Activity const& plan, std::vector<Activity> const& others, std::vector<NationalDay> const& days,
                           campaign::Facts const& facts);

}  // namespace birge::work
