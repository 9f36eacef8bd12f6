#pragma once

#include <spdlog/formatter.h>

#include <memory>
#include <string>
#include <string_view>

/// The log of the program: one line of standard error for each thing worth knowing.
namespace birge::app {

/// A text as it may stand in a line of the log. Control characters (those of C1 too), line breaks, marks that turn the direction of text, what is
/// invisible, and bytes that are no UTF-8 are written as \x9b or \u202e: they could forge a line, or command the terminal that shows it.
std::string for_log(std::string_view text);

/// Writes time, level and message, the message as for_log gives it, whoever wrote it.
std::unique_ptr<spdlog::formatter> log_formatter();

/// From here on everything is logged to standard error; `level` is the least serious that is.
void start_log(std::string const& level);

}  // namespace birge::app
