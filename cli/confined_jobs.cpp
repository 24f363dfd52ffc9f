// SPDX-License-Identifier: GPL-2.0-only
#include "cli/confined_jobs.hpp"

#include "cli/check_progress.hpp"
#include "cli/help_of.hpp"
#include "cli/interrupt.hpp"
#include "cli/output_flags.hpp"
#include "cli/selection.hpp"
#include "cli/usage_error.hpp"
#include "harness/judge.hpp"

#include <fmt/format.h>

#include <span>
#include <utility>

namespace stockcheck::cli {

void add_confined_job_flags(CLI::App& app, confined_job_options& chosen) {
  app.add_option("--memory-model", chosen.model,
                 help_of(explore::memory_models) + ", or all of them")
      ->check(CLI::IsMember(harness::memory_model_options()))
      ->capture_default_str()
      ->type_name("NAME");
  app.add_option(
         "--time", chosen.seconds,
         "Seconds of processor time for each scenario, instead of an amount of work that is "
         "the same on every machine, less than a minute of it")
      ->check(CLI::Range(0.001, 1e6))
      ->type_name("SECONDS");
  add_limit_flag(app, chosen.limit);
  app.add_option("--jobs", chosen.processors,
                 "Processors to use: scenarios are checked side by side")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str()
      ->type_name("N");
}

void add_scenario_file_flag(CLI::App& app, confined_job_options& chosen) {
  app.add_option("--scenario-file", chosen.file_names,
                 "A file of yours with scenarios, which is compiled; these alone are run, unless "
                 "--scenario says otherwise")
      ->allow_extra_args(false)
      ->type_name("FILE");
}

namespace {

harness::options options_of(const confined_job_options& chosen) {
  harness::options how{.models = harness::memory_models_of(chosen.model)};
  if (chosen.seconds > 0) {
    how.events = 0;
    how.time = std::chrono::duration<double>(chosen.seconds);
  }
  return how;
}

harness::job confined_job(harness::checker& checker, const std::string& subject,
                          const checks::scenario_info& scenario, const harness::options& how) {
  report::result blank = harness::begin_record(checker, scenario, how);
  blank.subject = subject;
  harness::job job{.blank = std::move(blank),
                   .models = checker.models(how),
                   .run = [&checker, &scenario, how, subject](const harness::progress_sink& sink) {
                     report::result result = checker.check(scenario, how, sink);
                     result.subject = subject;
                     return result;
                   }};
  std::chrono::duration<double> longest = std::chrono::minutes(30);
  if (how.events == 0) longest = 2 * how.time;  // every checker looks twice at most
  harness::confine(job, longest);
  return job;
}

}  // namespace

harness::programs programs_on(harness::scenario_subject subject,
                              const confined_job_options& chosen) {
  return chosen.files->programs_on(subject, select_scenarios(chosen.scenarios, *chosen.files),
                                   chosen.processors);
}

void add_confined_jobs(harness::checker& checker, const std::string& subject,
                       const confined_job_options& chosen, std::vector<harness::job>& jobs) {
  for (const checks::scenario_info* scenario : select_scenarios(chosen.scenarios, *chosen.files))
    if (checker.can_check(*scenario))
      jobs.push_back(confined_job(checker, subject, *scenario, options_of(chosen)));
}

harness::job job_for_state(harness::checker& checker, const std::string& subject,
                           const std::string& scenario, const std::string& state,
                           const confined_job_options& chosen) {
  harness::options how = options_of(chosen);
  how.sought = state;
  return confined_job(checker, subject,
                      *select_scenarios(std::span(&scenario, 1), *chosen.files).front(), how);
}

confined_results run_confined_jobs(const std::vector<harness::job>& jobs,
                                   const confined_job_options& chosen) {
  if (jobs.empty())
    throw usage_error("none of these scenarios can be run on the kernel's own code");
  check_progress progress(jobs);
  auto results = harness::run_all(jobs, chosen.processors, progress, interrupted());
  return {std::move(results), progress.seconds()};
}

std::string arguments_of(const confined_job_options& chosen) {
  const confined_job_options usual;
  std::string text;
  if (chosen.model != usual.model) text += fmt::format(" --memory-model {}", chosen.model);
  if (chosen.seconds > 0) text += fmt::format(" --time {}", chosen.seconds);
  return text;
}

}  // namespace stockcheck::cli
