#pragma once

#include <cstdint>
#include <string_view>

#include "platform/db/db.hpp"
#include "platform/jobs/jobs.hpp"

/// The words by which remarks are found.
namespace birge::work {

/// The words of a remark as they are searched; those mentioned are no words of it. Replaces none: a remark is never changed, only taken back.
void put_remark_words(db::Tx& tx, std::int64_t remark, std::string_view text);
void forget_remark_words(db::Tx& tx, std::int64_t remark);

/// Adds the words of remarks that have none yet, some hundred at once: those of an older database.
jobs::Kind remarks_indexed();
jobs::Schedule remarks_indexed_often();

}  // namespace birge::work
