// SPDX-License-Identifier: GPL-2.0-only
#include "cli/selection.hpp"

#include "cli/nearest.hpp"
#include "cli/usage_error.hpp"
#include "harness/programs.hpp"
#include "harness/scenario_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace stockcheck::cli {

namespace {

using scenario_list = std::vector<const checks::scenario_info*>;

[[noreturn]] void refuse(const std::string& pattern, const scenario_list& all) {
  std::vector<std::string> names;
  for (const checks::scenario_info* scenario : all) {
    names.emplace_back(scenario->name);
    names.emplace_back(scenario->name.substr(0, scenario->name.find('/')));
  }
  throw usage_error(fmt::format("no scenario matches '{}'{}{}", pattern,
                                did_you_mean(pattern, names),
                                "\n'stockcheck list' shows all scenarios"));
}

}  // namespace

scenario_list select_scenarios(std::span<const std::string> patterns, const scenario_files& files) {
  const scenario_list of_files = files.scenarios();
  if (patterns.empty() && !files.is_empty()) return of_files;
  scenario_list all;
  for (const checks::program_entry& entry : harness::explore_programs()) all.push_back(entry.info);
  std::ranges::copy(of_files, std::back_inserter(all));
  const auto is_chosen = [&](const checks::scenario_info* scenario) {
    return patterns.empty() || std::ranges::any_of(patterns, [&](const std::string& pattern) {
             return harness::matches(pattern, scenario->name);
           });
  };
  for (const std::string& pattern : patterns)
    if (std::ranges::none_of(
            all, [&](const auto* scenario) { return harness::matches(pattern, scenario->name); }))
      refuse(pattern, all);
  std::erase_if(all, [&](const auto* scenario) { return !is_chosen(scenario); });
  return all;
}

scenario_arguments patterns_and_files(std::span<const std::string> arguments) {
  scenario_arguments apart;
  for (const std::string& argument : arguments)
    (argument.ends_with(scenario_file_extension) ? apart.files : apart.patterns)
        .push_back(argument);
  return apart;
}

}  // namespace stockcheck::cli
