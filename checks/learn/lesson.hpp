// SPDX-License-Identifier: GPL-2.0-only
// What every lesson of docs/learn has in common: a few lines of code, and one promise about them.
#pragma once

#include "checks/base/final_state.hpp"
#include "checks/base/scenario.hpp"
#include "checks/base/scenario_list.hpp"
#include "model/kernel/atomic.hpp"
#include "model/kernel/irq.hpp"
#include "model/kernel/machine.hpp"
#include "model/kernel/per_cpu.hpp"
#include "model/kernel/preempt.hpp"
#include "model/kernel/word.hpp"

namespace stockcheck::checks::lessons {

/// A lesson declares what its tasks share as members, does in task() what they do, and asks in
/// check() whether the promise was kept. It has two scenarios: one that breaks the promise, and
/// one that keeps it.
template <class S>
class lesson {
 public:
  using atomics = typename S::atomics;

  lesson() = default;
  lesson(const lesson&) = delete;
  lesson& operator=(const lesson&) = delete;
  virtual ~lesson() = default;

  void settle() { check(); }
  [[nodiscard]] const final_state& outcome() const { return outcome_; }

 protected:
  /// Runs alone when all tasks have ended.
  virtual void check() = 0;

  /// The promise: a number that must have a value in the end. It is also the outcome.
  void promise(const char* what, long is, long should_be, oracle kind, const char* broken) {
    outcome_.add("end", what, is);
    atomics::expect(is == should_be, kind, broken, {{what, is}, {"expected", should_be}});
  }

 private:
  final_state outcome_;
};

}  // namespace stockcheck::checks::lessons
