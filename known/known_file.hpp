// SPDX-License-Identifier: GPL-2.0-only
// known/known.json, as it was when stockcheck was built.
#pragma once

#include "kernel_source/compile/embedded_file.hpp"

#include <span>

namespace stockcheck::known {

/// One file.
std::span<const kernel_source::embedded_file> known_file();

}  // namespace stockcheck::known
