#pragma once

#include <string>

namespace CLI {
class App;
}

namespace birge::app {

/// The type of an option or argument, as its help shows it and the completion takes it: a file, a folder, or fixed values with | between them.
inline constexpr auto file_type = "FILE";
inline constexpr auto folder_type = "FOLDER";

/// A completion script for bash, made from the commands and options there are.
std::string bash_completion(CLI::App const& top);

}  // namespace birge::app
