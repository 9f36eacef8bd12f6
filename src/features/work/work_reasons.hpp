#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/work/work.hpp"
#include "platform/jobs/jobs.hpp"

/// The words by which reasons and orders are found.
namespace birge::work {

/// What was given with a step, as the page of its activity shows it.
struct Given {
  Message part;             ///< Moved, Returned for changes, Approved on paper ...
  std::string text;         ///< the reason; of an approval on paper the number of the order and who signed it
  std::string_view anchor;  ///< where it stands on that page; empty: above
};
/// The order of an approval on paper while that approval stands, and the reasons in the timeline, the latest first.
std::vector<Given> given_with_steps(db::Reader& read, ActivityId id);

/// Of an activity that is taken away, or gets others.
void forget_reason_words(db::Tx& tx, ActivityId id);

/// See words_indexed.
jobs::Kind reasons_indexed(Services const& services);
jobs::Schedule reasons_indexed_often();

}  // namespace birge::work
