#pragma once

#include <map>
#include <memory>
#include <string>
#include <tuple>

#include "platform/sheet/sheet.hpp"

namespace birge::intake {

/// Where a cell stands: table in the file, row as the spreadsheet numbers it, column from 0.
using CellName = std::tuple<std::size_t, int, std::size_t>;
using Fixes = std::map<CellName, std::string>;

/// A file with cells corrected: whoever reads it sees what was typed on the page, as a text, where it stood wrong in the file.
class FixedBook final : public sheet::Book {
public:
  FixedBook(std::unique_ptr<sheet::Book> book, Fixes fixes) : book_(std::move(book)), fixes_(std::move(fixes)) {}

  std::vector<sheet::Table> const& tables() const override { return book_->tables(); }
  void read(std::size_t table, std::function<bool(sheet::Row const&)> const& take) override;
  Message understood() const override { return book_->understood(); }
  bool is_workbook() const override { return book_->is_workbook(); }
  char delimiter() const override { return book_->delimiter(); }

private:
  std::unique_ptr<sheet::Book> book_;
  Fixes fixes_;
};

}  // namespace birge::intake
