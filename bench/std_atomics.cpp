// SPDX-License-Identifier: GPL-2.0-only
// std_atomics, and the page_counter on it, against the same code written by hand on std::atomic.
#include "model/atomics/std_atomics.hpp"
#include "bench/ratio_reporter.hpp"
#include "model/memcg/page_counter.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

namespace {

using namespace stockcheck;

/// A limit that is never hit, yet unknown to the compiler.
constexpr long limit = 1L << 40U;

/// Charge, look at the limit, uncharge: what every charge of a page_counter comes down to.
void hand_charge(benchmark::State& state) {
  std::atomic<long> usage{0};
  // NOLINTNEXTLINE(misc-const-correctness): the compiler would know a constant
  std::atomic<long> max{limit};
  for ([[maybe_unused]] auto iteration : state) {
    const long charged = usage.fetch_add(1, std::memory_order_seq_cst) + 1;
    benchmark::DoNotOptimize(charged > max.load(std::memory_order_relaxed));
    usage.fetch_sub(1, std::memory_order_relaxed);
  }
}
void our_charge(benchmark::State& state) {
  std_atomics::atomic<long> usage{0};
  // NOLINTNEXTLINE(misc-const-correctness): the compiler would know a constant
  std_atomics::atomic<long> max{limit};
  for ([[maybe_unused]] auto iteration : state) {
    const long charged = usage.fetch_add(1, order::full) + 1;
    benchmark::DoNotOptimize(charged > max.load(order::relaxed));
    usage.fetch_sub(1, order::relaxed);
  }
}

/// What a kernel developer would write for a userspace page counter without protection.
struct hand_counter {
  alignas(64) std::atomic<long> usage{0};
  alignas(64) std::atomic<unsigned long> watermark{0};
  std::atomic<unsigned long> local_watermark{0};
  std::atomic<unsigned long> failcnt{0};
  alignas(64) std::atomic<unsigned long> max{static_cast<unsigned long>(limit)};
  hand_counter* parent = nullptr;

  bool try_charge(unsigned long nr_pages, hand_counter*& fail) {
    for (hand_counter* c = this; c != nullptr; c = c->parent) {
      const long pages = static_cast<long>(nr_pages);
      const auto charged = static_cast<unsigned long>(c->usage.fetch_add(pages) + pages);
      if (charged > c->max.load(std::memory_order_relaxed)) {
        c->usage.fetch_sub(pages, std::memory_order_relaxed);
        c->failcnt.store(c->failcnt.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
        fail = c;
        for (hand_counter* below = this; below != c; below = below->parent) below->cancel(nr_pages);
        return false;
      }
      if (charged > c->local_watermark.load(std::memory_order_relaxed)) {
        c->local_watermark.store(charged, std::memory_order_relaxed);
        if (charged > c->watermark.load(std::memory_order_relaxed))
          c->watermark.store(charged, std::memory_order_relaxed);
      }
    }
    return true;
  }
  void cancel(unsigned long nr_pages) {
    const long pages = static_cast<long>(nr_pages);
    if (usage.fetch_sub(pages) - pages < 0) usage.store(0, std::memory_order_relaxed);
  }
  void uncharge(unsigned long nr_pages) {
    for (hand_counter* c = this; c != nullptr; c = c->parent) c->cancel(nr_pages);
  }
};

/// Charges and uncharges a page in a hierarchy three deep.
template <class Counter>
void charge_hierarchy(benchmark::State& state, Counter& leaf) {
  for ([[maybe_unused]] auto iteration : state) {
    Counter* fail = nullptr;
    if (!leaf.try_charge(1, fail)) state.SkipWithError("a charge failed");
    leaf.uncharge(1);
  }
}

void hand_page_counter(benchmark::State& state) {
  hand_counter root;
  hand_counter middle;
  hand_counter leaf;
  middle.parent = &root;
  leaf.parent = &middle;
  charge_hierarchy(state, leaf);
}
void our_page_counter(benchmark::State& state) {
  using counter = memcg::page_counter<std_atomics>;
  counter root{nullptr, false, "root"};
  counter middle{&root, false, "middle"};
  counter leaf{&middle, false, "leaf"};
  charge_hierarchy(state, leaf);
}

void compare(const std::string& name, void (*hand)(benchmark::State&),
             void (*ours)(benchmark::State&)) {
  constexpr int repetitions = 15;
  for (const auto& [side, run] : {std::pair{"/hand", hand}, std::pair{"/ours", ours}})
    benchmark::RegisterBenchmark((name + side).c_str(), run)
        ->Repetitions(repetitions)
        ->MinTime(0.1);
}

}  // namespace

int main(int argc, char** argv) {
  // The repetitions of all benchmarks in random order, so that whatever else the machine does hits
  // both sides of a ratio.
  std::string interleaved = "--benchmark_enable_random_interleaving=true";
  std::vector<char*> arguments{argv, argv + argc};
  arguments.insert(arguments.begin() + 1, interleaved.data());
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;

  compare("add_return and limit", hand_charge, our_charge);
  compare("page_counter, 3 levels", hand_page_counter, our_page_counter);
  stockcheck::bench::ratio_reporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return 0;
}
