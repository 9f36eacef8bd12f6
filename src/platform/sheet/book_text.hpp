#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "platform/sheet/sheet.hpp"

/// Inside the sheet room: texts made fit for a workbook.
namespace birge::sheet {

inline constexpr std::size_t longest_text = 32'767;  ///< UTF-16 units, Excel's limit of a cell

std::size_t character_count(std::string_view text);

/// At most `units` UTF-16 units, with ordinary spaces and hyphens, and nothing XML cannot hold: control characters, broken UTF-8, U+FFFE and U+FFFF.
std::string storable(std::string_view shown, std::size_t units);

/// A text whose own _x0041_ is not taken for an escaped character.
std::string escaped(std::string text);

/// A name Excel allows a worksheet: at most 31 characters, none of []:*?/\ and no apostrophe (it refuses the whole file otherwise).
std::string sheet_name(std::string_view wanted);

}  // namespace birge::sheet
