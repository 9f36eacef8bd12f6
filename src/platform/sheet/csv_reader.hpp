#pragma once

#include <memory>

#include "platform/sheet/source.hpp"

namespace birge::sheet {

/// Reads a text file as a table; throws Problem if it is none.
std::unique_ptr<Book> open_csv(Source source, Limits const& limits);

}  // namespace birge::sheet
