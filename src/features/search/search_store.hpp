#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/activity/activity.hpp"
#include "features/evidence/evidence.hpp"
#include "features/search/search.hpp"
#include "features/work/work_seeing.hpp"
#include "platform/db/db.hpp"

/// What the word table finds. Only for this folder.
namespace birge::search {

/// Where a page of activities begins: before this day and id, the latest first.
struct Before {
  std::string day = "9999";
  activity::ActivityId id;
};

class Store {
public:
  explicit Store(db::Reader& read) : read_(read) {}

  /// Places in any spelling that the country pack knows, the larger ones first.
  std::vector<place::PlaceId> places(Wanted const& wanted, int limit);

  /// Activities of an edition which the public does not see listed and which may be in reach of somebody; who sees what is for work::sees to decide.
  std::vector<activity::ActivityId> unlisted(Wanted const& wanted, activity::EditionId edition, work::Reach const& reach, Before const& before,
                                             int limit);

  struct Remark {
    std::int64_t id = 0;
    activity::ActivityId activity;
    Instant at{};
    std::string text;        ///< as it is stored
    std::int64_t since = 0;  ///< how many of its discussion were written since, itself included; thirty at most
  };
  /// Remarks under activities that may be in reach of somebody, the latest first, older than one where `before` is its id. None under an activity
  /// that was put away.
  std::vector<Remark> remarks(Wanted const& wanted, work::Reach const& reach, std::int64_t before, int limit);

  /// Activities in reach of somebody with results that may tell it, the latest first. What a result tells by now is for the caller to look at: its words
  /// are written a while after it is stored.
  std::vector<Before> results(Wanted const& wanted, work::Reach const& reach, Before const& before, int limit);

  /// The same with reasons or orders that were given with their steps.
  std::vector<Before> given(Wanted const& wanted, work::Reach const& reach, Before const& before, int limit);

  struct Piece {
    evidence::EvidenceId id;
    activity::ActivityId activity;
  };
  /// Evidence with such a caption, under activities that may be in reach of somebody or let through to everybody, the latest first; older than one where
  /// `before` is its id.
  std::vector<Piece> captions(Wanted const& wanted, work::Reach const& reach, std::int64_t before, int limit);

  /// Something public that a word begins a word of.
  struct Carrier {
    std::string object;  ///< activity, organisation, place
    std::int64_t id = 0;
    std::string word;
  };
  std::optional<Carrier> carrier(std::string_view word);
  /// Folded words of the table that begin as this one does with its first letter; of what they stand for nothing is said, so they are no answer
  /// before `carrier` was asked about them.
  std::vector<std::string> words_beginning_alike(std::string_view word, int limit);

private:
  db::Reader& read_;
};

}  // namespace birge::search
