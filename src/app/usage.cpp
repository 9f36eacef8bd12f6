#include "app/usage.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>

#include <algorithm>

#include "app/terminal.hpp"
#include "platform/base/text.hpp"

/// What is said about a command line that cannot be read: one wrong word, and the one that is nearest to it.
namespace birge::app {

namespace {

using Path = std::vector<CLI::App const*>;

/// The commands that were named, from the program down.
Path named(CLI::App const& top) {
  Path path{&top};
  for (auto below = top.get_subcommands(); !below.empty(); below = path.back()->get_subcommands()) path.push_back(below.back());
  return path;
}

std::string name_of(Path const& path) {
  std::vector<std::string> names;
  for (auto const* command : path) names.push_back(command->get_name());
  return joined(names, " ");
}

std::vector<CLI::App const*> below(CLI::App const& command) {
  return command.get_subcommands([](CLI::App const*) { return true; });
}

std::vector<std::string> names_below(CLI::App const& command) {
  std::vector<std::string> names;
  for (auto const* each : below(command)) names.push_back(each->get_name());
  return names;
}

std::vector<std::string> options_of(CLI::App const& command) {
  std::vector<std::string> names;
  for (auto const* option : command.get_options())
    for (auto const& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

/// The name that was meant: one that begins so, or else the one that differs least; empty where none is near.
std::string nearest(std::string_view word, std::vector<std::string> const& names) {
  if (length(word) < 2) return {};
  auto const longer = std::ranges::find_if(names, [&](std::string const& name) { return name.starts_with(word) && word != "--"; });
  if (longer != names.end()) return *longer;
  std::string best;
  int const most = word.size() < 6 ? 1 : 2;  // letters by which it may differ: of a short word more would be another word
  int least = most + 1;
  for (auto const& name : names)
    if (auto const changes = edit_distance(word, name, most); changes < least) least = changes, best = name;
  return best;
}

std::string typed(std::string_view word) { return shortened(clean_line(word), 60); }

std::string where_to_look(Say const& say, Path const& path) {
  auto words = name_of(path);
  words.insert(path.front()->get_name().size(), " help");
  return say("“{}” shows what there is.", words);
}

/// A sentence about a fault, and one that leads on.
std::string with_hint(Say const& say, std::string const& fault, std::string const& meant, Path const& path) {
  return fault + " " + (meant.empty() ? where_to_look(say, path) : say("Did you mean “{}”?", meant));
}

std::string unknown_command(Say const& say, Path const& path, std::string_view word) {
  auto const program = name_of(path);
  auto meant = nearest(word, names_below(*path.back()));
  if (!meant.empty()) meant = program + " " + meant;
  return with_hint(say, say("There is no command “{} {}”.", program, typed(word)), meant, path);
}

std::string wrong_word(Say const& say, Path const& path, std::string const& word) {
  auto const& command = *path.back();
  if (word.size() > 1 && word.starts_with('-')) {
    auto const option = word.substr(0, word.find('='));
    return with_hint(say, say("“{}” has no option “{}”.", name_of(path), typed(option)), nearest(option, options_of(command)), path);
  }
  if (!below(command).empty()) return unknown_command(say, path, word);
  return with_hint(say, say("“{}” has no use for “{}”.", name_of(path), typed(word)), {}, path);
}

/// The first word that no command knew; empty where each had its place.
std::string left_over(CLI::App const& command) {
  for (auto const& word : command.remaining())
    if (word != "--") return word;
  return {};
}

/// The option that an error is about, which the library names in its text only.
CLI::Option const* blamed(CLI::App const& command, std::string_view text) {
  CLI::Option const* found = nullptr;
  for (auto const* option : command.get_options())
    if (text.find(option->get_name()) != std::string_view::npos && (!found || option->get_name().size() > found->get_name().size())) found = option;
  return found;
}

std::string wrong_value(Say const& say, CLI::Option const& option) {
  auto const name = option.get_name();
  if (option.get_expected_max() == 0) return say("“{}” takes no value.", name);
  if (option.results().empty()) return say("“{}” needs a value behind it.", name);
  if (option.results().size() > 1) return say("“{}” stands there more than once.", name);
  return say("“{}” is no value for “{}”.", typed(option.results().front()), name);
}

}  // namespace

std::string usage_fault(Say const& say, CLI::App const& top, CLI::ParseError const& error) {
  auto const path = named(top);
  Path until;
  for (auto const* command : path) {
    until.push_back(command);
    if (auto const word = left_over(*command); !word.empty()) return wrong_word(say, until, word);
  }
  auto const& command = *path.back();
  if (auto const names = names_below(command); !names.empty())
    return with_hint(say, say("“{}” needs one of these behind it: {}.", name_of(path), joined(names, ", ")), {}, path);
  if (dynamic_cast<CLI::RequiredError const*>(&error) == nullptr)
    if (auto const* option = blamed(command, error.what())) return with_hint(say, wrong_value(say, *option), {}, path);
  for (auto const* option : command.get_options())
    if (option->get_required() && option->count() == 0)
      return with_hint(say, say("“{}” needs “{}” as well.", name_of(path), option->get_name()), {}, path);
  return with_hint(say, say("This cannot be read: {}.", std::string_view(error.what())), {}, path);
}

int show_help(Say const& say, CLI::App const& top, std::vector<std::string> const& words) {
  Path path{&top};
  for (auto const& word : words) {
    auto const commands = below(*path.back());
    auto const found = std::ranges::find(commands, word, [](CLI::App const* each) { return each->get_name(); });
    if (found == commands.end()) {
      Terminal().problem(unknown_command(say, path, word));
      return 2;
    }
    path.push_back(*found);
  }
  fmt::print("{}", top.get_formatter()->make_help(path.back(), name_of(path), CLI::AppFormatMode::Normal));
  return 0;
}

}  // namespace birge::app
