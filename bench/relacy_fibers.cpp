// SPDX-License-Identifier: GPL-2.0-only
// Relacy on Boost.Context fibers with pooled stacks against Relacy's own fibers: speed and memory.
//
// The two workers run alternately, so that whatever else the machine does hits both.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct cost {
  double cpu_seconds = 0;
  long resident_kib = 0;
};

cost run_worker(const std::string& worker, long simulations, long iterations) {
  const std::string command = fmt::format("'{}' {} {}", worker, simulations, iterations);
  std::FILE* const output = popen(command.c_str(), "r");
  if (output == nullptr) throw std::runtime_error("cannot start " + worker);
  cost measured;
  const int numbers = std::fscanf(output, "%lf %ld", &measured.cpu_seconds, &measured.resident_kib);
  if (pclose(output) != 0 || numbers != 2) throw std::runtime_error(worker + " failed");
  return measured;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void compare_speed() {
  constexpr int rounds = 15;
  constexpr long iterations = 200'000;
  std::vector<double> pooled;
  std::vector<double> own;
  std::vector<double> ratios;
  for (int round = 0; round < rounds; ++round) {
    pooled.push_back(iterations / run_worker(WORKER_POOLED, 1, iterations).cpu_seconds);
    own.push_back(iterations / run_worker(WORKER_OWN, 1, iterations).cpu_seconds);
    ratios.push_back(pooled.back() / own.back());
  }
  const auto [lowest, highest] = std::ranges::minmax_element(ratios);
  fmt::print("iterations per CPU second, median of {} alternating rounds of {}\n", rounds,
             iterations);
  fmt::print("  Relacy's own fibers     {:>12.0f}\n", median(own));
  fmt::print("  pooled Boost.Context    {:>12.0f}\n", median(pooled));
  fmt::print("  ratio                   {:>12.2f}   (rounds: {:.2f} to {:.2f})\n", median(ratios),
             *lowest, *highest);
}

void compare_memory() {
  constexpr long simulations = 1'000;
  constexpr long iterations = 10;
  const cost own = run_worker(WORKER_OWN, simulations, iterations);
  const cost pooled = run_worker(WORKER_POOLED, simulations, iterations);
  fmt::print("growth of resident memory over {} simulations of {} iterations\n", simulations,
             iterations);
  fmt::print("  Relacy's own fibers     {:>8} KiB\n", own.resident_kib);
  fmt::print("  pooled Boost.Context    {:>8} KiB\n", pooled.resident_kib);
}

}  // namespace

int main() {
  try {
    compare_speed();
    compare_memory();
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_relacy_fibers: {}\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
