#include "platform/sheet/records.hpp"

#include <algorithm>
#include <charconv>

#include "platform/base/problem.hpp"
#include "platform/sheet/sheet.hpp"

namespace birge::sheet {

namespace {

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

Records::Records(std::string name, std::string bytes) : name_(std::move(name)) {
  auto const book = open_bytes(std::move(bytes));
  book->read(0, [&](Row const& row) {
    std::vector<std::string> cells;
    cells.reserve(std::max(row.cells.size(), columns_.size()));
    for (auto const& cell : row.cells) cells.push_back(cell.text);
    if (columns_.empty()) {
      columns_ = std::move(cells);
      return true;
    }
    if (cells.size() > columns_.size())
      throw Problem(Failure::unprocessable, message("{}, row {}: there are more cells than columns.", name_, row.number));
    cells.resize(columns_.size());
    rows_.push_back(Record(*this, row.number, std::move(cells)));
    return true;
  });
  for (auto at = columns_.begin(); at != columns_.end(); ++at)
    if (at->empty() || std::find(at + 1, columns_.end(), *at) != columns_.end())
      throw Problem(Failure::unprocessable, message("{}: the column “{}” stands there twice or has no name.", name_, *at));
  if (columns_.empty()) throw Problem(Failure::unprocessable, message("{} has no header row.", name_));
}

bool Records::has(std::string_view column) const { return std::ranges::find(columns_, column) != columns_.end(); }

std::size_t Records::column(std::string_view column) const {
  auto const found = std::ranges::find(columns_, column);
  if (found == columns_.end()) throw Problem(Failure::unprocessable, message("{} has no column “{}”.", name_, column));
  return static_cast<std::size_t>(found - columns_.begin());
}

std::string const& Record::operator[](std::string_view column) const { return cells_[records_->column(column)]; }

std::optional<std::string> Record::maybe(std::string_view column) const {
  auto const& cell = (*this)[column];
  return cell.empty() ? std::nullopt : std::optional(cell);
}

std::optional<std::int64_t> Record::maybe_integer(std::string_view column) const {
  auto const& cell = (*this)[column];
  if (cell.empty()) return std::nullopt;
  auto const number = number_of<std::int64_t>(cell);
  if (!number) refuse(column);
  return number;
}

std::optional<double> Record::maybe_real(std::string_view column) const {
  auto const& cell = (*this)[column];
  if (cell.empty()) return std::nullopt;
  auto const number = number_of<double>(cell);
  if (!number) refuse(column);
  return number;
}

std::int64_t Record::integer(std::string_view column) const {
  auto const number = maybe_integer(column);
  if (!number) refuse(column);
  return *number;
}

double Record::real(std::string_view column) const {
  auto const number = maybe_real(column);
  if (!number) refuse(column);
  return *number;
}

bool Record::flag(std::string_view column) const {
  auto const& cell = (*this)[column];
  if (cell == "yes" || cell == "1") return true;
  if (!cell.empty() && cell != "no" && cell != "0") refuse(column);
  return false;
}

void Record::refuse(std::string_view column) const {
  throw Problem(Failure::unprocessable,
                message("{}, row {}: “{}” is no value for the column “{}”.", records_->name(), row_, (*this)[column], column));
}

}  // namespace birge::sheet
