// SPDX-License-Identifier: GPL-2.0-only
// Results of the operations of a scenario, by who did them, for its outcome.
#pragma once

#include "checks/base/final_state.hpp"
#include "checks/base/scenario.hpp"
#include "model/kernel/machine.hpp"

#include <array>
#include <cstddef>

namespace stockcheck::checks {

/// Each task has a slot, and so has each kind of handler on each task: when handlers come must
/// change neither the order of results nor, on real threads, what the task is about to write.
/// Books that tasks keep have the same slots. Thread-safe: only the running code writes to its own.
template <class Atomics>
class operation_results {
  static constexpr std::size_t nr_contexts = static_cast<std::size_t>(kernel::context::hardirq) + 1;
  static constexpr std::size_t slot_of_setup = nr_contexts * max_tasks;

 public:
  static constexpr std::size_t nr_slots = slot_of_setup + 1;

  /// Returns the slot of the task, of the handler that interrupted it, or of what runs alone.
  static std::size_t slot() {
    auto& machine = kernel::machine<Atomics>::current();
    if (machine.is_booting()) return slot_of_setup;
    return Atomics::task() + max_tasks * static_cast<std::size_t>(machine.self().interrupts.now);
  }

  template <class T>
  T record(const char* operation, T value) {
    list& mine = lists_.at(slot());
    mine.results.at(mine.size++) = {operation, static_cast<long>(value)};
    return value;
  }
  /// Writes the results of tasks and handlers, but not of what ran alone.
  void write_to(final_state& outcome) const {
    static constexpr std::array<const char*, slot_of_setup> names{"task 0",
                                                                  "task 1",
                                                                  "task 2",
                                                                  "task 3",
                                                                  "softirq on task 0",
                                                                  "softirq on task 1",
                                                                  "softirq on task 2",
                                                                  "softirq on task 3",
                                                                  "hardirq on task 0",
                                                                  "hardirq on task 1",
                                                                  "hardirq on task 2",
                                                                  "hardirq on task 3"};
    for (std::size_t s = 0; s < names.size(); ++s) {
      const list& of = lists_.at(s);
      for (std::size_t r = 0; r < of.size; ++r)
        outcome.add(names.at(s), of.results.at(r).operation, of.results.at(r).value);
    }
  }

 private:
  static constexpr std::size_t max_results = 24;
  struct result {
    const char* operation;
    long value;
  };
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): executions are many, results are few
  struct list {
    std::array<result, max_results> results;
    std::size_t size = 0;
  };

  std::array<list, nr_slots> lists_;
};

}  // namespace stockcheck::checks
