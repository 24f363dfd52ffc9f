// SPDX-License-Identifier: GPL-2.0-only
// The headers of model/ and checks/, and what else a scenario is compiled of on the exploration
// engine. Named as they are included.
#pragma once

#include "kernel_source/compile/embedded_file.hpp"

#include <span>

namespace stockcheck::verify {

std::span<const kernel_source::embedded_file> model_files();

}  // namespace stockcheck::verify
