#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/sheet/archive.hpp"

/// Inside the sheet room: the parts of a workbook that its worksheets refer to.
namespace birge::sheet {

/// What a number format makes of a number.
enum class Shown : std::uint8_t {
  number,
  day,
  moment,   ///< day and time of day
  time,     ///< time of day only
  elapsed,  ///< hours that may exceed a day: [h]:mm
};

/// Judges a format code such as dd.mm.yyyy (ECMA-376 part 1, 18.8.31).
Shown shown_by(std::string_view format_code);

/// The texts that cells share, in one block of memory.
class SharedStrings {
public:
  /// Sets address space aside, so that growing never holds the texts twice.
  void reserve(std::size_t bytes) { all_.reserve(bytes); }
  void add(std::string_view text);
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t index) const;

private:
  std::string all_;
  std::vector<std::uint32_t> ends_;
};

struct Worksheet {
  Table table;
  std::string part;  ///< xl/worksheets/sheet1.xml
};

struct WorkbookParts {
  std::vector<Worksheet> worksheets;
  std::vector<Shown> styles;  ///< by the cell's style number
  SharedStrings strings;
  bool from_1904 = false;  ///< days are counted from 1904, as once on the Macintosh
};

WorkbookParts read_workbook_parts(Archive& archive, Limits const& limits);

/// Excel writes control characters in texts as _x000D_ (ECMA-376 part 1, 22.9.2.19).
std::string unescaped(std::string_view text);

/// Refuses a text longer than a cell may hold; `text` is what was gathered so far.
void check_cell_length(std::string_view text, Limits const& limits);

}  // namespace birge::sheet
