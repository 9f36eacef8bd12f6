#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/activity/activity.hpp"
#include "features/audit/audit.hpp"
#include "platform/db/database.hpp"
#include "platform/sheet/sheet.hpp"

/// Activities in and out as the files people send each other.
namespace birge::exchange {

/// A row of a file: the worksheet's name (empty for CSV) and its number there.
using RowName = std::pair<std::string, int>;

/// What somebody answered to the questions of an earlier trial.
struct Decisions {
  /// Names that nobody knows: the organisation that is meant, or nothing where a new one is to be created.
  std::map<std::string, std::optional<activity::OrganisationId>> organisations;
  /// Rows that are nearly the same as a stored activity: the activity, or nothing where the row is another one.
  std::map<RowName, std::optional<activity::ActivityId>> near;
};

/// What the person who imports may do. An empty function allows everything; without `approved` what is stored is what was approved.
struct Rights {
  /// What speaks against storing a row; `stored` is null where it is new. Nothing: it may be stored.
  std::function<std::optional<Message>(activity::Activity const& next, activity::Activity const* stored)> refuse;
  /// What speaks against changing a stored activity to what its row says, though the person may change it: the rules of its life.
  std::function<std::optional<Message>(db::Reader&, activity::Activity const& next, activity::Activity const& stored)> against_life;
  /// Whether a plan counts as approved because this person reads it in; otherwise it is proposed. `stored` is null where it is new.
  std::function<bool(db::Reader&, activity::Activity const& next, activity::Activity const* stored)> approves;
  /// What is approved of a stored activity, where others may have changed it little by little since.
  std::function<activity::Activity(db::Reader&, activity::Activity const& stored)> approved;
  /// Whether the person may know of a stored activity; the others are matched with no row.
  std::function<bool(activity::Activity const&)> knows;
};

/// What becomes of a row.
enum class Fate { add, update, unchanged, skip, block };

struct Finding;
struct Outcome;

/// A table of the file that holds activities.
struct SeenTable {
  std::size_t table = 0;  ///< index in the book
  std::string sheet;
  int header_row = 0;
  std::vector<std::string> headers;
  std::vector<bool> understood;  ///< by column
};
struct SeenRow {
  std::size_t table = 0;
  int number = 0;
  Fate fate = Fate::skip;
  std::vector<std::string> cells;
};
/// An activity that was stored by an import.
struct StoredRow {
  activity::ActivityId id;
  activity::Activity const* before = nullptr;  ///< null: it was added
  activity::Activity const* now = nullptr;
  bool new_result = false;
};

/// What an import stored.
struct Stored {
  std::vector<StoredRow> rows;
  std::vector<coalition::OrganisationId> organisations;  ///< that it took into the register
};

/// Looks at an import on its way; functions may be empty.
struct Watcher {
  std::function<void(SeenTable const&)> table;
  std::function<void(SeenRow const&, std::vector<Finding const*> const&)> row;  ///< every row that is not empty, after everything is decided
  std::function<void(Outcome const&)> decided;  ///< before anything is stored; not called again when only the transaction is repeated
  /// In the transaction that stores: what it throws keeps everything out. It may be called again when the transaction is.
  std::function<void(db::Tx&, Stored const&, Outcome const&)> stored;
  bool nothing_too = false;  ///< `stored` is called also where nothing had to be changed
};

struct Options {
  activity::EditionId edition;
  bool dry_run = false;               ///< read and check everything, store nothing
  bool partial = false;               ///< store the good rows and hand back the others; otherwise one error keeps everything out
  bool create_organisations = false;  ///< names that nobody knows become organisations; otherwise they are errors
  Language language = Language::ky;   ///< of texts that do not show theirs, of suggested names and of the file of refused rows
  audit::Who who = audit::Who::command_line();
  std::int64_t run = 0;  ///< the import's id, for the audit log; 0: it has none
  Decisions decisions;
  Rights rights;
  Watcher watch;
};

/// One thing an import has to say about a cell, a row, a sheet or the file.
struct Finding {
  enum class Severity { error, warning, note } severity = Severity::error;
  std::string code;                  ///< unknown_place, ambiguous_date ...
  std::string sheet;                 ///< the worksheet's name; empty for CSV
  int row = 0;                       ///< as the spreadsheet program numbers it, from 1; 0: of the whole sheet
  std::string column;                ///< its letter and, behind a space, its header as in the file; empty: of the whole row
  std::string read;                  ///< what stood there, shortened
  Message expected;                  ///< what is wrong, or what would be right
  Message suggestion;                ///< the one next step; may be empty
  std::vector<std::string> choices;  ///< what could stand in the cell instead
  std::string name;                  ///< of an organisation that is not known: as it was read
  activity::ActivityId near;         ///< the stored activity that is nearly the same
};

/// The code of what is said of the file, and of its rows, where the edition is closed.
inline constexpr std::string_view closed_edition = "closed_edition";

/// What an import did, or in a dry run would do. rows_read is the sum of the five numbers behind it: no row gets lost.
struct Outcome {
  int rows_read = 0;  ///< rows below the headers that are not empty
  int added = 0, updated = 0, unchanged = 0;
  int skipped = 0;                           ///< totals, headings and repeated rows; each has a finding
  int blocked = 0;                           ///< rows with an error
  bool stored = false;                       ///< false in a dry run, and when an error kept everything out
  std::vector<Finding> findings;             ///< by sheet and row
  int findings_left_out = 0;                 ///< where nearly everything is wrong: findings beyond 20,000 but for the first error of each row
  std::vector<std::string> unknown_columns;  ///< letter and header of what was not read
  std::vector<std::string> new_organisations;
  Message understood;  ///< how a CSV file was read: "UTF-8, comma"
  /// Of a partial import: the refused rows with their reasons in a last column, in the format of the file. It imports once corrected.
  std::optional<std::string> rejected_file;
};

/// Called now and then with the number of rows read so far.
using Progress = std::function<void(int rows)>;

/// Reads activities from a table whose header row says what the columns are, in Kyrgyz, Russian, English or as HXL hashtags. Everything is
/// read and checked on a snapshot; then one write stores it, or nothing. Throws Problem when the file cannot be read as such, has no
/// table of activities or over 50,000 rows or 40 MB of text, or there is no such edition.
Outcome import_activities(sheet::Book& book, db::Database& database, IdMaker& ids, Clock const& clock, Options const& options,
                          Progress const& progress = {});

/// A workbook with drop-downs whose columns import_activities understands, with explanations on a second sheet. It offers what is a place today.
std::string import_template(campaign::Facts const& facts, Language language, Day today);

/// The outcome in sentences for a terminal or a log, at most `limit` findings in full.
std::string describe(Outcome const& outcome, Say const& say, std::size_t limit = 200);

/// One finding as a line: where, what was read, what is expected, what to do.
std::string describe(Finding const& finding, Say const& say);

}  // namespace birge::exchange
