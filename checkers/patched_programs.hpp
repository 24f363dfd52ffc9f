// The scenarios of a group in an object that kernel_source::build_model() made of a patched model.
#pragma once

#include "checks/program.hpp"

#include <filesystem>
#include <span>
#include <string_view>

namespace stockcheck::checkers {

/// Loads the object, which runs code of it and may crash: to be done in a process of its own. It
/// stays loaded. Throws std::runtime_error if that fails.
std::span<const checks::program_entry> load_programs(const std::filesystem::path& object,
                                                     std::string_view group);

}  // namespace stockcheck::checkers
