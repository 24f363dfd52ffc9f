// SPDX-License-Identifier: GPL-2.0-only
// What the shim leaves out of the kernel, by the names that tell of a change that it is about that.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// A sentence for each thing that checks do not look at and that one of these names of the kernel
/// is about, with the first such name.
std::vector<std::string> left_out(const std::set<std::string>& names);

}  // namespace stockcheck::kernel_source
