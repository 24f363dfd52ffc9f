// SPDX-License-Identifier: GPL-2.0-only
// What a shared object would bring along when it is loaded: code that runs at once, other
// libraries.
#pragma once

#include <filesystem>

namespace stockcheck::kernel_source {

/// Makes sure that loading the object runs nothing of it, and that it uses nothing but itself:
/// no kernel code can call fork(). Throws refused_code, which names what it is, and machine_error
/// if the file cannot be read.
void require_self_contained(const std::filesystem::path& object);

}  // namespace stockcheck::kernel_source
