// SPDX-License-Identifier: GPL-2.0-only
// The scenarios of a header in an object that build_model() made of a patched model.
#pragma once

#include "checks/base/program.hpp"

#include <filesystem>
#include <span>
#include <string_view>

namespace stockcheck::verify {

/// Loads the object, which runs code of it and may crash: to be done in a process of its own. It
/// stays loaded. Throws std::runtime_error if that fails.
std::span<const checks::program_entry> load_programs(const std::filesystem::path& object,
                                                     std::string_view header);

}  // namespace stockcheck::verify
