// The subject "the kernel's own file" on the exploration engine.
#pragma once

#include "source/subject/explored_memory.hpp"
#include "source/subject/kernel_code.hpp"

namespace stockcheck::source {

/// The object is of flavour::explored and on explored_platform().
struct kernel_subject : kernel_code<explored_atomics> {
  static void begin_execution() { source::begin_execution(); }
};

}  // namespace stockcheck::source
