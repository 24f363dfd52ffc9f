// SPDX-License-Identifier: GPL-2.0-only
// What a process has used so far.
#pragma once

#include <sys/resource.h>

#include <ctime>

namespace stockcheck::bench {

inline double cpu_seconds() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

/// Largest resident size of the process, in KiB.
inline long peak_resident_kib() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-union-access): glibc's name for it is a union
  return used.ru_maxrss;
}

}  // namespace stockcheck::bench
