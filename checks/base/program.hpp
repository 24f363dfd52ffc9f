// SPDX-License-Identifier: GPL-2.0-only
// A scenario bound to a subject, with its type erased: what a checker executes.
#pragma once

#include "checks/base/final_state.hpp"
#include "checks/base/scenario.hpp"
#include "model/kernel/machine.hpp"

#include <array>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>

namespace stockcheck::checks {

/// One execution. A checker makes a program, runs all its tasks concurrently, each exactly once,
/// then settle() alone, and destroys it.
class program {
 public:
  program() = default;
  program(const program&) = delete;
  program& operator=(const program&) = delete;
  virtual ~program() = default;

  virtual void task(unsigned number) = 0;
  /// The handlers that may interrupt the tasks.
  [[nodiscard]] virtual std::span<const kernel::interrupt_handler> handlers() const { return {}; }
  /// In a signal handler of the thread that runs a task: that handler interrupts it, if it may.
  virtual void interrupt(std::size_t) {}
  /// How many handlers did so. When no task runs.
  [[nodiscard]] virtual unsigned nr_interrupts() const { return 0; }
  /// Runs the oracles, undoes what the tasks left behind, and runs the oracles of the end.
  virtual void settle() = 0;
  /// Valid after settle().
  [[nodiscard]] virtual const final_state& outcome() const = 0;
};

namespace detail {

/// `Scenario` on `Subject`, on a machine that is booted while the scenario is set up.
template <template <class> class Scenario, class Subject>
class bound_program final : public program {
  using atomics = typename Subject::atomics;
  static constexpr const scenario_info& info = Scenario<Subject>::info;
  static constexpr auto placements = [] {
    std::array<kernel::placement, max_tasks> where{};
    for (std::size_t t = 0; t < max_tasks; ++t) where.at(t) = info.task_list.at(t).where;
    return where;
  }();

 public:
  void task(unsigned number) override {
    boot_.machine.enter();
    scenario_.task(number);
    // Whoever wanted to interrupt the task and did not may do so at its end.
    boot_.machine.interrupt_point([] { return true; });
    if constexpr (kernel::interrupted_by_signals<atomics>) boot_.machine.end_interrupts();
  }
  [[nodiscard]] std::span<const kernel::interrupt_handler> handlers() const override {
    return boot_.machine.handlers();
  }
  void interrupt(std::size_t handler) override {
    // A signal may come before the thread has entered this machine: then it is lost.
    if constexpr (kernel::interrupted_by_signals<atomics>)
      if (kernel::machine<atomics>::current_or_null() == &boot_.machine)
        boot_.machine.signalled(handler);
  }
  [[nodiscard]] unsigned nr_interrupts() const override {
    if constexpr (kernel::interrupted_by_signals<atomics>) return boot_.machine.nr_interrupts();
    return 0;
  }
  void settle() override {
    boot_.machine.enter();
    boot_.machine.quiesce();
    scenario_.settle();
  }
  [[nodiscard]] const final_state& outcome() const override { return scenario_.outcome(); }

  bound_program() { boot_.machine.finish_boot(); }

  /// Executions one after the other get the same memory: a model checker that compares them sees
  /// the same values where a pointer to one of the scenario's objects is stored.
  static void* operator new(std::size_t size) {
    if (spare() == nullptr) spare().reset(std::aligned_alloc(alignof(bound_program), size));
    if (spare() == nullptr) throw std::bad_alloc{};
    return spare().release();
  }
  static void operator delete(void* memory) noexcept { spare().reset(memory); }

 private:
  struct free_memory {
    // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): it is what std::aligned_alloc() gave
    void operator()(void* memory) const noexcept { std::free(memory); }
  };
  static std::unique_ptr<void, free_memory>& spare() {
    static thread_local std::unique_ptr<void, free_memory> block;
    return block;
  }

  struct boot {
    kernel::machine<atomics> machine;
    boot() : machine(info.nr_cpus, std::span{placements}.first(info.nr_tasks())) {
      machine.enter();
    }
  };

  boot boot_;
  Scenario<Subject> scenario_;
};

}  // namespace detail

/// A scenario that can be executed on one policy. A subject that has more state than its objects
/// resets it in begin_execution(); on real threads it may say in end_execution(), when the program
/// is gone, what is left that should not be: as `violation`, thrown.
struct program_entry {
  const scenario_info* info;
  std::unique_ptr<program> (*make)();
  void (*end)() = [] {};
};

template <template <class> class Scenario, class Subject>
constexpr program_entry entry_for() {
  using scenario = Scenario<Subject>;
  static_assert(
      requires(const scenario_info* info) { info = &scenario::info; },
      "a scenario has a member 'static constexpr scenario_info info{...}'");
  static_assert(
      requires(scenario one) { one.task(0U); }, "a scenario has a member 'void task(unsigned)'");
  static_assert(
      requires(scenario one) {
        one.settle();
        one.outcome();
      }, "a scenario derives from a base that runs the oracles, such as counter_scenario<S>");
  program_entry entry{&Scenario<Subject>::info, []() -> std::unique_ptr<program> {
                        if constexpr (requires { Subject::begin_execution(); })
                          Subject::begin_execution();
                        return std::make_unique<detail::bound_program<Scenario, Subject>>();
                      }};
  if constexpr (requires { Subject::end_execution(); }) entry.end = Subject::end_execution;
  return entry;
}

}  // namespace stockcheck::checks
