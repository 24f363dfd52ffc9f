// SPDX-License-Identifier: GPL-2.0-only
// Jobs for scenarios on code that is compiled at run time, each in a confined process, and their
// options.
#pragma once

#include "cli/scenario_files.hpp"
#include "harness/checker.hpp"
#include "harness/pool/process_pool.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace stockcheck::cli {

struct confined_job_options {
  std::vector<std::string> scenarios;   ///< patterns; all if there are none
  std::vector<std::string> file_names;  ///< of scenarios, besides stockcheck's
  /// What these files have, compiled.
  std::shared_ptr<const scenario_files> files = std::make_shared<const scenario_files>();
  std::string model = "rc11";
  double seconds = 0;  ///< of processor time for each scenario; 0: the usual work
  double limit = 0;    ///< seconds of the whole run; 0: none
  unsigned processors = std::max(1U, std::thread::hardware_concurrency());
};

/// The options --memory-model, --time, --limit and --jobs.
void add_confined_job_flags(CLI::App& app, confined_job_options& chosen);

/// The option --scenario-file.
void add_scenario_file_flag(CLI::App& app, confined_job_options& chosen);

/// The chosen scenarios on the subject, compiled if need be; see scenario_files.
harness::programs programs_on(harness::scenario_subject subject,
                              const confined_job_options& chosen);

/// A job for every chosen scenario that the checker can be asked for. The checker must outlive the
/// jobs. `subject` names in reports what it runs.
void add_confined_jobs(harness::checker& checker, const std::string& subject,
                       const confined_job_options& chosen, std::vector<harness::job>& jobs);

/// A job that looks for an execution of the scenario which ends in the state.
harness::job job_for_state(harness::checker& checker, const std::string& subject,
                           const std::string& scenario, const std::string& state,
                           const confined_job_options& chosen);

struct confined_results {
  std::vector<report::result> results;
  double seconds = 0;  ///< wall-clock
};

/// Runs them all, with progress. Throws usage_error if there are none.
confined_results run_confined_jobs(const std::vector<harness::job>& jobs,
                                   const confined_job_options& chosen);

/// " --memory-model tso --time 60": those that decide what is found, as far as they are not the
/// usual ones.
std::string arguments_of(const confined_job_options& chosen);

}  // namespace stockcheck::cli
