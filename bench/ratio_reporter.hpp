// SPDX-License-Identifier: GPL-2.0-only
// A reporter for Google Benchmark that prints ratios: ours against written by hand.
#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

namespace stockcheck::bench {

/// Expects benchmarks in pairs, "NAME/hand" and "NAME/ours", with repetitions, and ends its report
/// with the ratio of the medians of their CPU times. A ratio above 1 says that ours is slower.
class ratio_reporter : public benchmark::ConsoleReporter {
 public:
  ratio_reporter() : benchmark::ConsoleReporter(OO_Tabular) {}

  /// Shows the median of the repetitions only.
  void ReportRuns(const std::vector<Run>& runs) override;
  void Finalize() override;

 private:
  std::map<std::string, double> median_cpu_time_;  ///< by name of the benchmark, in nanoseconds
};

}  // namespace stockcheck::bench
