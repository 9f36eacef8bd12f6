#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/dump.hpp"

/// How one row stands in an archive, and what proves a table.
namespace birge::app {

/// One JSON array; bytes as {"b":"base64"}.
std::string row_text(std::span<db::Value const> values);

/// A row read back; owns its texts.
struct ReadRow {
  std::vector<db::Value> values;
  std::vector<std::string> texts;
};
/// Throws Problem when the line is no row of this table.
ReadRow read_row(db::Table const& table, std::string_view line);

/// Adds up the rows' hashes (BLAKE2b, 128 bits), which does not depend on their order.
class Checksum {
public:
  void add(std::string_view row);
  std::string text() const;
  std::int64_t rows() const { return rows_; }

private:
  std::array<std::uint64_t, 2> sum_{};
  std::int64_t rows_ = 0;
};

}  // namespace birge::app
