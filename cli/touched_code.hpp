// SPDX-License-Identifier: GPL-2.0-only
// What patches change of the code that is checked, line by line, and what became of each line.
#pragma once

#include "cli/kernel_build.hpp"
#include "kernel_source/compile/line_markers.hpp"
#include "report/verification.hpp"

#include <string>
#include <vector>

namespace stockcheck::cli {

/// One version of a kernel as far as the patches change it.
class touched_version {
 public:
  /// `changed`: lines of each file that the other version does not have.
  touched_version(const built_kernel& of, kernel_source::file_lines changed);

  /// The lines whose having run says what happened to the changed ones: what a checker is to be
  /// asked about.
  [[nodiscard]] kernel_source::file_lines asked() const;
  /// What became of the changed lines in runs of this version.
  [[nodiscard]] std::vector<report::touched_line> states(const std::vector<report::result>& runs,
                                                         bool is_removed) const;
  [[nodiscard]] const kernel_source::file_lines& changed() const { return changed_; }

 private:
  /// A changed line of code.
  struct line {
    std::string file;
    unsigned number = 0;
    bool is_left = false;  ///< the compiler gets to see it
    /// It ran if one of these did; 0: nothing tells of it.
    unsigned told_by = 0;
    /// It is of none of the functions, and ran if one of these did.
    std::vector<std::string> users{};
  };

  std::vector<line> lines_;
  kernel_source::file_lines changed_;
};

/// Patches as far as checks look at what they change.
class touched_code {
 public:
  explicit touched_code(const kernel_builds& of);

  /// Whether there is code among it, and not comments and white space alone.
  [[nodiscard]] bool has_code() const { return !changed_files_.empty(); }
  [[nodiscard]] const touched_version& before() const { return before_; }
  [[nodiscard]] const touched_version& after() const { return after_; }
  /// Notes in a verification, with its results, what became of each line, and what was not checked.
  void judge(report::verification& into) const;

 private:
  const kernel_builds& builds_;
  std::vector<std::string> changed_files_;  ///< in more than comments and white space
  touched_version before_;
  touched_version after_;
};

}  // namespace stockcheck::cli
