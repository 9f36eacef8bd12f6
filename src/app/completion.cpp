#include "app/completion.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace birge::app {

namespace {

std::vector<CLI::App const*> below(CLI::App const& command) {
  return command.get_subcommands([](CLI::App const*) { return true; });
}

std::string options_of(CLI::App const& command) {
  std::string options;
  for (auto const* option : command.get_options())
    for (auto const& name : option->get_lnames()) options += "--" + name + " ";
  return options;
}

/// What may stand where this type does, in the words of the script: known words, files or folders; nothing where only a person knows.
std::string values_of(std::string type) {
  if (type == file_type) return "kind=-f";
  if (type == folder_type) return "kind=-d";
  if (type.find('|') == std::string::npos) return "words=";
  std::ranges::replace(type, '|', ' ');
  return "words=\"" + type + "\"";
}

/// What follows each option that takes a value. An option means the same with every command that has it.
using Values = std::map<std::string, std::set<std::string>>;  // options by what follows

void add_values(Values& values, CLI::App const& command) {
  for (auto const* option : command.get_options())
    for (auto const& name : option->get_lnames())
      if (option->get_expected_max() > 0) values[values_of(option->get_type_name())].insert("--" + name);
  for (auto const* each : below(command)) add_values(values, *each);
}

std::string value_cases(CLI::App const& top) {
  Values values;
  add_values(values, top);
  std::string cases;
  for (auto const& [what, options] : values) {
    std::string names;
    for (auto const& option : options) names += (names.empty() ? "" : "|") + option;
    cases += fmt::format("    {}) {} ;;\n", names, what);
  }
  return cases;
}

bool takes_file(CLI::App const& command) {
  return std::ranges::any_of(command.get_options(),
                             [](auto const* option) { return option->get_positional() && option->get_type_name() == file_type; });
}

/// What may follow each command, commands below commands too: their names, or the options of one that has none below it. The same names follow
/// "help".
void add_cases(std::string& cases, CLI::App const& command, std::string const& path) {
  std::string names;
  for (auto const* each : below(command)) {
    names += each->get_name() + " ";
    add_cases(cases, *each, path.empty() ? each->get_name() : path + " " + each->get_name());
  }
  auto const options = options_of(command);
  if (path == "help") {
  } else if (!names.empty()) {
    cases += "    \"" + path + "\") words=\"" + names + options + "\" ;;\n";
    cases += "    \"help" + (path.empty() ? "" : " " + path) + "\") words=\"" + names + "\" ;;\n";
  } else if (takes_file(command)) {
    cases += "    \"" + path + "\"|\"" + path + " \"*) if [[ $current == -* ]]; then words=\"" + options + "\"; else kind=-f; fi ;;\n";
  } else {
    cases += "    \"" + path + "\"|\"" + path + " \"*) words=\"" + options + "\" ;;\n";
  }
}

}  // namespace

std::string bash_completion(CLI::App const& top) {
  std::string cases;
  add_cases(cases, top, "");
  return "# bash completion for birge; to use it: source <(birge completion)\n"
         "_birge() {\n"
         "  local current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\" words=\"\" kind=\"\" IFS=$' \\t\\n'\n"
         "  # bash takes --format=pdf for three words.\n"
         "  if [[ $current == = ]]; then current=\"\"; elif [[ $previous == = ]]; then previous=\"${COMP_WORDS[COMP_CWORD-2]}\"; fi\n"
         "  case \"$previous\" in\n" +
         value_cases(top) + "    *) case \"${COMP_WORDS[*]:1:COMP_CWORD-1}\" in\n" + cases +
         "    esac ;;\n"
         "  esac\n"
         "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
         "  if [[ $kind ]]; then compopt -o filenames 2> /dev/null; mapfile -t COMPREPLY < <(compgen $kind -- \"$current\"); fi\n"
         "}\n"
         "complete -F _birge birge\n";
}

}  // namespace birge::app
