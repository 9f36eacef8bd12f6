#pragma once

#include <string>
#include <vector>

#include "features/work/work.hpp"
#include "platform/jobs/jobs.hpp"

/// The words by which results are found.
namespace birge::work {

/// A text of a result as the page of its activity shows it.
struct ResultText {
  Message part;  ///< What happened, What people asked ...
  std::string text;
};
/// Everything told by the result that counts; nothing where it was not reported, or came back.
std::vector<ResultText> told_by_result(db::Reader& read, Activity const& activity);

/// Of an activity whose results are taken away.
void forget_result_words(db::Tx& tx, ActivityId id);

/// See words_indexed.
jobs::Kind results_indexed(Services const& services);
jobs::Schedule results_indexed_often();

}  // namespace birge::work
