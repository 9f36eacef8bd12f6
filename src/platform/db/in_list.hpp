#pragma once

#include <cstddef>
#include <ranges>

#include "platform/db/db.hpp"

namespace birge::db {

/// Adds " in (...)" with some ids, filled up to a multiple of `step` with 0, which no id is: a statement is prepared and kept for each text, so there
/// must be few of them however long a list is.
template <class Ids>
Sql& add_in(Sql& sql, Ids const& ids, std::size_t step = 1) {
  sql.add(" in (0");
  std::size_t count = 0;
  for (auto const id : ids) {
    sql.add(", ?", id);
    ++count;
  }
  for (; count % step != 0; ++count) sql.add(", ?", std::ranges::range_value_t<Ids>{});
  return sql.add(")");
}

}  // namespace birge::db
