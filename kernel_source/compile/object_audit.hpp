// SPDX-License-Identifier: GPL-2.0-only
// Whether the checker is told of every access in compiled code.
#pragma once

#include "kernel_source/compile/relocatable_object.hpp"

#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// Returns what the checker would not see in code that is compiled without optimisation and with
/// -fsanitize=thread, one line for each place, with file, line and function:
/// - an access of memory that no call of __tsan_* announced with its kind and width. Memory on the
///   stack by the frame's own registers is the task's, and constants are no memory;
/// - a write that is announced and not made before the next call or jump;
/// - locked and system instructions;
/// - calls of memcpy() and the like that are not the shim's;
/// - sections that compilers do not make of C.
/// Only instructions of x86-64 are known. Code for other machines has its sections looked at, and
/// nothing else.
std::vector<std::string> unseen_in(const relocatable_object& object);

}  // namespace stockcheck::kernel_source
