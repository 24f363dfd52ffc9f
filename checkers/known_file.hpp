// checks/known.json, as it was when stockcheck was built.
#pragma once

#include "source/compile/embedded_file.hpp"

#include <span>

namespace stockcheck::source {

/// One file.
std::span<const embedded_file> known_file();

}  // namespace stockcheck::source
