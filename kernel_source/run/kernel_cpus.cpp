// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_cpus.hpp"

namespace stockcheck::kernel_source {

void* present_cpus = nullptr;

}  // namespace stockcheck::kernel_source
