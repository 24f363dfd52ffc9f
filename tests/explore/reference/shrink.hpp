// SPDX-License-Identifier: GPL-2.0-only
// Making a failing program as small as it can be and still fail.
#pragma once

#include "tests/explore/reference/litmus_program.hpp"

#include <functional>

namespace stockcheck::explore::reference {

/// The smallest program that taking threads and instructions out of `program`, and simplifying what
/// is left, leads to with every step still failing. `fails` must hold of `program`, and is called
/// with at most a few hundred programs for those of `generate`.
litmus_program shrink(litmus_program program,
                      const std::function<bool(const litmus_program&)>& fails);

}  // namespace stockcheck::explore::reference
