#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "features/intake/intake_book.hpp"
#include "features/intake/intake_record.hpp"

/// How imports are kept. Only for this folder.
namespace birge::intake {

/// One import, from the upload to its end.
struct Run {
  RunId id;
  PersonId person;
  activity::EditionId edition;
  std::string language;  ///< of its owner when it came: for texts that do not show theirs
  State state = State::checking;
  bool pasted = false, workbook = false;
  std::int64_t bytes = 0;
  int step = 1;
  bool partial = false;
  int progress = 0;
  int rows_read = 0, added = 0, updated = 0, unchanged = 0, skipped = 0, blocked = 0, private_rows = 0;
  Message failure;
  bool refused = false;
  Instant created{};
  std::optional<Instant> stored, undone;
  std::optional<PersonId> undone_by;
  int untouched = 0;

  bool undoable(Instant now) const { return state == State::stored && stored && now - *stored < undo_kept && added + updated > 0; }
};

/// An activity an import stored, as lists show it.
struct ChangeRow {
  int position = 0;
  ActivityId activity;
  std::string kind;                                   ///< added, changed
  std::string outcome;                                ///< empty, undone, left
  std::optional<std::string> state, title, language;  ///< nothing: the activity is gone
  std::optional<Day> day;
  /// How it was, as long as that is kept: of an activity that is gone, and of one that the import changed and nobody since.
  std::string before;
};

/// What is needed to take a row back.
struct Change {
  int position = 0;
  ActivityId activity;
  std::string kind;
  int version = 0;
  std::string before;
};

class Store {
public:
  explicit Store(db::Reader& read) : read_(read) {}

  std::optional<Run> find(RunId id);
  /// The latest first, behind a cursor; of one person, or of everybody but then only what was stored.
  std::vector<Run> of_person(PersonId person, RunId before, int limit);
  std::vector<Run> stored_by_all(RunId before, int limit);
  int waiting_of(PersonId person);  ///< uploads that are neither stored nor given up

  Fixes fixes(RunId id);
  exchange::Decisions decisions(RunId id, std::vector<sheet::Table> const& tables);
  std::map<std::string, std::string> answers(RunId id, std::string_view kind);  ///< subject to answer, as they are kept

  /// A hash of every correction and answer: another one where any of them is new since the file was read.
  std::string said_mark(RunId id);

  std::vector<ChangeRow> changes(RunId id, int after_position, int limit);
  std::vector<Change> to_undo(RunId id);
  bool brought_organisations(RunId id);

private:
  db::Reader& read_;
};

/// The subject of an answer about a row.
std::string near_subject(std::size_t table, int row);

void add(db::Tx& tx, Run const& run);
/// Goes on to another state. False where the import is no longer at `step`: a form or a job that came too late.
bool go_on(db::Tx& tx, RunId id, int step, State next);
void note_progress(db::Tx& tx, RunId id, int step, int rows);
/// The end of a look at the file.
void note_checked(db::Tx& tx, Run const& run, exchange::Outcome const& outcome, int private_rows, Message const& failure);
void note_failed(db::Tx& tx, RunId id, int step, Message const& failure);
void set_partial(db::Tx& tx, RunId id, bool partial);

void put_fix(db::Tx& tx, RunId id, CellName const& cell, std::string_view text);
void put_answer(db::Tx& tx, RunId id, std::string_view kind, std::string_view subject, std::optional<std::string> const& answer);

/// Drops every correction and answer.
void forget_answers(db::Tx& tx, RunId id);

/// Notes what was stored, in the transaction that stores it. Throws Problem(conflict) where the import is no longer at its step.
void note_stored(db::Tx& tx, Run const& run, exchange::Stored const& stored, exchange::Outcome const& outcome, work::Scene const& scene);

/// In a closed edition nothing is taken back: its figures name the versions of results that would go. Asked of the database, since a request may have
/// begun before the closing.
bool closed_to_undo(db::Reader& read, Run const& run);
Message closed_to_undo_message();

/// Takes back what an import stored, row by row, as far as nobody built on it, and the organisations that came in with it, where nothing uses them by
/// now; and notes what was left. Everything in one transaction. It and would_undo throw Problem(conflict) where the edition is closed.
struct Undone {
  int undone = 0, left = 0;
  int organisations = 0;  ///< that went; would_undo does not tell
};
Undone undo(db::Tx& tx, IdMaker& ids, campaign::Facts const& facts, Run const& run, Person const& person, Instant now);
/// What an undo would do at this moment.
Undone would_undo(db::Reader& read, campaign::Facts const& facts, Run const& run, Person const& person, Instant now);

void begin_undo(db::Tx& tx, RunId id, PersonId person);
/// Where it could not be taken back after all: it stays as it was stored.
void note_not_undone(db::Tx& tx, RunId id, int step, Message const& failure);

/// Why a run failed whose job was tried to the end: no fault of the file, so it can be tried again.
Message given_up();

/// Uploads that waited too long are put away, also where no job works on them any more, and what can no longer be undone forgets how it was before.
void forget_old(db::Tx& tx, Instant now);
/// Whether anything of a run's files is still wanted.
bool wants_files(db::Reader& read, RunId id, Instant now);

}  // namespace birge::intake
