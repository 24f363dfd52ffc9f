// SPDX-License-Identifier: GPL-2.0-only
#include "cli/selection.hpp"

#include "cli/nearest.hpp"
#include "cli/usage_error.hpp"
#include "harness/programs.hpp"
#include "harness/scenario_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stockcheck::cli {

namespace {

[[noreturn]] void refuse(const std::string& pattern) {
  std::vector<std::string> names;
  for (const checks::program_entry& entry : harness::std_programs()) {
    names.emplace_back(entry.info->name);
    names.emplace_back(entry.info->name.substr(0, entry.info->name.find('/')));
  }
  throw usage_error(fmt::format("no scenario matches '{}'{}{}", pattern,
                                did_you_mean(pattern, names),
                                "\n'stockcheck list' shows all scenarios"));
}

}  // namespace

std::vector<const checks::scenario_info*> select_scenarios(std::span<const std::string> patterns) {
  std::vector<const checks::scenario_info*> selected;
  const auto all = harness::std_programs();
  for (const std::string& pattern : patterns)
    if (std::ranges::none_of(
            all, [&](const auto& e) { return harness::matches(pattern, e.info->name); }))
      refuse(pattern);
  for (const checks::program_entry& entry : all)
    if (patterns.empty() || std::ranges::any_of(patterns, [&](const std::string& pattern) {
          return harness::matches(pattern, entry.info->name);
        }))
      selected.push_back(entry.info);
  return selected;
}

}  // namespace stockcheck::cli
