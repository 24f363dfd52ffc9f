// SPDX-License-Identifier: GPL-2.0-only
// The header of an equivalent patch: why the changed model is as right as the one it changes.
#pragma once

#include "mutants/patch_header.hpp"

#include <filesystem>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::mutants {

struct equivalent_header {
  std::string because{};                 ///< one sentence: why it is right
  std::vector<std::string> scenarios{};  ///< patterns, at least one; see scenario_pattern.hpp
  unsigned scenarios_line = 0;
};

/// Reads the header above the diff; `file` names the text in errors. Throws malformed_patch as
/// read_patch_header() does.
equivalent_header read_equivalent_header(std::istream& text, std::string_view file);
/// Opens the file and reads its header; throws std::runtime_error if it cannot be read.
equivalent_header read_equivalent_header(const std::filesystem::path& patch);

}  // namespace stockcheck::mutants
