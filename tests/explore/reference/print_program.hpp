// SPDX-License-Identifier: GPL-2.0-only
// Programs as C++ text, so that a failing random program becomes a test by pasting it.
#pragma once

#include "tests/explore/reference/litmus_program.hpp"

#include <string>
#include <string_view>

namespace stockcheck::explore::reference {

/// `step` as an expression that builds it, with the names of instructions.hpp.
std::string to_string(const instruction& step);

/// `program` as an expression that builds it, one line for each thread.
std::string to_string(const litmus_program& program);

std::string_view name(memory_model model);

/// A doctest test case that builds `program` and hands it to `check(program)`, which whoever pastes
/// it has to have. `sentence` becomes the test's name.
std::string as_test_case(const litmus_program& program, std::string_view sentence);

}  // namespace stockcheck::explore::reference
