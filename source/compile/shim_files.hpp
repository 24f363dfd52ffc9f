// The files of source/shim, and what they include.
#pragma once

#include "source/compile/embedded_file.hpp"

#include <span>

namespace stockcheck::source {

std::span<const embedded_file> shim_files();

}  // namespace stockcheck::source
