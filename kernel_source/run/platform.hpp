// SPDX-License-Identifier: GPL-2.0-only
// What the kernel's code runs on: the exploration engine, or real threads.
#pragma once

#include "kernel_source/hooks.h"
#include "verdict/finding.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stockcheck::kernel_source {

/// How many sections of each kind and locks a task is in.
struct open_contexts {
  std::size_t preempt_off = 0;
  std::size_t migration_off = 0;
  std::size_t irqs_off = 0;
  std::size_t rcu_reader = 0;
  std::size_t locks = 0;

  bool operator==(const open_contexts&) const = default;
};

/// What a task or handler was in when it called the kernel's code.
struct call_mark {
  open_contexts contexts{};
  bool racy = false;  ///< data_race()
};

/// Where a scenario asks, and not the code under test.
inline constexpr explore_site in_scenario{"", "", 0};

/// A load that is marked, of the code under test.
struct marked_read {
  const void* address = nullptr;
  std::size_t size = 0;
  std::uint64_t value = 0;
};

/// No more tasks than that run at once, wherever that is.
inline constexpr std::size_t max_running_tasks = 17;

/// What the code does wrong, wherever it runs.
inline constexpr const char* left_in_section =
    "the code returns in a section or with a lock that it was not in before";
inline constexpr const char* no_section = "a section ends that did not begin";
inline constexpr const char* local_lock_taken_twice = "a CPU waits for a local lock that it has";
inline constexpr const char* local_lock_not_held = "a local lock is not held";

/// What wrappers of the kernel's functions need besides the hooks. As thread-safe as what executes
/// the scenario asks for.
class platform {
 public:
  platform() = default;
  platform(const platform&) = delete;
  platform& operator=(const platform&) = delete;
  virtual ~platform() = default;

  [[nodiscard]] virtual const sc_hook_table& hooks() const = 0;
  /// Names memory "owner.name" in what is shown. The strings live as long as the execution.
  virtual void name(const void* object, std::size_t size, const char* owner, const char* name) = 0;

  /// What the caller is in; to be given back at the end of the call.
  virtual call_mark begin_call() = 0;
  /// The code returned. On threads what it did wrong is thrown here, as `violation`: never through
  /// frames of C.
  virtual void end_call(const call_mark& since) = 0;

  // For what is behind the hooks ------------------------------------------------------------------

  /// The number of the running task, below max_running_tasks.
  [[nodiscard]] virtual unsigned task() const = 0;
  /// As expect() of the policies, in the middle of a call as well: on threads it goes on then, and
  /// what is wrong is thrown when the code returns.
  virtual void expect(bool holds, oracle kind, const char* what, facts numbers,
                      const explore_site* at) = 0;
  /// Reports, as expect() does, what nothing can be done about. It returns on threads alone.
  virtual void give_up(oracle kind, const char* what, const explore_site* at) {
    expect(false, kind, what, {}, at);
  }
  /// What the running code has written so far is written before anything else happens.
  virtual void perform_writes() {}
  /// Whether the code under test has drawn a random number in this execution.
  [[nodiscard]] virtual bool has_drawn() const { return false; }
  /// What the running task read last with a mark.
  virtual marked_read last_read() { return {}; }
  /// Waits until another value can be read there: what code does by asking again and again. On
  /// threads it asks.
  virtual void wait_for_change(const marked_read&, const explore_site*) {}
  /// Where it can be looked at what was there last, when nothing runs: memory that may be freed.
  [[nodiscard]] virtual const void* remains_of(const void* memory) const { return memory; }
  /// Calls action(argument), which is the scenario's, in the middle of a call. What it throws goes
  /// around the frames of C.
  virtual void call_scenario(void (*action)(void*), void* argument) { action(argument); }
};

/// While it exists, the kernel's code runs that the scenario called. Nested by interrupts.
class kernel_call {
 public:
  explicit kernel_call(platform& on) : on_(on), since_(on.begin_call()) {}
  kernel_call(const kernel_call&) = delete;
  kernel_call& operator=(const kernel_call&) = delete;
  /// Throws what end_call() throws. The code that runs meanwhile throws nothing.
  ~kernel_call() noexcept(false) { on_.end_call(since_); }

 private:
  platform& on_;
  call_mark since_;
};

}  // namespace stockcheck::kernel_source
