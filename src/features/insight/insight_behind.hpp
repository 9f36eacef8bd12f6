#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "features/account/session.hpp"
#include "features/insight/insight_view.hpp"

/// The activities behind one number that no list of the agenda shows by itself, with what each adds to it.
namespace birge::insight::view {

/// The people a line may tell of by name, and the activities beyond the public ones, for whoever looks.
struct Viewer {
  account::Person const* person = nullptr;  ///< null: the public
  bool names = false;

  bool sees_what_is_inside(activity::Activity const& activity, campaign::Facts const& facts) const;
  bool sees(activity::Activity const& activity, campaign::Facts const& facts) const;
};
Viewer viewer_of(Request& request);

/// The page of an activity, which is the workspace's where the public has none.
Url activity_page(Say const& say, activity::Activity const& activity);
/// The way to its life and evidence in the workspace, for those who may see what is inside; nothing for others.
Html life_link(Say const& say, campaign::Facts const& facts, Viewer const& viewer, activity::Activity const& activity);

struct Behind {
  Count all, unlisted;  ///< of all of them, and of those that whoever looks does not see listed
  std::int64_t activities = 0, unlisted_activities = 0;
  struct Item {
    Day day;
    activity::ActivityId id;
    std::optional<Count> count;  ///< nothing: not reported
  };
  std::vector<Item> items;  ///< of this page
  bool more = false;
};

/// What an activity adds, told by what the counting rules look at alone; a zero is listed too, nullopt leaves the activity out.
struct Share {
  std::optional<Count> count;
};
using ShareOf = std::function<std::optional<Share>(activity::Activity const&)>;

/// The activities of one or several filters that share none, one page of them after the cursor.
Behind behind(Page const& page, Viewer const& viewer, std::vector<Filter> const& filters, activity::Cursor const& after, ShareOf const& share_of);
/// They and their sum, which is the number that was opened. `caption` names the table.
Html behind_table(Page const& page, Viewer const& viewer, Behind const& behind, std::string_view caption);
/// The link to what follows; `address` is this page's without the cursor and has a query.
Html behind_next(Page const& page, Behind const& behind, Url const& address);

}  // namespace birge::insight::view
