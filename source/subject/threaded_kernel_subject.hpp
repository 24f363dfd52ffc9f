// The subject "the kernel's own file" on real threads.
#pragma once

#include "model/atomics/std_atomics.hpp"
#include "source/subject/kernel_code.hpp"
#include "source/subject/threaded_memory.hpp"

namespace stockcheck::source {

/// The object is of flavour::native and on threaded_platform().
struct threaded_kernel_subject : kernel_code<std_atomics> {
  static void begin_execution() { begin_threaded_execution(); }
  static void end_execution() { end_threaded_execution(); }
};

}  // namespace stockcheck::source
