#pragma once

#include <string_view>

#include "platform/sheet/workbook_parts.hpp"

/// Inside the sheet room: what the value stored in a cell of a workbook means.
namespace birge::sheet {

/// A number without formatting noise: 43357.0 as 43357, 1E+3 as 1000, at most the 15 digits that Excel itself keeps.
std::string number_text(double value);

/// Fills type, text and values of a cell that holds a number.
void set_number(Cell& cell, std::string_view stored, Shown shown, bool from_1904);

/// Fills a cell that holds a day or moment as ISO 8601 text, as newer programs may write it.
void set_iso_date(Cell& cell, std::string_view stored);

/// Of A1, the column from 0; negative if there is none.
int column_of(std::string_view reference);

}  // namespace birge::sheet
