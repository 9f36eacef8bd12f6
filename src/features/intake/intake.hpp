#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "features/account/access.hpp"
#include "features/exchange/exchange.hpp"

/// Spreadsheets read in through the workspace: an upload waits, is looked at, corrected in place, stored, and can be taken back.
namespace birge::intake {

using account::Person;
using account::PersonId;
using activity::Activity;
using activity::ActivityId;

struct RunTag;
using RunId = Id<RunTag>;

/// checking -> checked -> storing -> stored -> undoing -> undone; failed where the file could not be read; put_away by its owner or by time.
enum class State { checking, checked, storing, stored, failed, undoing, undone, put_away };
std::string_view code(State state);
std::optional<State> state_of(std::string_view code);
Message name(State state);
bool working(State state);  ///< a job has it: the page waits

/// How long an upload waits for its owner, and for how long an import can be taken back.
inline constexpr std::chrono::days upload_kept{7};
inline constexpr std::chrono::days undo_kept{30};
/// Uploads one person may have waiting.
inline constexpr int uploads_at_once = 10;
/// Cells corrected on the page, and characters of one.
inline constexpr int most_fixes = 5'000;
inline constexpr std::size_t longest_fix = 5'000;

/// What somebody may read in, as an import asks for each row: within the scope of the permission to import, and approved where the person approves
/// there and the activity is not one of the own organisation. What was worked on in the workspace keeps the rules of its life.
exchange::Rights rights_of(Person const& person, campaign::Facts const& facts, Instant now);

/// An import of the command line is noted as one that is stored, so that it can be looked at and taken back like those of the page.
struct FromCommandLine {
  RunId id;
  activity::EditionId edition;
  Language language = Language::ky;
  bool workbook = false;
  std::int64_t bytes = 0;
};
/// In the transaction that stores it.
void note_stored(db::Tx& tx, FromCommandLine const& import, exchange::Stored const& stored, exchange::Outcome const& outcome,
                 campaign::Facts const& facts, Instant now);

/// Whether a person answers for a region or organisation with the right to let new organisations in by an import.
bool may_create_organisations(Person const& person);

}  // namespace birge::intake
