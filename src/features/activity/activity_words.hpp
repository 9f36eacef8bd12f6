#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "features/activity/activity.hpp"
#include "features/campaign/campaign.hpp"
#include "platform/db/db.hpp"

/// Only for this folder.
namespace birge::activity {

/// The words that saves will be found by. Kept until the end and written in the order of the index: a large import then fills its pages
/// one after the other.
class PendingWords {
public:
  /// Where a word leads, in the order of the index.
  struct Entry {
    EditionId edition;
    Day day;
    ActivityId id;
    auto operator<=>(Entry const&) const = default;
  };

  void add(Activity const& activity, campaign::Facts const& facts);
  bool has(ActivityId id) const { return activities_.contains(id); }

  void write(db::Tx& tx);

private:
  std::map<std::string, std::vector<Entry>> entries_;
  std::set<ActivityId> activities_;
};

/// Whether words of activities are still those of an older Birge, or of a former name of their organisations.
bool any_unsearched(db::Reader& read);
/// Writes the words of some of them again.
void search_again(db::Tx& tx);

}  // namespace birge::activity
