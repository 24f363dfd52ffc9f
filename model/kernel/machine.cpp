// SPDX-License-Identifier: GPL-2.0-only
#include "model/kernel/machine.hpp"

namespace stockcheck::kernel {

constinit thread_local void* running_machine = nullptr;

}  // namespace stockcheck::kernel
