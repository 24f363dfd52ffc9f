// SPDX-License-Identifier: GPL-2.0-only
// The compiler refuses the code.
#pragma once

#include "kernel_source/source_error.hpp"

namespace stockcheck::kernel_source {

/// Holds the compiler's messages. That it could not do its work, for want of time or of space on a
/// disk, is a machine_error.
class compile_error : public source_error {
 public:
  using source_error::source_error;
};

}  // namespace stockcheck::kernel_source
