#pragma once

#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "features/intake/intake_files.hpp"

/// What an import would do, row by row, kept beside the upload so that a page shows some rows of ten thousand without reading the file again.
namespace birge::intake {

/// A finding as a page shows it.
struct Remark {
  exchange::Finding::Severity severity = exchange::Finding::Severity::error;
  std::string code;
  std::string sheet;
  int row = 0;
  std::optional<std::size_t> column;  ///< from 0; nothing: of the whole row
  std::string read;
  Message expected, suggestion;
  std::vector<std::string> choices;
  std::string name;  ///< of an organisation nobody knows
  ActivityId near;
};

struct PreviewRow {
  std::size_t table = 0;
  int number = 0;
  exchange::Fate fate = exchange::Fate::skip;
  std::vector<std::string> cells;
  std::vector<Remark> remarks;
};

/// Where a row stands and what a filter needs to know of it.
struct Mark {
  std::int64_t offset = 0;
  exchange::Fate fate = exchange::Fate::skip;
  bool problem = false;  ///< it has an error or a warning
};

/// An organisation that nobody knows by the name in the file.
struct Unknown {
  std::string name;
  std::vector<std::string> choices;
  int rows = 0;  ///< findings that name it
};

struct Preview {
  Message understood;  ///< how a CSV file was read
  std::vector<exchange::SeenTable> tables;
  std::vector<std::string> unknown_columns, new_organisations;
  std::vector<Unknown> unknown;  ///< the most frequent first
  std::vector<Remark> of_file;   ///< of sheets and the file, not of a row
  std::vector<Mark> marks;       ///< by row
  int private_rows = 0;          ///< with a telephone number, personal number or e-mail address in a public text
  int left_out = 0;              ///< findings
  std::string said;              ///< the mark of the corrections and answers with which the file was read

  exchange::SeenTable const* table(std::size_t index) const;
};

/// Writes a preview while an import looks at a file.
class PreviewWriter {
public:
  PreviewWriter(Files const& files, RunId run);
  exchange::Watcher watcher();
  /// Puts both files in place. Throws Problem(internal) where the disk is full.
  Preview const& finish(exchange::Outcome const& outcome, std::string said);

private:
  void add(exchange::SeenRow const& row, std::vector<exchange::Finding const*> const& findings);

  Files const& files_;
  RunId run_;
  std::string rows_path_;
  std::ofstream rows_;
  std::int64_t offset_ = 0;
  bool fresh_ = true;
  Preview preview_;
};

/// Nothing where there is none (any more).
std::optional<Preview> read_preview(Files const& files, RunId run);
/// The rows at these marks, in order.
std::vector<PreviewRow> read_rows(Files const& files, RunId run, std::vector<Mark> const& marks);

}  // namespace birge::intake
