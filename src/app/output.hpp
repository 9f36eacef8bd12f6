#pragma once

#include <string>
#include <string_view>

namespace birge::app {

/// Writes a file that a command was asked for: whole, or not at all. What stood there before stays when it cannot be written, as on a full
/// disk; then throws Problem.
void write_file(std::string const& path, std::string_view bytes);

}  // namespace birge::app
