// SPDX-License-Identifier: GPL-2.0-only
// What the checkers have in common whose subject is the kernel's own code.
#pragma once

#include "harness/checker.hpp"
#include "harness/explore/explore_checker.hpp"
#include "harness/programs.hpp"
#include "kernel_source/compile/line_markers.hpp"
#include "kernel_source/kernel_release.hpp"
#include "verify/kernel/race_collector.hpp"

#include <filesystem>
#include <string>
#include <utility>

namespace stockcheck::verify {

/// check() loads the compiled code, which runs it: to be called in a process of its own.
class kernel_code_checker : public harness::checker {
 public:
  /// `object` is what kernel_source::build_object() made of that release, perhaps with patches.
  /// `command` is what finds something again, with the scenario's name behind it. The programs are
  /// on kernel_subject, or on threaded_kernel_subject for a checker that runs these.
  kernel_code_checker(std::filesystem::path object, const kernel_source::kernel_release& release,
                      std::string command, harness::programs on)
      : object_(std::move(object)),
        release_(release),
        command_(std::move(command)),
        programs_(std::move(on)) {}

  /// From now on results say which of these lines ran, where the checker can tell.
  void ask_about(kernel_source::file_lines lines) { lines_ = std::move(lines); }

  /// Whether the kernel's code can be asked for it: some kernels turn out to lack what it needs.
  [[nodiscard]] bool can_check(const checks::scenario_info& scenario) const override;
  [[nodiscard]] unsigned processors(const checks::scenario_info&) const override { return 1; }

 protected:
  [[nodiscard]] const std::filesystem::path& object() const { return object_; }
  [[nodiscard]] const kernel_source::kernel_release& release() const { return release_; }
  [[nodiscard]] const std::string& command() const { return command_; }
  [[nodiscard]] const harness::programs& programs() const { return programs_; }
  /// What ask_about() got.
  [[nodiscard]] const kernel_source::file_lines& lines() const { return lines_; }
  /// Explores the code that is loaded; `races` collects what is passed over, and must outlive it.
  [[nodiscard]] harness::explore_checker explorer(race_collector& races) const;
  /// What is known of the code. Must not outlive the checker.
  [[nodiscard]] harness::known_of_code known() const;

 private:
  std::filesystem::path object_;
  kernel_source::kernel_release release_;
  std::string command_;
  harness::programs programs_;
  kernel_source::file_lines lines_;
};

}  // namespace stockcheck::verify
