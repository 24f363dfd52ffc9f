// Results of the operations of a scenario, by task, for its outcome.
#pragma once

#include "checks/final_state.hpp"
#include "checks/scenario.hpp"
#include "model/kernel/irq.hpp"
#include "model/kernel/machine.hpp"

#include <array>
#include <cstddef>

namespace stockcheck::checks {

/// Handlers have lists of their own: when they come must not change the order of a task's results.
/// Thread-safe: each task, and what interrupts it, writes to slots of its own.
template <class Atomics>
class operation_results {
 public:
  /// One for each task, one for setting up, and as many for the handlers on them.
  static constexpr std::size_t nr_slots = 2 * (max_tasks + 1);

  /// Where the caller writes.
  static std::size_t slot() {
    if (kernel::machine<Atomics>::current().is_booting()) return max_tasks;
    return Atomics::task() + (kernel::in_task<Atomics>() ? 0 : max_tasks + 1);
  }

  template <class T>
  T record(const char* operation, T value) {
    list& mine = lists_.at(slot());
    mine.results.at(mine.size++) = {operation, static_cast<long>(value)};
    return value;
  }
  /// Those of tasks and handlers, not of setting up.
  void write_to(final_state& outcome) const {
    static constexpr std::array<const char*, nr_slots> names{"task 0",
                                                             "task 1",
                                                             "task 2",
                                                             "task 3",
                                                             "",
                                                             "handler on task 0",
                                                             "handler on task 1",
                                                             "handler on task 2",
                                                             "handler on task 3",
                                                             ""};
    for (std::size_t s = 0; s < nr_slots; ++s) {
      if (*names.at(s) == '\0') continue;
      const list& of = lists_.at(s);
      for (std::size_t r = 0; r < of.size; ++r)
        outcome.add(names.at(s), of.results.at(r).operation, of.results.at(r).value);
    }
  }

 private:
  static constexpr std::size_t max_results = 24;
  struct result {
    const char* operation = "";
    long value = 0;
  };
  struct list {
    std::array<result, max_results> results{};
    std::size_t size = 0;
  };

  std::array<list, nr_slots> lists_{};
};

}  // namespace stockcheck::checks
