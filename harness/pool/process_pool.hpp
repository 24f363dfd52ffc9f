// SPDX-License-Identifier: GPL-2.0-only
// Runs checks in processes of their own, several at a time.
//
// A checker may take over the allocator (Relacy), and checked code may crash: neither may reach the
// process that collects the results.
#pragma once

#include "harness/checker.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace stockcheck::harness {

struct job {
  report::result blank{};  ///< the record if the process dies: scenario, checker, seed are set
  std::string models{};    ///< that the checker is to explore, as "SC, TSO"; empty: it knows one
  std::chrono::duration<double> limit{};  ///< killed after that
  unsigned processors = 1;                ///< that it keeps busy
  /// Set for code that stockcheck does not know: it may use that much of a processor, which may be
  /// infinite, and a few gigabytes of memory, and write no files.
  std::optional<std::chrono::duration<double>> confined_to{};
  std::function<report::result(const progress_sink&)> run;  ///< called in the child
};

/// Confines a job that needs that much processor time, or, if that is infinite, as much as it
/// takes, and sets its limit, which leaves room for a busy machine.
void confine(job& what, std::chrono::duration<double> processor_time);

/// What happens while the pool works, for a progress display; this one shows nothing. Indices are
/// those of the jobs.
class pool_observer {
 public:
  pool_observer() = default;
  pool_observer(const pool_observer&) = delete;
  pool_observer& operator=(const pool_observer&) = delete;
  virtual ~pool_observer() = default;

  virtual void started(std::size_t /*job*/) {}
  virtual void advanced(std::size_t /*job*/, const progress& /*to*/) {}
  virtual void finished(std::size_t /*job*/, const report::result& /*with*/) {}
  virtual void tick() {}  ///< a few times a second
};

/// Runs all jobs, in their order, as many at a time as keep at most `processors` busy but always at
/// least one, and returns their results in their order. When `stop` becomes true the running ones
/// are killed; these and the ones not started are unknown. A process that crashes is a finding
/// about memory; an exception is an error of the checker and leaves the verdict unknown. The
/// calling process must have a single thread. Throws std::system_error when no process can be made.
std::vector<report::result> run_all(const std::vector<job>& jobs, unsigned processors,
                                    pool_observer& observer, const std::atomic<bool>& stop);

}  // namespace stockcheck::harness
