// SPDX-License-Identifier: GPL-2.0-only
// Compares our model with the kernel's own code: under one memory model both must reach the same
// final states.
#pragma once

#include "harness/programs.hpp"
#include "verify/kernel/kernel_code_checker.hpp"

#include <filesystem>
#include <string>
#include <utility>

namespace stockcheck::verify {

/// Both sides are explored to the end, behind what is known; executions in which memory is misused
/// have no final state.
class agreement_checker final : public kernel_code_checker {
 public:
  /// The programs are on explore_atomics, and on kernel_subject.
  agreement_checker(std::filesystem::path object, const kernel_source::kernel_release& release,
                    std::string command, harness::programs of_model, harness::programs of_kernel)
      : kernel_code_checker(std::move(object), release, std::move(command), std::move(of_kernel)),
        of_model_(std::move(of_model)) {}

  [[nodiscard]] std::string_view name() const override { return "agreement"; }
  [[nodiscard]] bool can_search(std::optional<explore::search> how) const override { return !how; }
  [[nodiscard]] bool has_memory_models() const override { return true; }
  /// A difference is a finding: a state that only one side reaches, with its interleaving. Several
  /// memory models are compared one after the other, up to a difference.
  [[nodiscard]] report::result check(const checks::scenario_info& scenario,
                                     const harness::options& how,
                                     const harness::progress_sink& sink) override;

 private:
  /// Under one memory model, of the code that is loaded.
  [[nodiscard]] report::result check_under(const checks::scenario_info& scenario,
                                           const harness::options& how,
                                           const harness::progress_sink& sink) const;

  harness::programs of_model_;
};

}  // namespace stockcheck::verify
