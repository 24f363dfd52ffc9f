// SPDX-License-Identifier: GPL-2.0-only
#include "model/atomics/std_atomics.hpp"

namespace stockcheck {

std_task& std_atomics::current() noexcept {
  static thread_local std_task task;
  return task;
}

}  // namespace stockcheck
