// Jobs for scenarios on the kernel's own code, each in a confined process, and their options.
#pragma once

#include "checkers/kernel_code_checker.hpp"
#include "checkers/process_pool.hpp"
#include "cli/kernel_build.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

namespace stockcheck::cli {

struct kernel_job_options {
  std::vector<std::string> scenarios;  ///< patterns; all if there are none
  std::string model = "rc11";
  double seconds = 20;  ///< for each scenario
  unsigned processors = std::max(1U, std::thread::hardware_concurrency());
};

/// The options --memory-model, --time and --jobs.
void add_kernel_job_flags(CLI::App& app, kernel_job_options& chosen);

/// A job for every chosen scenario that the checker can be asked for. The checker must outlive the
/// jobs.
void add_kernel_jobs(checkers::kernel_code_checker& checker, const kernel_job_options& chosen,
                     std::vector<checkers::job>& jobs);

struct kernel_results {
  std::vector<report::result> results;
  double seconds = 0;  ///< wall-clock
};

/// Runs them all, with progress. Throws usage_error if there are none.
kernel_results run_kernel_jobs(const std::vector<checkers::job>& jobs,
                               const kernel_job_options& chosen);

/// "stockcheck verify --linux 6.12": the options that decide what is found.
std::string kernel_command(const char* name, const kernel_options& kernel,
                           const kernel_job_options& jobs);

}  // namespace stockcheck::cli
