// The memory of the kernel's code on the exploration engine: what is behind the table of hooks.h.
#pragma once

#include "model/atomics/explore_atomics.hpp"
#include "model/kernel/interruptible.hpp"
#include "source/hooks.h"

#include <cstddef>
#include <string_view>

namespace stockcheck::source {

using explored_atomics = kernel::interruptible<explore_atomics>;

/// Every access is a point at which interrupts may come, as in kernel::interruptible.
const sc_hook_table& explored_memory();

/// An execution begins: nothing is left of the one before, in the variables of the kernel either.
void begin_execution();

/// While it exists, the kernel's code runs that the scenario called. Nested by interrupts.
class kernel_call {
 public:
  kernel_call();
  kernel_call(const kernel_call&) = delete;
  kernel_call& operator=(const kernel_call&) = delete;
  ~kernel_call();

 private:
  bool racy_before_;
  std::size_t contexts_;  ///< that the task was in
};

// For what is behind the rest of the table
// ----------------------------------------------------------

/// What the running code has written so far is written before anything else happens.
void perform_writes();
/// The same before an access of a task; and then interrupts may come.
void before_access(const void* address, std::size_t size, const explore_site* at);
/// A load that is marked, of the code under test.
struct marked_read {
  const void* address = nullptr;
  std::size_t size = 0;
  std::uint64_t value = 0;
};
/// The running task's last one.
marked_read last_read();
/// Waits until another value can be read there: what code does by asking again and again.
void wait_for_change(const marked_read& of, const explore_site* at);
/// As explore_atomics::expect().
void expect(bool holds, oracle kind, const char* what, facts numbers, const explore_site* at);

// Known races
// --------------------------------------------------------------------------------------

/// From now on the plain accesses of that line race with nothing, as in data_race(): the races that
/// they have are known. False if that was said before.
bool pass_over_races_of(std::string_view file, unsigned line);
void pass_over_no_races();

}  // namespace stockcheck::source
