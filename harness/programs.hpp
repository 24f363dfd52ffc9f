// SPDX-License-Identifier: GPL-2.0-only
// The scenarios as programs, instantiated once per policy; programs.cpp.in is what each is made of.
#pragma once

#include "checks/base/program.hpp"

#include <span>
#include <string_view>

namespace stockcheck::harness {

/// All scenarios on one policy, in the order in which they are listed and run.
std::span<const checks::program_entry> std_programs();
std::span<const checks::program_entry> explore_programs();
std::span<const checks::program_entry> relacy_programs();
/// Lists the scenarios that the kernel's own file can do, on the exploration engine; a
/// kernel_object must be loaded when they are run.
std::span<const checks::program_entry> kernel_programs();
/// Lists the ones it can do on real threads, where the object is of kernel_source::flavour::native.
std::span<const checks::program_entry> threaded_kernel_programs();

/// The entry of that name; throws std::out_of_range if there is none.
const checks::program_entry& find_program(std::span<const checks::program_entry> programs,
                                          std::string_view name);

}  // namespace stockcheck::harness
