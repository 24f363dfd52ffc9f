// SPDX-License-Identifier: GPL-2.0-only
// stockcheck list
#include "cli/command.hpp"
#include "cli/selection.hpp"
#include "known/known_catalogue.hpp"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace stockcheck::cli {

namespace {

void print(const checks::scenario_info& scenario, bool with_tasks) {
  fmt::print("{:<52}  {}\n", scenario.name, scenario.summary);
  if (!with_tasks) return;
  for (std::size_t t = 0; t < scenario.nr_tasks(); ++t) {
    const checks::task_info& task = scenario.task_list.at(t);
    fmt::print("    task {} on cpu {}: {}\n", t, task.where.cpu, task.does);
  }
  if (scenario.known)
    fmt::print("    {} is broken; {}\n", name_of(scenario.known->kind),
               text_of(known::shipped_catalogue().property(scenario.known->id)));
}

}  // namespace

command add_list_command(CLI::App& app) {
  struct options {
    std::vector<std::string> scenarios;  ///< patterns and files
    bool with_tasks = false;
  };
  auto chosen = std::make_shared<options>();

  CLI::App& list = *app.add_subcommand("list", "Lists the scenarios and what each is about");
  list.add_option("SCENARIO", chosen->scenarios,
                  "Scenarios: names, algorithms, or patterns with * and ?; or a file of yours that "
                  "ends in .hpp");
  list.add_flag("--tasks", chosen->with_tasks, "Also show the tasks and known properties");
  list.footer(
      "Examples:\n"
      "  stockcheck list\n"
      "  stockcheck list --tasks 'page_counter_stock/*drain*'");

  return [chosen] {
    const auto [patterns, file_names] = patterns_and_files(chosen->scenarios);
    constexpr std::array read_from{harness::scenario_subject::explored_model};
    const scenario_files files(file_names, read_from, 1);
    for (const checks::scenario_info* scenario : select_scenarios(patterns, files))
      print(*scenario, chosen->with_tasks);
    return exit_code::passed;
  };
}

}  // namespace stockcheck::cli
