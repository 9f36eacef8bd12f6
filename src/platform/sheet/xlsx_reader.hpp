#pragma once

#include <memory>

#include "platform/sheet/source.hpp"

namespace birge::sheet {

/// Reads a ZIP archive as a workbook (ECMA-376); throws Problem if it is none.
std::unique_ptr<Book> open_xlsx(Source source, Limits const& limits);

}  // namespace birge::sheet
