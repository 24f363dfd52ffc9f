// Jobs for scenarios on the kernel's own code, each in a confined process, and their options.
#pragma once

#include "checkers/checker.hpp"
#include "checkers/process_pool.hpp"

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
void add_kernel_jobs(checkers::checker& checker, const std::string& subject,
                     const kernel_job_options& chosen, std::vector<checkers::job>& jobs);

}  // namespace stockcheck::cli
