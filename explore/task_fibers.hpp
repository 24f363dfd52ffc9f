// SPDX-License-Identifier: GPL-2.0-only
// The threads of an execution on fibers: who runs, on which stack, and how another comes to run.
#pragma once

#include "explore/fiber.hpp"
#include "explore/stack_pool.hpp"
#include "explore/view.hpp"

#include <array>
#include <cstdint>

namespace stockcheck::explore {

/// Threads by their number, each on a fiber of its own, and the scheduler, which runs on the stack
/// of who made this.
class task_fibers {
 public:
  /// The number of the code that schedules; no thread has it.
  static constexpr std::size_t scheduler = max_threads;

  task_fibers();

  /// Prepares a thread to run `body(argument)` when it is first switched to. `body` must not
  /// return.
  void create(std::size_t thread, void (*body)(void*), void* argument) {
    create_fiber(threads_[thread].fiber, stacks_, body, argument);
  }
  /// Ends a thread, if it was created, wherever it stands. Nothing on its stack is destroyed.
  void drop(std::size_t thread);
  /// Forgets what earlier executions left in the first `nr_threads`, all of which are dropped.
  void reset(std::size_t nr_threads);
  /// Suspends `from`, which must be the one that runs, and continues `to`.
  void switch_between(std::size_t from, std::size_t to);

  /// The thread that runs; while the scheduler does, the one that ran last.
  [[nodiscard]] std::size_t running() const { return running_; }
  /// Takes a thread for the one that ran last.
  void begin_with(std::size_t thread) { running_ = thread; }
  /// Whether code of a thread is running, and not the scheduler.
  [[nodiscard]] bool runs_thread() const { return runs_thread_; }
  /// Whether an address lies on the stack that is in use.
  [[nodiscard]] bool is_on_stack(const void* address) const;
  /// Whether an address lies in the guard page of the stack that is in use.
  [[nodiscard]] bool overflows_stack(const void* address) const;
  /// The number of switches to a thread.
  [[nodiscard]] std::uint64_t resumes() const { return resumes_; }

 private:
  /// What the C++ ABI keeps for each thread: Itanium C++ ABI, exception handling, 2.2.2.
  struct caught_exceptions {
    void* caught = nullptr;
    unsigned uncaught = 0;
  };
  struct place {
    explore::fiber fiber;
    caught_exceptions caught{};
  };

  stack_pool stacks_;
  std::array<place, max_threads + 1> threads_;  ///< the scheduler is the last
  std::size_t running_ = 0;
  bool runs_thread_ = false;
  std::uint64_t resumes_ = 0;
};

}  // namespace stockcheck::explore
