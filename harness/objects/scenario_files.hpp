// SPDX-License-Identifier: GPL-2.0-only
// The headers of checks/ and model/, and what else a scenario is compiled of on any subject. Named
// as they are included.
#pragma once

#include "kernel_source/compile/embedded_file.hpp"

#include <span>

namespace stockcheck::harness {

std::span<const kernel_source::embedded_file> scenario_files();

}  // namespace stockcheck::harness
