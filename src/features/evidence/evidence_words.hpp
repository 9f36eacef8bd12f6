#pragma once

#include <string_view>

#include "features/evidence/evidence.hpp"
#include "platform/jobs/jobs.hpp"

/// The words by which evidence is found: those of its captions.
namespace birge::evidence {

void put_caption_words(db::Tx& tx, EvidenceId id, std::string_view caption);
void forget_caption_words(db::Tx& tx, EvidenceId id);

/// Adds the words of captions that have none yet, some hundred at once: those of an older database.
jobs::Kind captions_indexed();
jobs::Schedule captions_indexed_often();

}  // namespace birge::evidence
