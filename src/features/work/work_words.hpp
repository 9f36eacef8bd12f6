#pragma once

#include <cstddef>
#include <vector>

#include "features/work/work.hpp"
#include "platform/jobs/jobs.hpp"

/// The words by which texts of activities are found: a job writes them, since folding is the program's and none is to cost time where a text is stored.
namespace birge::work {

/// One sort of such texts.
struct WordIndex {
  char const* job;                                                ///< the name of its job
  std::vector<ActivityId> (*unsearched)(db::Reader&, int limit);  ///< activities whose words are missing, or those of before
  std::size_t (*index)(db::Tx&, ActivityId);                      ///< writes those of one, which is in order then; how many they are
};

/// Writes missing words, of some hundred activities at once. Others follow after a pause, so that whoever stores something meanwhile waits for nothing.
/// The services must outlive the kind.
jobs::Kind words_indexed(WordIndex const& words, Services const& services);
jobs::Schedule words_indexed_often(WordIndex const& words);

}  // namespace birge::work
