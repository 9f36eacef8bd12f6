#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "features/activity/activity.hpp"
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

  void add(Activity const& activity, std::vector<std::string> words) {
    activities_.insert(activity.id);
    for (auto& word : words) entries_[std::move(word)].push_back({activity.edition, activity.day, activity.id});
  }
  bool has(ActivityId id) const { return activities_.contains(id); }

  void write(db::Tx& tx);

private:
  std::map<std::string, std::vector<Entry>> entries_;
  std::set<ActivityId> activities_;
};

}  // namespace birge::activity
