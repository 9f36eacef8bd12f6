#include "features/work/plan/plan_clash.hpp"

#include <algorithm>

#include "platform/base/text.hpp"

namespace birge::work {

namespace {

int days_apart(Activity const& a, Activity const& b) {
  if (a.day > b.end_day) return days_between(b.end_day, a.day);
  if (b.day > a.end_day) return days_between(a.end_day, b.day);
  return 0;
}

/// On a common day, and at hours that overlap or are not both known.
bool at_the_same_time(Activity const& a, Activity const& b) {
  if (days_apart(a, b) != 0) return false;
  if (!a.start_minutes || !b.start_minutes) return true;
  constexpr int usual = 120;
  auto const end = [](Activity const& activity) { return activity.end_minutes.value_or(*activity.start_minutes + usual); };
  return *a.start_minutes < end(b) && *b.start_minutes < end(a);
}

std::string venue(Activity const& activity) {
  auto const found = activity.texts.find(activity.original);
  return found == activity.texts.end() ? std::string() : fold(found->second.venue);
}

/// What two plans have in common of where they are.
struct Together {
  std::optional<place::PlaceId> place;  ///< with a district
  bool district = false;
  bool region = false;  ///< both name the same region and nothing in it
  bool around = false;  ///< one names only the region that the other's place lies in
};

Together together(Activity const& a, Activity const& b, campaign::Facts const& facts) {
  auto const& tree = *facts.places;
  Together common;
  for (auto const here : spots(a, facts))
    for (auto const there : spots(b, facts)) {
      auto const* district = tree.district_of(here);
      auto const* other = tree.district_of(there);
      if (district && here == there && !common.place) common.place = here;
      common.district = common.district || (district && district == other);
      common.region = common.region || (!district && here == there);
      common.around = common.around || (!district && tree.inside(there, here)) || (!other && tree.inside(here, there));
    }
  return common;
}

/// A plan in several places names no village of each.
bool same_village(Activity const& a, Activity const& b) {
  if (a.reach == activity::Reach::several || b.reach == activity::Reach::several) return true;
  return fold(a.village) == fold(b.village);
}

bool common_audience(Activity const& a, Activity const& b) {
  return std::ranges::any_of(a.audiences, [&](std::string const& audience) { return std::ranges::find(b.audiences, audience) != b.audiences.end(); });
}

void add_clash(Activity const& plan, Activity const& other, campaign::Facts const& facts, std::vector<Clash>& found) {
  auto const near = days_apart(plan, other) <= near_days;
  auto const common = together(plan, other, facts);
  if ((common.place || common.around) && !venue(plan).empty() && venue(plan) == venue(other) && at_the_same_time(plan, other))
    found.push_back({other.id, message("In the same venue at the same hour.")});
  else if (near && common.place && same_village(plan, other))
    // Two plans that name only their district may be far from each other in it.
    found.push_back(
        {other.id, (fold(plan.village).empty() || fold(other.village).empty()) && facts.places->find(*common.place)->level == place::Level::district
                       ? message("In the same district within three days.")
                       : message("In the same community within three days.")});
  else if (near && common.district && common_audience(plan, other))
    found.push_back({other.id, message("For the same people in the same district within three days.")});
  else if (common.region && days_apart(plan, other) == 0) found.push_back({other.id, message("In the same region on the same day.")});
  if (!at_the_same_time(plan, other)) return;
  std::vector<coalition::OrganisationId> both;
  std::ranges::set_intersection(everybody(plan), everybody(other), std::back_inserter(both));
  if (!both.empty()) found.push_back({other.id, message("An organisation takes part in both at the same time.")});
}

}  // namespace

std::vector<place::PlaceId> spots(Activity const& activity, campaign::Facts const& facts) {
  auto places = activity.places;
  if (activity.place) places.push_back(*activity.place);
  std::erase_if(places, [&](place::PlaceId id) { return !facts.places->region_of(id); });
  return places;
}

bool of_a_region_only(Activity const& activity, campaign::Facts const& facts) {
  auto const places = spots(activity, facts);
  return !places.empty() && std::ranges::none_of(places, [&](place::PlaceId id) { return facts.places->district_of(id); });
}

std::vector<coalition::OrganisationId> everybody(Activity const& activity) {
  auto all = activity.co_hosts;
  all.push_back(activity.lead);
  all.insert(all.end(), activity.partners.begin(), activity.partners.end());
  std::ranges::sort(all);
  return all;
}

std::vector<Clash> clashes(Activity const& plan, std::vector<Activity> const& others, std::vector<NationalDay> const& days,
                           campaign::Facts const& facts) {
  std::vector<Clash> found;
  for (auto const& other : others)
    if (other.id != plan.id) add_clash(plan, other, facts, found);
  for (auto const& day : days) {
    if (day.until < plan.day || day.from > plan.end_day || day.kind == "school_year") continue;
    found.push_back({{}, message("{}: from {} to {}.", day.name, day.from, day.until)});
  }
  return found;
}

}  // namespace birge::work
