// SPDX-License-Identifier: GPL-2.0-only
// Explores one workload to the end and prints what it cost; bench/explore.cpp starts it.
//
//   bench_explore_worker stock SHAPE      a shape of stock_workload.hpp
//   bench_explore_worker count N K        N tasks, K fetch_adds each to one counter
//   bench_explore_worker length K         five tasks that race once, after K accesses of their own
//
// Prints executions, events of an execution, CPU seconds, and the peak resident memory in KiB.
#include "bench/process_cost.hpp"
#include "bench/stock_workload.hpp"
#include "explore/exploration.hpp"
#include "model/atomics/explore_atomics.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <stdexcept>
#include <string>

namespace {

using namespace stockcheck;

struct stock_program final : explore::engine_program {
  explicit stock_program(const bench::stock_shape& shape) : workload(shape) {}
  void task(std::size_t number) override { workload.task(number); }
  void settle() override { workload.settle(); }
  bench::stock_workload<explore_atomics> workload;
};

struct count_program final : explore::engine_program {
  explicit count_program(std::size_t additions) : count(additions) {}
  void task(std::size_t) override {
    for (std::size_t i = 0; i < count; ++i) counter.fetch_add(1, order::relaxed);
  }
  std::size_t count;
  explore_atomics::atomic<long> counter{0};
};

/// The number of executions does not depend on the length: 5! of five tasks.
struct length_program final : explore::engine_program {
  static constexpr std::size_t tasks = 5;
  explicit length_program(std::size_t own_accesses) : count(own_accesses) {}
  void task(std::size_t number) override {
    for (std::size_t i = 0; i < count; ++i) own[number].fetch_add(1, order::relaxed);
    shared.fetch_add(1, order::relaxed);
  }
  std::size_t count;
  std::array<explore_atomics::atomic<long>, tasks> own;
  explore_atomics::atomic<long> shared{0};
};

class event_counter final : public explore::observer {
 public:
  void completed(explore::engine_program&, const explore::execution_graph& graph) override {
    events_ += graph.order().size();
  }
  [[nodiscard]] std::uint64_t events() const { return events_; }

 private:
  std::uint64_t events_ = 0;
};

explore::code_under_test subject_of(std::span<char*> arguments) {
  const std::string kind = arguments.size() > 2 ? arguments[1] : "";
  if (kind == "stock") {
    for (const bench::stock_shape& shape : bench::stock_shapes)
      if (shape.name == std::string(arguments[2]))
        return {shape.tasks(), [&shape] { return std::make_unique<stock_program>(shape); }};
  } else if (kind == "count" && arguments.size() == 4) {
    const auto additions = std::stoul(arguments[3]);
    return {std::stoul(arguments[2]),
            [additions] { return std::make_unique<count_program>(additions); }};
  } else if (kind == "length") {
    const auto accesses = std::stoul(arguments[2]);
    return {length_program::tasks,
            [accesses] { return std::make_unique<length_program>(accesses); }};
  }
  throw std::invalid_argument("usage: bench_explore_worker stock SHAPE | count N K | length K");
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const explore::code_under_test code = subject_of({argv, static_cast<std::size_t>(argc)});
    // A small one is over before a clock tells anything: then it is explored again and again.
    constexpr double enough_seconds = 0.05;
    event_counter events;
    std::uint64_t executions = 0;
    unsigned rounds = 0;
    const double start = bench::cpu_seconds();
    do {
      const explore::exploration done = explore::explore(code, {}, events);
      if (!done.is_proof({})) throw std::runtime_error("the exploration is not exhaustive");
      executions = done.complete;
      ++rounds;
    } while (bench::cpu_seconds() - start < enough_seconds);
    const double seconds = (bench::cpu_seconds() - start) / rounds;
    std::printf("%llu %.1f %.9f %ld\n", static_cast<unsigned long long>(executions),
                static_cast<double>(events.events()) / static_cast<double>(executions * rounds),
                seconds, bench::peak_resident_kib());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_explore_worker: %s\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
