// SPDX-License-Identifier: GPL-2.0-only
// What the compilers are told about the kernel's code and the shim.
#pragma once

#include "kernel_source/compile/compiler.hpp"
#include "kernel_source/compile/object_builder.hpp"

#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// For the kernel's code, and for what includes its headers: where it is explored each access of
/// the source is announced, under both compilers.
std::vector<std::string> flags_of_checked(flavour of, const compiler& with);
/// For the shim's own translation units, whose accesses nobody sees.
std::vector<std::string> flags_of_shim(flavour of, const compiler& with);

}  // namespace stockcheck::kernel_source
