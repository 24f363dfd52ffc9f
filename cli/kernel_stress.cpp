// SPDX-License-Identifier: GPL-2.0-only
#include "cli/kernel_stress.hpp"

#include "cli/check_progress.hpp"
#include "cli/interrupt.hpp"
#include "cli/selection.hpp"
#include "cli/usage_error.hpp"
#include "harness/judge.hpp"
#include "harness/pool/process_pool.hpp"
#include "harness/threads/threads_checker.hpp"
#include "verify/kernel/kernel_threads_checker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <thread>
#include <utility>

namespace stockcheck::cli {

namespace {

using scenario_list = std::vector<const checks::scenario_info*>;

constexpr std::chrono::duration<double> unlimited{std::numeric_limits<double>::infinity()};

scenario_list scenarios_for(const harness::checker& checker, scenario_list chosen) {
  std::erase_if(chosen, [&](const auto* scenario) { return !checker.can_check(*scenario); });
  if (chosen.empty())
    throw usage_error("none of these scenarios can be run on real threads with the kernel's code");
  return chosen;
}

/// The share of each scenario, if as many run side by side as there are processors for.
harness::options options_of(const scenario_list& scenarios, const harness::checker& checker,
                            unsigned processors, const kernel_stress_options& how) {
  if (how.rounds != 0) return {.time = unlimited, .executions = how.rounds, .seed = how.seed};
  unsigned needed = 0;
  unsigned largest = 1;
  for (const auto* scenario : scenarios) {
    needed += checker.processors(*scenario);
    largest = std::max(largest, checker.processors(*scenario));
  }
  const double share = static_cast<double>(std::max(processors, largest)) / needed;
  return {.time = how.time * std::min(1.0, share), .seed = how.seed};
}

harness::job job_for(verify::kernel_threads_checker& checker, const checks::scenario_info& scenario,
                     const harness::options& how, const std::string& subject) {
  report::result blank = harness::begin_record(checker, scenario, how);
  blank.subject = subject;
  harness::job job{.blank = std::move(blank),
                   .processors = checker.processors(scenario),
                   .run = [&checker, &scenario, how, subject](const harness::progress_sink& sink) {
                     report::result result = checker.check(scenario, how, sink);
                     result.subject = subject;
                     return result;
                   }};
  // The checker notices by itself what does not come to an end.
  harness::confine(job, job.processors * (how.time + harness::patience_for_interrupts) +
                            harness::patience_with_rounds);
  return job;
}

/// What finds something again, with the scenario's name behind it.
std::string command_of(const kernel_options& kernel, const kernel_stress_options& how) {
  const std::string length = how.rounds != 0 ? fmt::format("--rounds {}", how.rounds)
                                             : fmt::format("--time {}", how.time.count());
  return fmt::format("stockcheck stress{} {} --seed {}", arguments_of(kernel), length, how.seed);
}

}  // namespace

kernel_stress_results stress_kernel(const kernel_stress_options& how) {
  kernel_options kernel = how.kernel;
  kernel.flavour = kernel_source::flavour::native;
  const kernel_builds builds = build_kernels(kernel, {});
  const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
  const scenario_list chosen = select_scenarios(how.scenarios);
  verify::kernel_threads_checker checker(
      builds.before.object, builds.release, command_of(kernel, how),
      scenario_files{}.programs_on(harness::scenario_subject::threaded_kernel, chosen, processors));
  const scenario_list scenarios = scenarios_for(checker, chosen);
  const harness::options each = options_of(scenarios, checker, processors, how);
  std::vector<harness::job> jobs;
  jobs.reserve(scenarios.size());
  for (const auto* scenario : scenarios)
    jobs.push_back(job_for(checker, *scenario, each, builds.tree));
  check_progress progress(jobs);
  auto results = harness::run_all(jobs, processors, progress, interrupted());
  return {std::move(results), progress.seconds()};
}

}  // namespace stockcheck::cli
