#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "features/activity/activity.hpp"
#include "features/audit/audit.hpp"
#include "platform/db/database.hpp"
#include "platform/sheet/sheet.hpp"

/// Activities in and out as the files people send each other.
namespace birge::exchange {

struct Options {
  activity::EditionId edition;
  bool dry_run = false;               ///< read and check everything, store nothing
  bool partial = false;               ///< store the good rows and hand back the others; otherwise one error keeps everything out
  bool create_organisations = false;  ///< names that nobody knows become organisations; otherwise they are errors
  Language language = Language::ky;   ///< of texts that do not show theirs, of suggested names and of the file of refused rows
  audit::Who who = audit::Who::command_line();
};

/// One thing an import has to say about a cell, a row, a sheet or the file.
struct Finding {
  enum class Severity { error, warning, note } severity = Severity::error;
  std::string code;    ///< unknown_place, ambiguous_date ...
  std::string sheet;   ///< the worksheet's name; empty for CSV
  int row = 0;         ///< as the spreadsheet program numbers it, from 1; 0: of the whole sheet
  std::string column;  ///< its letter and, behind a space, its header as in the file; empty: of the whole row
  std::string read;    ///< what stood there, shortened
  Message expected;    ///< what is wrong, or what would be right
  Message suggestion;  ///< the one next step; may be empty
};

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
  std::string understood;  ///< how a CSV file was read: "UTF-8, comma"
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

/// A workbook with drop-downs whose columns import_activities understands, with explanations on a second sheet.
std::string import_template(campaign::Facts const& facts, Language language);

/// The outcome in sentences for a terminal or a log, at most `limit` findings in full.
std::string describe(Outcome const& outcome, Say const& say, std::size_t limit = 200);

/// One finding as a line: where, what was read, what is expected, what to do.
std::string describe(Finding const& finding, Say const& say);

}  // namespace birge::exchange
