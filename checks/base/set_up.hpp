// SPDX-License-Identifier: GPL-2.0-only
// What scenarios do while they are set up, for all their bases.
#pragma once

#include "model/kernel/machine.hpp"

namespace stockcheck::checks {

/// For the constructors of scenarios, which run alone, on CPU 0. Everything concerns the machine of
/// the calling thread.
template <class Atomics>
class set_up {
 protected:
  /// Puts a peak of 100 pages into the past of a group and its ancestors: charges that stay below
  /// it do not write the watermarks, which makes executions shorter and their number smaller.
  template <class Group>
  static void peak_in_the_past(Group& of) {
    of.for_each_counter([](auto& counter) {
      constexpr unsigned long peak = 100;
      counter.charge(peak);
      counter.uncharge(peak);
    });
  }
  /// Runs an action on a CPU.
  template <class Action>
  static void on_cpu(unsigned cpu, Action action) {
    machine().run_on(cpu, action);
  }
  /// From now on each task on that CPU may be interrupted by a softirq or a hardirq, once, which
  /// runs `Handle` of the scenario. The scenario must outlive the tasks.
  template <auto Handle, class Scenario>
  static void add_softirq(unsigned cpu, Scenario& scenario) {
    add_interrupt<Handle>(cpu, kernel::context::softirq, scenario);
  }
  template <auto Handle, class Scenario>
  static void add_hardirq(unsigned cpu, Scenario& scenario) {
    add_interrupt<Handle>(cpu, kernel::context::hardirq, scenario);
  }
  /// From now on up to `budget` allocations may fail, as the checker chooses.
  static void let_allocations_fail(unsigned budget) { machine().let_allocations_fail(budget); }

 private:
  static kernel::machine<Atomics>& machine() { return kernel::machine<Atomics>::current(); }

  template <auto Handle, class Scenario>
  static void add_interrupt(unsigned cpu, kernel::context level, Scenario& scenario) {
    machine().add_interrupt({.cpu = cpu,
                             .level = level,
                             .run = [](void* self) { (static_cast<Scenario*>(self)->*Handle)(); },
                             .argument = &scenario});
  }
};

}  // namespace stockcheck::checks
