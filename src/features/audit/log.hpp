#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/audit/chain.hpp"

/// Reading the log.
namespace birge::audit {

/// Which entries; everything empty: all.
struct LogFilter {
  std::string object{};  ///< a kind of object
  std::optional<std::int64_t> object_id{};
  std::optional<std::int64_t> person{};  ///< who acted, also through an assistant
  std::string action{};
  std::optional<Instant> from{}, until{};  ///< from included, until not
};

/// The newest entries before a sequence number, newest first.
std::vector<Row> entries(db::Reader& read, LogFilter const& filter, std::int64_t before, int limit);

/// One line of an entry's changes, read back.
struct Change {
  std::string field;
  std::string part;           ///< of a count by sex and age band: which; otherwise empty
  bool is_text = false;       ///< only that it changed is known
  std::string before, after;  ///< as Value writes them; "-" is nothing
};
std::vector<Change> changes_of(Row const& row);
/// The number that a value is; nothing where it is none.
std::optional<std::int64_t> number_in(std::string_view value);

}  // namespace birge::audit
