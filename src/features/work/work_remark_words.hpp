#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/activity/activity.hpp"
#include "platform/db/db.hpp"
#include "platform/jobs/jobs.hpp"

/// Remarks found by their words. Who may read which is decided by whoever shows them: work::sees of its activity.
namespace birge::work {

/// The words of a remark as they are searched; those mentioned are no words of it. Replaces none: a remark is never changed, only taken back.
void put_remark_words(db::Tx& tx, std::int64_t remark, std::string_view text);
void forget_remark_words(db::Tx& tx, std::int64_t remark);

struct FoundRemark {
  std::int64_t id = 0;
  activity::ActivityId activity;
  Instant at{};
  std::string text;        ///< as it is stored
  std::int64_t since = 0;  ///< how many of its discussion were written since, itself included; thirty at most
};
/// Those that have a word beginning with each of some folded ones, the latest first; older than a remark where `before` is its id. None under an
/// activity that was put away.
std::vector<FoundRemark> remarks_with(db::Reader& read, std::vector<std::string> const& words, std::int64_t before, int limit);

/// Adds the words of remarks that have none yet, some hundred at once: those of an older database.
jobs::Kind remarks_indexed();
jobs::Schedule remarks_indexed_often();

}  // namespace birge::work
