#pragma once

#include <string>
#include <vector>

#include "platform/i18n/say.hpp"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace birge::app {

/// What is wrong with a command line that cannot be read, naming the wrong word, and what was meant or where to look.
std::string usage_fault(Say const& say, CLI::App const& top, CLI::ParseError const& error);

/// Shows on standard output what a command takes; of all there are where no word names one. Where a word names none, says so and returns 2.
int show_help(Say const& say, CLI::App const& top, std::vector<std::string> const& words);

}  // namespace birge::app
