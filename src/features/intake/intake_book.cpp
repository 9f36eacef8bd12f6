#include "features/intake/intake_book.hpp"

namespace birge::intake {

namespace {

void put(sheet::Cell& cell, std::string const& text) {
  cell = {};
  cell.text = text;
  cell.type = text.empty() ? sheet::Cell::Type::empty : sheet::Cell::Type::text;
}

}  // namespace

void FixedBook::read(std::size_t table, std::function<bool(sheet::Row const&)> const& take) {
  if (fixes_.empty()) return book_->read(table, take);
  sheet::Row fixed;
  book_->read(table, [&](sheet::Row const& row) {
    auto fix = fixes_.lower_bound({table, row.number, 0});
    auto const belongs = [&] { return fix != fixes_.end() && std::get<0>(fix->first) == table && std::get<1>(fix->first) == row.number; };
    if (!belongs()) return take(row);
    fixed = row;
    for (; belongs(); ++fix) {
      auto const column = std::get<2>(fix->first);
      if (column >= fixed.cells.size()) fixed.cells.resize(column + 1);
      put(fixed.cells[column], fix->second);
    }
    while (!fixed.cells.empty() && fixed.cells.back().type == sheet::Cell::Type::empty) fixed.cells.pop_back();
    return take(fixed);
  });
}

}  // namespace birge::intake
