#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "features/activity/activity.hpp"
#include "features/campaign/campaign.hpp"
#include "platform/db/db.hpp"

/// Only for the room of activities.
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
  /// What an activity is found by, each word behind a space.
  struct Together {
    EditionId edition;
    Day day;
    std::string words;
  };

  std::map<std::string, std::vector<Entry>> entries_;
  std::map<ActivityId, Together> activities_;
};

/// Takes away the words that an activity is found by, as they were written.
void forget_words(db::Tx& tx, ActivityId id);

/// Whether words of activities are still those of an older Birge, or of a former name of their organisations.
bool any_unsearched(db::Reader& read);
/// The words of all are those of before: what they are made of may be called otherwise now.
void search_all_again(db::Tx& tx);
/// Writes the words of some of them again.
void search_again(db::Tx& tx);

}  // namespace birge::activity
