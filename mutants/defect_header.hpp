// SPDX-License-Identifier: GPL-2.0-only
// The header of a defect patch: what a wrong proposal looks like, and by what it must be caught.
#pragma once

#include "mutants/patch_header.hpp"
#include "verdict/finding.hpp"

#include <filesystem>
#include <istream>
#include <string>
#include <string_view>

namespace stockcheck::mutants {

struct defect_header {
  std::string defect{};    ///< one sentence
  std::string scenario{};  ///< name of the scenario that must catch it
  unsigned scenario_line = 0;
  oracle caught_by = oracle::scenario;
  std::string stale{};      ///< what the counterexample must show a stale read of; may be empty
  std::string recreates{};  ///< the bug of the kernel's history that it repeats; may be empty
};

/// Reads the header above the diff; `file` names the text in errors. Throws malformed_patch as
/// read_patch_header() does, and on an oracle that does not exist.
defect_header read_defect_header(std::istream& text, std::string_view file);
/// Opens the file and reads its header; throws std::runtime_error if it cannot be read.
defect_header read_defect_header(const std::filesystem::path& patch);

}  // namespace stockcheck::mutants
