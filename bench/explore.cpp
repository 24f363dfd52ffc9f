// SPDX-License-Identifier: GPL-2.0-only
// The exploration engine against Relacy's full search, and against itself on longer executions.
//
// The workers run alternately, so that whatever else the machine does hits all.
#include "bench/stock_workload.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace stockcheck;

constexpr int rounds = 5;
/// CPU seconds that Relacy may take for a shape.
constexpr double relacy_limit = 20;

struct cost {
  double executions = 0;
  double second = 0;  ///< explore: events of an execution; Relacy: 1 if the search ended
  double cpu_seconds = 0;
  long resident_kib = 0;
};

cost run(const std::string& command) {
  std::FILE* const output = popen(command.c_str(), "r");
  if (output == nullptr) throw std::runtime_error("cannot run " + command);
  cost measured;
  const int numbers = std::fscanf(output, "%lf %lf %lf %ld", &measured.executions, &measured.second,
                                  &measured.cpu_seconds, &measured.resident_kib);
  if (pclose(output) != 0 || numbers != 4) throw std::runtime_error(command + " failed");
  return measured;
}
cost explore_worker(const std::string& arguments) {
  return run(fmt::format("'{}' {}", EXPLORE_WORKER, arguments));
}
cost relacy_worker(const bench::stock_shape& shape) {
  return run(fmt::format("'{}' {} {}", RELACY_WORKER, shape.name, relacy_limit));
}

cost median(std::vector<cost> costs) {
  const auto middle = costs.begin() + static_cast<std::ptrdiff_t>(costs.size() / 2);
  std::ranges::nth_element(costs, middle, {}, &cost::cpu_seconds);
  return *middle;
}

void compare_with_relacy() {
  fmt::print("exhaustive exploration (RC11) against Relacy's full search, medians of {} rounds\n",
             rounds);
  fmt::print("{:<42} {:>10} {:>12} {:>14} {:>12} {:>12}\n", "workload", "executions", "CPU time",
             "Relacy's exec.", "CPU time", "ratio");
  for (const bench::stock_shape& shape : bench::stock_shapes) {
    std::vector<cost> ours;
    std::vector<cost> relacy;
    for (int round = 0; round < rounds; ++round) {
      ours.push_back(explore_worker(fmt::format("stock {}", shape.name)));
      // What does not end is measured once: it takes the same time every time.
      if (relacy.empty() || relacy.front().second == 1) relacy.push_back(relacy_worker(shape));
    }
    const cost a = median(ours);
    const cost b = median(relacy);
    const bool ended = b.second == 1;
    fmt::print("{:<42} {:>10.0f} {:>9.3f} ms {:>14.0f} {:>9.1f} ms {:>12}\n",
               fmt::format("({}) {}", shape.name, shape.what), a.executions, a.cpu_seconds * 1e3,
               b.executions, b.cpu_seconds * 1e3,
               fmt::format("{}{:.0f}", ended ? "" : "> ", b.cpu_seconds / a.cpu_seconds));
  }
}

void show(const std::string& what, const std::string& arguments) {
  std::vector<cost> costs;
  costs.reserve(rounds);
  for (int round = 0; round < rounds; ++round) costs.push_back(explore_worker(arguments));
  const cost c = median(costs);
  fmt::print("{:<42} {:>10.0f} {:>8.1f} {:>12.0f} {:>14.0f} {:>10}\n", what, c.executions, c.second,
             c.executions / c.cpu_seconds, c.executions * c.second / c.cpu_seconds, c.resident_kib);
}

void show_speed() {
  fmt::print("\n{:<42} {:>10} {:>8} {:>12} {:>14} {:>10}\n", "speed and memory", "executions",
             "events", "exec./CPU s", "events/CPU s", "peak KiB");
  for (const bench::stock_shape& shape : bench::stock_shapes)
    show(fmt::format("stock ({})", shape.name), fmt::format("stock {}", shape.name));
  show("7 tasks, 1 addition each", "count 7 1");
  show("5 tasks, 2 additions each", "count 5 2");
  show("4 tasks, 3 additions each", "count 4 3");
  for (const int accesses : {1, 2, 4, 8, 16, 32, 64})
    show(fmt::format("5 tasks, {} accesses of their own", accesses),
         fmt::format("length {}", accesses));
}

}  // namespace

int main() {
  try {
    compare_with_relacy();
    show_speed();
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_explore: {}\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
