#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "features/exchange/import_columns.hpp"

namespace birge::exchange {

/// What a cell says about a number of heads. With a problem `count` means nothing.
struct Heads {
  enum class Problem {
    none,
    empty,  ///< nothing, a dash, "нет данных"
    unreadable,
    negative,
    fraction,   ///< 12.5 people
    open,       ///< "более 150", "150+": no upper end
    no_lower,   ///< "до 50", "не более 50": no lower end
    backwards,  ///< "200-150"
    ambiguous,  ///< "1.000": a thousand, or one with three decimals; `readings` has both
  } problem = Problem::none;
  activity::Count count;
  bool about = false;  ///< "около 150"
  std::vector<std::int64_t> readings;
};

/// Reads 150, "1 250", "150-200", "от 150 до 200", "около 150", "150гө жакын", "150 чел.".
Heads read_heads(std::string_view text);
Heads read_heads(sheet::Cell const& cell);

}  // namespace birge::exchange
