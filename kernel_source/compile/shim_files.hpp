// SPDX-License-Identifier: GPL-2.0-only
// The files of kernel_source/shim, and what they include.
#pragma once

#include "kernel_source/compile/embedded_file.hpp"

#include <span>

namespace stockcheck::kernel_source {

std::span<const embedded_file> shim_files();

}  // namespace stockcheck::kernel_source
