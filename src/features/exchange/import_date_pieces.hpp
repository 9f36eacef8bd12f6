#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace birge::exchange {

/// A date taken apart. Each sign stands for one piece: d a number of one or two digits, y one of four, M a month's name, . - / as they
/// stand, ~ "from ... to".
struct Pieces {
  std::string signs;
  std::vector<int> values;  ///< of d, y and M, in order
  bool understood = true;
};
Pieces pieces_of(std::string_view text);

/// Dashes of all kinds become -, all white space one kind.
std::string plain_text(std::string_view text);

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace birge::exchange
