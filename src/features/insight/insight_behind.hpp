#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "features/insight/insight_view.hpp"

/// The activities behind one number that no list of the agenda shows by itself, with what each adds to it.
namespace birge::insight::view {

struct Behind {
  Count all, unlisted;  ///< of all of them, and of those only the coalition sees listed
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
Behind behind(Page const& page, std::vector<Filter> const& filters, activity::Cursor const& after, ShareOf const& share_of);
/// They and their sum, which is the number that was opened. `caption` names the table.
Html behind_table(Page const& page, Behind const& behind, std::string_view caption);
/// The link to what follows; `address` is this page's without the cursor and has a query.
Html behind_next(Page const& page, Behind const& behind, Url const& address);

}  // namespace birge::insight::view
