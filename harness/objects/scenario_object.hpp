// SPDX-License-Identifier: GPL-2.0-only
// The scenarios of a header in an object of build_scenarios().
#pragma once

#include "checks/base/program.hpp"

#include <filesystem>
#include <span>
#include <string>

namespace stockcheck::harness {

/// A header that is a file of a user's: an absolute path, as build_scenarios() wants it.
bool is_users_file(const std::string& header);

/// The function of an object that sets a pointer to the header's entries and returns their number.
std::string programs_function(const std::string& header);

/// Loads the object, which runs code of it and may crash: what a patch or a user wrote is to be
/// loaded in a process of its own. It stays loaded. Throws std::runtime_error if that fails.
std::span<const checks::program_entry> load_programs(const std::filesystem::path& object,
                                                     const std::string& header);

}  // namespace stockcheck::harness
