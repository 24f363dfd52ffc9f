// SPDX-License-Identifier: GPL-2.0-only
// The header of a mutant, which is a patch of mutants/: what it is, of what, and what must come of
// it.
#pragma once

#include "verdict/finding.hpp"

#include <cstdint>
#include <filesystem>
#include <istream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::mutants {

/// What a mutant is; its name is the key of the header's first line.
enum class mutant_kind : std::uint8_t {
  wrong,     ///< must be caught
  right,     ///< must pass
  remedy,    ///< mends what known/known.json has, or looks so
  hostile,   ///< tries to cheat the checker or the machine, or is unusual
  proposal,  ///< a part of what is proposed to a kernel
};

/// Lines "Key: value" above a diff; above a sed script they are comments, "# Key: value".
struct mutant_header {
  mutant_kind kind = mutant_kind::wrong;
  std::string what{};                    ///< one sentence: what is wrong, or why it is right
  std::vector<std::string> kernels{};    ///< the releases it is for; none if it is of our model
  std::string file{};                    ///< what a sed script edits
  std::vector<std::string> scenarios{};  ///< patterns; see scenario_pattern.hpp
  unsigned scenarios_line = 0;
  oracle caught_by = oracle::scenario;  ///< of what is wrong
  std::string stale{};      ///< what the counterexample must show a stale read of; may be empty
  std::string recreates{};  ///< the bug of the kernel's history that it repeats; may be empty
  int exit = 0;             ///< the exit code of `verify` for what is hostile
  std::string says{};       ///< words that `verify` prints of what is hostile
};

/// Something in a mutant's header is wrong or missing: "FILE:LINE: what".
class malformed_mutant : public std::runtime_error {
 public:
  malformed_mutant(std::string_view file, unsigned line, std::string_view what);
};

/// Reads the header above the diff or the script; `file` names the text in errors. Throws
/// malformed_mutant on a line it does not know, a key that is given twice, without a value or not
/// for this kind of mutant, a key that is missing, and an oracle that does not exist.
mutant_header read_mutant_header(std::istream& text, std::string_view file);
/// Opens the file and reads its header; throws std::runtime_error if it cannot be read.
mutant_header read_mutant_header(const std::filesystem::path& mutant);

/// The diffs and the scripts of a folder, without those of folders in it, sorted by name.
std::vector<std::filesystem::path> mutants_in(const std::filesystem::path& folder);

}  // namespace stockcheck::mutants
