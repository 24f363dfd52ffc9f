// The headers of model/ and checks/, and what else a scenario is compiled of on the exploration
// engine. Named as they are included.
#pragma once

#include "kernel_source/compile/embedded_file.hpp"

#include <span>

namespace stockcheck::kernel_source {

std::span<const embedded_file> model_files();

}  // namespace stockcheck::kernel_source
