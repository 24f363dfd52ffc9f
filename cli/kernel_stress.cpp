#include "cli/kernel_stress.hpp"

#include "checkers/judge.hpp"
#include "checkers/kernel_threads_checker.hpp"
#include "checkers/process_pool.hpp"
#include "cli/check_progress.hpp"
#include "cli/interrupt.hpp"
#include "cli/selection.hpp"
#include "cli/usage_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

namespace stockcheck::cli {

namespace {

using scenario_list = std::vector<const checks::scenario_info*>;

scenario_list scenarios_of(const checkers::checker& checker, const kernel_stress_options& how) {
  scenario_list chosen = select_scenarios(how.scenarios);
  std::erase_if(chosen, [&](const auto* scenario) { return !checker.can_check(*scenario); });
  if (chosen.empty())
    throw usage_error("none of these scenarios can be run on real threads with the kernel's code");
  return chosen;
}

/// The share of each scenario, if as many run side by side as there are processors for.
checkers::options options_of(const scenario_list& scenarios, const checkers::checker& checker,
                             unsigned processors, const kernel_stress_options& how) {
  // Somewhat longer than any number of rounds that somebody waits for.
  constexpr std::chrono::hours longest{24};
  if (how.rounds != 0) return {.time = longest, .executions = how.rounds, .seed = how.seed};
  unsigned needed = 0;
  unsigned largest = 1;
  for (const auto* scenario : scenarios) {
    needed += checker.processors(*scenario);
    largest = std::max(largest, checker.processors(*scenario));
  }
  const double share = static_cast<double>(std::max(processors, largest)) / needed;
  return {.time = how.time * std::min(1.0, share), .seed = how.seed};
}

checkers::job job_for(checkers::kernel_threads_checker& checker,
                      const checks::scenario_info& scenario, const checkers::options& how) {
  // Beyond its time a round ends; on a busy machine that takes a while.
  constexpr std::chrono::seconds patience{10};
  const unsigned processors = checker.processors(scenario);
  const auto processor_time =
      std::chrono::ceil<std::chrono::seconds>(processors * how.time) + patience;
  report::result blank = checkers::begin_record(checker, scenario, how);
  blank.subject = checker.subject();
  return {.blank = std::move(blank),
          .limit = 4 * processor_time + std::chrono::minutes(1),
          .processors = processors,
          .confined_to = processor_time,
          .run = [&checker, &scenario, how](const checkers::progress_sink& sink) {
            return checker.check(scenario, how, sink);
          }};
}

}  // namespace

kernel_stress_results stress_kernel(const kernel_stress_options& how) {
  kernel_options kernel = how.kernel;
  kernel.flavour = source::flavour::native;
  const kernel_builds builds = build_kernels(kernel, {});
  checkers::kernel_threads_checker checker(
      builds.before.object, builds.tree,
      fmt::format("stockcheck stress{} --seed {}", arguments_of(kernel), how.seed));
  const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
  const scenario_list scenarios = scenarios_of(checker, how);
  const checkers::options each = options_of(scenarios, checker, processors, how);
  std::vector<checkers::job> jobs;
  jobs.reserve(scenarios.size());
  for (const auto* scenario : scenarios) jobs.push_back(job_for(checker, *scenario, each));
  check_progress progress(jobs);
  auto results = checkers::run_all(jobs, processors, progress, interrupted());
  return {std::move(results), progress.seconds()};
}

}  // namespace stockcheck::cli
