// SPDX-License-Identifier: GPL-2.0-only
#include "bench/ratio_reporter.hpp"

#include <fmt/format.h>

namespace stockcheck::bench {

void ratio_reporter::ReportRuns(const std::vector<Run>& runs) {
  std::vector<Run> medians;
  for (const Run& run : runs) {
    if (run.error_occurred || run.aggregate_name == "median") medians.push_back(run);
    if (run.aggregate_name == "median")
      median_cpu_time_[run.run_name.function_name] = run.GetAdjustedCPUTime();
  }
  ConsoleReporter::ReportRuns(medians);
}

void ratio_reporter::Finalize() {
  fmt::print("\nCPU time of ours / written by hand\n");
  for (const auto& [name, ours] : median_cpu_time_) {
    const std::size_t suffix = name.rfind("/ours");
    if (suffix == std::string::npos) continue;
    const std::string scenario = name.substr(0, suffix);
    const auto hand = median_cpu_time_.find(scenario + "/hand");
    if (hand != median_cpu_time_.end())
      fmt::print("  {:<28} {:.3f}\n", scenario, ours / hand->second);
  }
}

}  // namespace stockcheck::bench
