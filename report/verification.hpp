// SPDX-License-Identifier: GPL-2.0-only
// The verdict on a patch: what it breaks, what it mends and what it leaves as it is.
#pragma once

#include "report/comparison.hpp"
#include "report/exit_code.hpp"
#include "report/style.hpp"
#include "report/touched_line.hpp"
#include "report/witness.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace stockcheck::report {

struct verification {
  std::string tree{};                  ///< which kernel, one line
  std::string compiled{};              ///< what was compiled: a sentence for a reply
  std::vector<std::string> patches{};  ///< subject and where it came from, a line each
  std::vector<std::string> notes{};    ///< about applying them, a line each
  bool is_changed = true;              ///< something that is checked differs
  bool has_fuzz = false;               ///< a hunk was applied although lines of its context differ
  /// What of the patches was not checked and why, a sentence each: it comes first.
  std::vector<std::string> not_checked{};
  /// Why what the patches make of the kernel cannot be compiled, if it cannot.
  std::string no_code{};
  /// Why there was nothing to run, a sentence; empty if there was.
  std::string nothing_to_check{};
  std::vector<touched_line> lines{};        ///< of code that the patches change
  std::vector<std::string> not_compiled{};  ///< functions, with the conditional that left lines out
  std::vector<std::string> not_included{};  ///< changed files that no chosen scenario includes
  std::vector<result> before{};
  std::vector<result> after{};       ///< of the same scenarios in the same order
  std::vector<witness> witnesses{};  ///< of final states that only one of the two reaches
  std::vector<std::string>
      unexercised{};            ///< functions that the patches touch and no scenario runs
  std::string memory_models{};  ///< as names, such as "RC11"
  std::string command{};        ///< that does it again
  double seconds = 0;           ///< wall-clock
};

/// 1 if something is newly failing, or fails that runs only after the patch; 2 if the patches make
/// no code; 3 if something stayed unknown, was not checked or may be hidden, or nothing ran; else
/// 0.
[[nodiscard]] exit_code exit_code_of(const verification& of);

/// The table of changes, and the counterexample of every new failure.
[[nodiscard]] std::string verification_text(const verification& of, const style& with);

/// A message for a mailing list: plain text, lines that mail programs do not break, the shortest
/// counterexample.
[[nodiscard]] std::string reply_text(const verification& of);

/// Everything as JSON. Throws std::runtime_error if writing fails.
void write_json(std::ostream& to, const verification& of);

}  // namespace stockcheck::report
