#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Inside the sheet room: one record of a CSV file (RFC 4180, read with patience).
namespace birge::sheet {

enum class Quotes {
  meant,    ///< a quote at the start of a field encloses it
  literal,  ///< quotes are text: for the line whose quote nobody closed
};

struct CsvRecord {
  enum class State { complete, needs_more, unclosed, too_long, too_wide } state = State::complete;
  std::size_t end = 0;  ///< where the next record begins
  std::vector<std::string> fields;
  bool spans_lines = false;  ///< a quoted field holds a line break
  bool stray_quote = false;  ///< a quoted field holds a quote that is not doubled
};

/// Where parsing gives up, so that a hostile file cannot fill the memory.
struct Bounds {
  std::size_t field_bytes = 64 * 1024;  ///< a longer quoted field counts as unclosed, another as too long
  std::size_t fields = 16'384;          ///< also Excel's own limit
};

/// Parses the record that begins at `text`'s start. `at_end`: nothing follows `text`.
CsvRecord parse_record(std::string_view text, char delimiter, Quotes quotes, bool at_end, Bounds const& bounds);

/// The delimiter that makes the most even table of the first records: comma, semicolon or tab.
struct Delimiter {
  char character = ',';
  std::size_t columns = 1;  ///< of most records
};
Delimiter find_delimiter(std::string_view sample, bool whole);

}  // namespace birge::sheet
