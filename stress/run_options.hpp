// SPDX-License-Identifier: GPL-2.0-only
// What a stress run does, and for how long.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>

namespace stockcheck::stress {

/// The hierarchy is a chain of `depth` - 1 counters with `groups` counters below its end; with a
/// depth of 1 it is `groups` counters without a parent. Every counter has a stock and a limit.
struct run_options {
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());  ///< that charge
  unsigned drainers = 1;        ///< threads that drain the stocks of all CPUs
  unsigned limit_changers = 1;  ///< threads that lower and raise limits
  std::chrono::duration<double> time{5.0};
  std::chrono::milliseconds quiescent_every{100};  ///< between two quiescent points
  std::chrono::microseconds pause{20};  ///< of drainers and limit changers, after each operation
  unsigned depth = 3;
  unsigned groups = 2;
  std::uint64_t batch = 64;      ///< pages, as the kernel's MEMCG_CHARGE_BATCH
  std::uint64_t limit = 0;       ///< pages, of every counter; 0: eight batches for each thread
  std::uint64_t max_charge = 8;  ///< pages of the largest charge and uncharge
  std::uint64_t seed = 1;        ///< of the sizes of charges and limits

  [[nodiscard]] unsigned all_threads() const { return threads + drainers + limit_changers; }
  /// Pages: what `limit` stands for.
  [[nodiscard]] std::uint64_t highest_limit() const {
    return limit != 0 ? limit : 8 * std::max(batch, max_charge) * threads;
  }
};

/// What is wrong with the options, in words for the user; nothing if they can be run.
[[nodiscard]] std::optional<std::string> validate(const run_options& how);

}  // namespace stockcheck::stress
