// SPDX-License-Identifier: GPL-2.0-only
// The subject "the kernel's own file" on real threads.
#pragma once

#include "kernel_source/run/kernel_code.hpp"
#include "kernel_source/run/threaded_memory.hpp"
#include "model/atomics/std_atomics.hpp"

namespace stockcheck::kernel_source {

/// The object is of flavour::native and on threaded_platform().
struct threaded_kernel_subject : kernel_code<std_atomics> {
  static void begin_execution() { begin_threaded_execution(); }
  static void end_execution() { end_threaded_execution(); }
};

}  // namespace stockcheck::kernel_source
