// SPDX-License-Identifier: GPL-2.0-only
// work_on_cpu(): runs a function on another CPU and waits until it has run.
#pragma once

#include "model/kernel/machine.hpp"

#include <array>
#include <cstddef>

namespace stockcheck::kernel {

/// One function for all CPUs. It runs in task context, on a worker of its CPU, which is a task of
/// the scenario; on the CPU that the caller is on the caller stands in for it. Thread-safe.
template <atomics_policy A>
class work_on_cpu {
 public:
  static constexpr std::size_t max_cpus = 4;
  using work_function = void (*)(void* argument);

  work_on_cpu(work_function function, void* argument) : function_(function), argument_(argument) {
    for (std::size_t cpu = 0; cpu < max_cpus; ++cpu) {
      A::label(asked_[cpu], "work_on_cpu", "asked");
      A::label(done_[cpu], "work_on_cpu", "done");
    }
  }
  work_on_cpu(const work_on_cpu&) = delete;
  work_on_cpu& operator=(const work_on_cpu&) = delete;

  /// What was stored before is visible to the function, and what it stored to the caller. From a
  /// task that stays on its CPU, with preemption on. A CPU without a worker is waited for in vain.
  void call(unsigned cpu, location at = location::current()) {
    machine<A>& on = machine<A>::current();
    if (on.is_booting()) {
      on.run_on(cpu, [this] { function_(argument_); });
    } else if (on.self().where.cpu == cpu) {
      function_(argument_);
    } else {
      const unsigned ticket = asked_[cpu].fetch_add(1, order::full, at);
      A::await([&] { return done_[cpu].load(order::acquire, at) > ticket; }, at);
    }
  }

  /// Body of a worker task placed on `cpu`: does what is asked for until `others_ended`, which may
  /// only load, says that nobody will ask any more. One worker a CPU.
  template <class Ended>
  void work_on(unsigned cpu, Ended others_ended, location at = location::current()) {
    for (unsigned done = 0;;) {
      const auto is_asked = [&] { return asked_[cpu].load(order::acquire, at) > done; };
      A::await([&] { return is_asked() || others_ended(); }, at);
      if (!is_asked()) return;
      function_(argument_);
      done_[cpu].store(++done, order::release, at);
    }
  }

 private:
  work_function function_;
  void* argument_;
  std::array<typename A::template atomic<unsigned>, max_cpus> asked_;
  std::array<typename A::template atomic<unsigned>, max_cpus> done_;
};

}  // namespace stockcheck::kernel
