// SPDX-License-Identifier: GPL-2.0-only
// stockcheck complete: what may stand at the cursor, for the shells' completion in completion/.
#include "cli/command.hpp"
#include "cli/selection.hpp"

#include <fmt/format.h>

#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace stockcheck::cli {

namespace {

using words = std::vector<std::string>;

/// Hidden ones have no group: they answer to what is not used any more.
bool is_shown(const std::string& group) { return !group.empty(); }

words commands_of(const CLI::App& app) {
  words names{"--help", "--version"};
  for (const CLI::App* command : app.get_subcommands(nullptr))
    if (is_shown(command->get_group())) names.push_back(command->get_name());
  return names;
}

words options_of(const CLI::App& command) {
  words names;
  for (const CLI::Option* option : command.get_options())
    if (is_shown(option->get_group()))
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

/// "sc" and "tso" of "NAME:{sc,tso}".
words choices_in(const std::string& type) {
  const std::size_t begin = type.find('{');
  if (begin == std::string::npos) return {};
  std::istringstream list(type.substr(begin + 1, type.find('}') - begin - 1));
  words choices;
  for (std::string choice; std::getline(list, choice, ',');) choices.push_back(choice);
  return choices;
}

words scenario_names() {
  words names;
  for (const checks::scenario_info* scenario : select_scenarios({}))
    names.emplace_back(scenario->name);
  return names;
}

/// `line` is what stands behind the name of the program, up to the cursor: the last word is the one
/// that is to be completed. Nothing where that may be a file.
words completions(const CLI::App& app, const words& line) {
  if (line.size() < 2) return commands_of(app);
  const CLI::App* command = nullptr;
  for (const CLI::App* one : app.get_subcommands(nullptr))
    if (one->get_name() == line.front()) command = one;
  if (command == nullptr) return {};
  if (line.back().starts_with("-")) return options_of(*command);
  if (const std::string& before = line[line.size() - 2]; before.starts_with("--"))
    if (const CLI::Option* option = command->get_option_no_throw(before);
        option != nullptr && option->get_items_expected_max() > 0) {
      const std::string type = option->get_type_name();
      return type == "PATTERN" ? scenario_names() : choices_in(type);
    }
  return command->get_option_no_throw("SCENARIO") == nullptr ? words{} : scenario_names();
}

}  // namespace

command add_complete_command(CLI::App& app) {
  auto line = std::make_shared<words>();
  CLI::App& complete = *app.add_subcommand("complete", "Prints what may stand at the cursor");
  complete.group("");
  complete.add_option("WORD", *line, "Behind --: the words of the command line up to the cursor");
  return [&app, line] {
    for (const std::string& word : completions(app, *line)) fmt::print("{}\n", word);
    return exit_code::passed;
  };
}

}  // namespace stockcheck::cli
