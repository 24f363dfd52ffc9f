// Interrupts on real threads: signals that are sent to the threads that run a scenario's tasks.
#pragma once

#include "checks/program.hpp"

#include <atomic>
#include <cstdint>
#include <random>
#include <vector>

#include <pthread.h>

namespace stockcheck::checkers {

/// Sends each handler of a program, round after round, to a task on its CPU, at a random moment.
/// The handler may come too late for the task, or where it is not allowed in: then it waits or is
/// lost, as the kernel may get no interrupt either.
class interrupter {
 public:
  /// Takes over the signal SIGRTMIN of the process, for good. Throws std::system_error.
  interrupter(const checks::scenario_info& scenario, std::uint64_t seed);

  /// What the thread of a task calls before the first round, and in each round around the task.
  void serve(unsigned task);
  static void begin(checks::program& running);
  static void end();

  /// One round: on a thread of its own, while the tasks run. The tasks' threads outlive it.
  void round(const checks::program& running);

 private:
  void pause();

  const checks::scenario_info& scenario_;
  std::minstd_rand random_;
  std::vector<std::atomic<pthread_t>> threads_;
};

}  // namespace stockcheck::checkers
