#include "checkers/host_cpus.hpp"

#include <optional>
#include <span>
#include <vector>

#include <sched.h>

namespace stockcheck::checkers {

namespace {

/// Those of the process when it began, by number.
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

void bind_to(std::span<const int> numbers) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const int cpu : numbers) CPU_SET(cpu, &set);
  sched_setaffinity(0, sizeof set, &set);
}

}  // namespace

void run_on_host_cpu(unsigned cpu) {
  if (allowed().empty()) return;
  const int number = allowed()[cpu % allowed().size()];
  if (bound_to() == number) return;
  bind_to(std::span{&number, 1});
  bound_to() = number;
}

void run_on_any_host_cpu() {
  if (!bound_to()) return;
  bind_to(allowed());
  bound_to().reset();
}

}  // namespace stockcheck::checkers
