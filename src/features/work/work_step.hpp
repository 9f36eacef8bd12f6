#pragma once

#include "features/work/work_store.hpp"

/// A step while it is stored, and taking it back; for the stores of this folder, and for the sample, whose results say something too.
namespace birge::work::detail {

/// One step on its way: what is stored now, what it becomes, and who does it with whose right.
struct Progress {
  Activity const& stored;
  Activity next;
  Standing work;
  PersonId acting_for;
  std::optional<int> result_before;  ///< of an undo: the version whose values count again
  int result_now = 0;                ///< the version of the result that counts once the step is stored; 0: there is none
  bool approves = false;             ///< an edit of what is approved, by somebody who could approve it
};

/// Keeps what a step is about to change, so that it can be taken back; `version` is the one the step leads to.
void put_before(db::Tx& tx, Activity const& activity, Standing const& work, int version);
/// Puts back what the latest step changed. Throws Problem(conflict) where something came after it.
void restore(db::Tx& tx, Progress& step);

/// Stores what a new version of a result says beside its counts.
void put_words(db::Tx& tx, ActivityId id, int version, ResultWords const& words);
/// A result that counts again after a step was taken back keeps what was said with it and who confirmed it.
void copy_words(db::Tx& tx, ActivityId id, int from, int to);

}  // namespace birge::work::detail
