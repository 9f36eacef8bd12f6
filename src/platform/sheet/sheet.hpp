#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/day.hpp"
#include "platform/base/problem.hpp"

/// Tables as people exchange them: CSV in whatever encoding and delimiter, and Excel workbooks. Reading streams row by row.
namespace birge::sheet {

/// The media type of a workbook, as ECMA-376 registers it.
inline constexpr char const* workbook_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What stood in a cell. `text` is always what a person would have seen (numbers without formatting, days as YYYY-MM-DD).
struct Cell {
  enum class Type { empty, text, number, day, moment, boolean, error } type = Type::empty;
  std::string text;
  double number = 0;           ///< of number, day and moment (Excel's serial) and boolean
  std::optional<Day> day;      ///< of day, and of moment unless it is a bare time of day (09:30)
  std::optional<int> minutes;  ///< of moment: time of day, 0-1439
  bool formula = false;        ///< the cached value of a formula; with type empty: no program has worked it out yet
  int merged_from = 0;         ///< the row in which it stands, where it is merged over this one too; otherwise 0
};

struct Row {
  int number = 0;           ///< as the program shows it, from 1
  std::vector<Cell> cells;  ///< trailing empty cells are left out
};

struct Limits {
  std::size_t file_bytes = 32 * 1024 * 1024;
  std::size_t unpacked_bytes = 512 * 1024 * 1024;  ///< of all parts read of a workbook; and not over 200 times its packed size above 16 MB
  std::size_t text_bytes = 48 * 1024 * 1024;       ///< of the shared strings, which stay in memory
  int rows = 200'000;
  int columns = 1'000;
  std::size_t cell_characters = 32'767;
};

/// One table of a file: the file itself for CSV, a worksheet for a workbook.
struct Table {
  std::string name;  ///< the worksheet's name; empty for CSV
  bool hidden = false;
};

/// A file opened for reading. Everything wrong with the file as such is a Problem with a sentence for the person who sent it.
class Book {
public:
  virtual ~Book() = default;
  virtual std::vector<Table> const& tables() const = 0;
  /// Hands over the rows that are not empty, in order; `take` returns false to stop. What stands in a cell that is merged over several rows
  /// stands in each of them.
  virtual void read(std::size_t table, std::function<bool(Row const&)> const& take) = 0;
  /// How a CSV file was understood, for the report: "UTF-8, comma"; empty for a workbook.
  virtual Message understood() const = 0;
  virtual bool is_workbook() const = 0;
  /// What stands between the cells of a CSV file; a comma for a workbook.
  virtual char delimiter() const { return ','; }
};

/// Opens a CSV file or a workbook by its content, not its name. Throws Problem: too large, not a table, truncated, encrypted, a zip bomb,
/// the old .xls or .ods format (the sentence says how to save it anew), binary noise.
std::unique_ptr<Book> open_file(std::string const& path, Limits const& limits = {});
std::unique_ptr<Book> open_bytes(std::string bytes, Limits const& limits = {});

/// A text that Excel and its like would run as a formula (it begins with = + - @, tab or return) gets an apostrophe in front, so that it is shown.
/// Numbers are not touched.
std::string safe_cell(std::string_view text);

/// Writes RFC 4180 CSV: UTF-8 with BOM so that Excel reads it right, CRLF, quotes where needed, safe_cell on every text.
class CsvWriter {
public:
  explicit CsvWriter(char delimiter = ',') : delimiter_(delimiter) {}
  void text(std::string_view value);
  void number(std::int64_t value);
  void decimal(double value, int digits);
  void empty();
  void end_row();
  std::string take() &&;  ///< everything written

private:
  void separate();
  char delimiter_;
  std::string out_{"\xEF\xBB\xBF"};
  bool first_ = true;
};

/// Writes a workbook in constant memory (rows in order). Texts are stored as texts and never run. Throws Problem when the disk is full.
class BookWriter {
public:
  BookWriter();
  ~BookWriter();
  struct Column {
    std::string title;
    double width = 12;                 ///< characters
    std::vector<std::string> choices;  ///< a drop-down on the rows below the header
    std::string note;                  ///< shown when a cell is chosen
    bool required = false;             ///< its header stands out
  };
  enum class Style { plain, header, title, total, note, required };

  /// Starts the next worksheet; `title_rows` are written above the header; the header is frozen and filtered.
  void sheet(std::string_view name, std::vector<Column> const& columns, std::vector<std::string> const& title_rows = {});
  void text(std::string_view value, Style style = Style::plain);
  void link(std::string_view address, std::string_view shown);
  void number(std::int64_t value, Style style = Style::plain);
  void decimal(double value, int digits);
  void day(Day value);
  void empty();
  void end_row();
  /// Choices that do not fit a drop-down's 255 characters are put on a hidden worksheet, Choices, at the end.
  std::string take() &&;  ///< the bytes of the .xlsx file

private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace birge::sheet
