// SPDX-License-Identifier: GPL-2.0-only
// Runs a small scenario in Relacy and prints what it cost; bench/relacy_fibers.cpp starts it.
//
// Built twice: with STOCKCHECK_POOLED_FIBERS on our Boost.Context fibers with pooled stacks,
// without it on the fibers that Relacy brings along.
#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <cerrno>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <iostream>
#include <mutex>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>

#include <unistd.h>

#if defined(STOCKCHECK_POOLED_FIBERS)
#include "model/atomics/relacy_platform.hpp"
#endif

#define RL_WINDOWS_HPP
#define RL_PTHREAD_HPP
#include <relacy/relacy.hpp>

// Relacy replaces operator delete(void*) but not the sized form.
#undef delete
void operator delete(void* memory, std::size_t) noexcept { ::operator delete(memory); }
void operator delete[](void* memory, std::size_t) noexcept { ::operator delete[](memory); }

namespace {

/// Two tasks that count in two shared numbers: every access is a point where Relacy may switch.
struct counting : rl::test_suite<counting, 2> {
  static constexpr int rounds = 8;
  std::array<rl::atomic<long>, 2> counters;

  void before() {
    for (auto& counter : counters) counter.store(0, rl::mo_relaxed, rl::debug_info());
  }
  void thread(unsigned) {
    for (int i = 0; i < rounds; ++i)
      for (auto& counter : counters) counter.fetch_add(1, rl::mo_seq_cst, rl::debug_info());
  }
  void after() {
    for (auto& counter : counters)
      if (counter.load(rl::mo_relaxed, rl::debug_info()) != 2L * rounds)
        rl::ctx().fail_test("lost count", rl::test_result_user_assert_failed, rl::debug_info());
  }
};

double cpu_seconds() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

/// The second number of /proc/self/statm is the resident size in pages.
long resident_kib() {
  std::FILE* const statm = std::fopen("/proc/self/statm", "r");
  long pages = 0;
  const bool read = statm != nullptr && std::fscanf(statm, "%*d %ld", &pages) == 1;
  if (statm != nullptr) std::fclose(statm);
  return read ? pages * (sysconf(_SC_PAGESIZE) / 1024) : -1;
}

bool simulate(rl::iteration_t iterations) {
  rl::ostringstream ignored;
  rl::test_params params;
  params.search_type = rl::sched_random;
  params.iteration_count = iterations;
  params.output_stream = &ignored;
  params.progress_stream = &ignored;
  return rl::simulate<counting>(params);
}

}  // namespace

/// Arguments: the number of simulations, and of iterations in each. Prints CPU seconds and the
/// growth of the resident memory in KiB.
int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: bench_relacy_worker SIMULATIONS ITERATIONS\n", stderr);
    return 2;
  }
  const long simulations = std::atol(argv[1]);
  const auto iterations = static_cast<rl::iteration_t>(std::atol(argv[2]));

  // What the first simulation allocates for good is not what a simulation costs.
  if (!simulate(1)) return 1;
  const long resident_before = resident_kib();
  const double start = cpu_seconds();
  for (long i = 0; i < simulations; ++i)
    if (!simulate(iterations)) return 1;
  std::printf("%.6f %ld\n", cpu_seconds() - start, resident_kib() - resident_before);
  return 0;
}
