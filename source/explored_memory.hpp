// The memory of the kernel's code on the exploration engine: what is behind the table of hooks.h.
#pragma once

#include "source/hooks.h"

#include <cstddef>
#include <string_view>

namespace stockcheck::source {

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
};

/// From now on the plain accesses of that line race with nothing, as in data_race(): the races that
/// they have are known. False if that was said before.
bool pass_over_races_of(std::string_view file, unsigned line);
void pass_over_no_races();

}  // namespace stockcheck::source
