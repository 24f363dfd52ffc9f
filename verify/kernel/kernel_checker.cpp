// SPDX-License-Identifier: GPL-2.0-only
#include "verify/kernel/kernel_checker.hpp"

#include "harness/explore/explore_walk.hpp"
#include "harness/judge.hpp"
#include "kernel_source/run/explored_memory.hpp"
#include "kernel_source/run/kernel_object.hpp"
#include "known/known_catalogue.hpp"
#include "verify/kernel/kernel_finding.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace stockcheck::verify {

report::result kernel_checker::check(const checks::scenario_info& scenario,
                                     const harness::options& how,
                                     const harness::progress_sink& sink) {
  const kernel_source::kernel_object loaded(object(), kernel_source::explored_platform());
  race_collector races;
  harness::explore_checker inner = explorer(races);
  report::result result = inner.check(scenario, how, sink);
  name_by_cause(result);
  if (scenario.known)
    harness::judge_of_kernel(result, scenario,
                             known::shipped_catalogue().has_property(
                                 scenario.known->id, std::string(scenario.name), release()));
  result.races = races.take();
  result.functions = loaded.functions_run();
  for (const auto& [file, ran] : loaded.lines_run())
    if (const auto asked = lines().find(file); asked != lines().end())
      std::ranges::set_intersection(ran, asked->second,
                                    std::inserter(result.lines[file], result.lines[file].end()));
  std::erase_if(result.lines, [](const auto& of_file) { return of_file.second.empty(); });
  harness::judge_races(result, scenario);
  return result;
}

}  // namespace stockcheck::verify
