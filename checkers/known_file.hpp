// checks/known.json, as it was when stockcheck was built.
#pragma once

#include "kernel_source/compile/embedded_file.hpp"

#include <span>

namespace stockcheck::kernel_source {

/// One file.
std::span<const embedded_file> known_file();

}  // namespace stockcheck::kernel_source
