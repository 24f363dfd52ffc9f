// SPDX-License-Identifier: GPL-2.0-only
// The subject "the kernel's own file" on the exploration engine.
#pragma once

#include "kernel_source/run/explored_memory.hpp"
#include "kernel_source/run/kernel_code.hpp"

namespace stockcheck::kernel_source {

/// The object is of flavour::explored and on explored_platform().
struct kernel_subject : kernel_code<explored_atomics> {
  static void begin_execution() { kernel_source::begin_execution(); }
};

}  // namespace stockcheck::kernel_source
