// SPDX-License-Identifier: GPL-2.0-only
#include "harness/threads/host_cpus.hpp"

#include <optional>
#include <vector>

#include <sched.h>

namespace stockcheck::harness {

namespace {

/// Lists by number the processors that the process was allowed to run on when it began.
const std::vector<int>& allowed() {
  static const std::vector<int> numbers = [] {
    std::vector<int> found;
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
      for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
        if (CPU_ISSET(cpu, &set)) found.push_back(cpu);
    return found;
  }();
  return numbers;
}

/// The one that the calling thread is bound to.
std::optional<int>& bound_to() {
  thread_local std::optional<int> number;
  return number;
}

}  // namespace

void run_on_host_cpu(unsigned cpu) {
  if (allowed().empty()) return;
  const int number = allowed()[cpu % allowed().size()];
  if (bound_to() == number) return;
  bound_to() = number;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(number, &set);
  sched_setaffinity(0, sizeof set, &set);
}

std::size_t nr_host_cpus() { return allowed().size(); }

}  // namespace stockcheck::harness
