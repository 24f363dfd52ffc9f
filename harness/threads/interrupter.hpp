// SPDX-License-Identifier: GPL-2.0-only
// Interrupts on real threads: signals from timers of the threads that run a scenario's tasks.
#pragma once

#include "checks/base/program.hpp"

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include <time.h>

namespace stockcheck::harness {

/// Interrupts the tasks that one thread runs, round after round, each time at a random moment by
/// those handlers that come to its CPU. A signal that comes before its task begins or after it has
/// ended is lost, as the kernel may get no interrupt either. To be used by that thread alone.
class interrupter {
 public:
  /// `where` is that of the task. Takes over the signal SIGRTMIN of the process, for good. Throws
  /// std::system_error.
  interrupter(const kernel::placement& where, std::span<const kernel::interrupt_handler> handlers,
              std::uint64_t seed);
  interrupter(const interrupter&) = delete;
  interrupter& operator=(const interrupter&) = delete;
  ~interrupter();

  /// From now on signals are on their way. Short before the task.
  void arm();
  /// Around the task.
  void begin(checks::program& running);
  void end();

 private:
  void add_timer(std::size_t handler);

  std::minstd_rand random_;
  std::vector<timer_t> timers_;
  long delay_;  ///< after which signals come in the middle of the task, about: nanoseconds
};

}  // namespace stockcheck::harness
