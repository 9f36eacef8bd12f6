#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Small tables that come with Birge itself (the files of a country pack): CSV with a header row, read by column name.
namespace birge::sheet {

class Records;

/// One row; a view into its Records.
class Record {
public:
  /// The cell of a column, empty where the row is shorter. Throws Problem when the table has no such column.
  std::string const& operator[](std::string_view column) const;
  std::optional<std::string> maybe(std::string_view column) const;  ///< nothing where the cell is empty
  std::int64_t integer(std::string_view column) const;              ///< throws Problem when the cell is not a whole number
  double real(std::string_view column) const;                       ///< throws Problem when the cell is not a number
  bool flag(std::string_view column) const;                         ///< yes or 1; no, 0 or empty; anything else is a Problem
  std::optional<std::int64_t> maybe_integer(std::string_view column) const;
  std::optional<double> maybe_real(std::string_view column) const;
  int row() const { return row_; }  ///< as a spreadsheet numbers it, from 1

private:
  friend class Records;
  Record(Records const& records, int row, std::vector<std::string> cells) : records_(&records), row_(row), cells_(std::move(cells)) {}
  [[noreturn]] void refuse(std::string_view column) const;
  Records const* records_;
  int row_;
  std::vector<std::string> cells_;
};

class Records {
public:
  /// `name` is what messages call the file. Throws Problem when the bytes are not a table with a header of different names, or a row has
  /// more cells than the header.
  Records(std::string name, std::string bytes);
  Records(Records const&) = delete;
  Records& operator=(Records const&) = delete;

  std::string const& name() const { return name_; }
  bool has(std::string_view column) const;
  std::size_t size() const { return rows_.size(); }
  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.end(); }

private:
  friend class Record;
  std::size_t column(std::string_view column) const;
  std::string name_;
  std::vector<std::string> columns_;
  std::vector<Record> rows_;
};

}  // namespace birge::sheet
