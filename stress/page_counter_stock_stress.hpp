// SPDX-License-Identifier: GPL-2.0-only
// Stress of page_counter and its per-CPU stock on real threads.
#pragma once

#include "report/result.hpp"
#include "stress/run_options.hpp"

#include <atomic>
#include <cstdint>
#include <functional>

namespace stockcheck::stress {

/// How far a run is. The time does not count the start of the threads.
struct run_progress {
  double seconds = 0;
  std::uint64_t operations = 0;  ///< charges, refused charges and uncharges
};
using progress_callback = std::function<void(const run_progress&)>;

/// Runs the algorithm of model/memcg on threads of this machine and compares the counters with the
/// books at regular quiescent points and at the end. Every thread is a CPU of the model, and bound
/// to a processing unit where the system allows it.
///
/// Calls `report_progress`, which may be empty, from the calling thread about five times a second.
/// The seed decides the sizes that each thread draws, not how the threads interleave.
/// Ends early, with a result for the time that it ran, when `stop` becomes true.
/// Throws std::invalid_argument if validate() finds something wrong with the options,
/// std::system_error if a thread cannot be started, std::runtime_error if hwloc fails.
[[nodiscard]] report::result run(const run_options& how, const progress_callback& report_progress,
                                 const std::atomic<bool>& stop);

}  // namespace stockcheck::stress
