// SPDX-License-Identifier: GPL-2.0-only
// The checker on real threads with the kernel's own code as its subject.
#pragma once

#include "verify/kernel/kernel_code_checker.hpp"

namespace stockcheck::verify {

/// Its object is of kernel_source::flavour::native: nothing of it looks at plain accesses, so that
/// no data race is seen, only what comes of it.
class kernel_threads_checker final : public kernel_code_checker {
 public:
  using kernel_code_checker::kernel_code_checker;

  [[nodiscard]] std::string_view name() const override { return "threads"; }
  [[nodiscard]] bool can_check(const checks::scenario_info& scenario) const override;
  [[nodiscard]] bool can_search(std::optional<explore::search> how) const override { return !how; }
  [[nodiscard]] unsigned processors(const checks::scenario_info& scenario) const override;
  [[nodiscard]] report::result check(const checks::scenario_info& scenario,
                                     const harness::options& how,
                                     const harness::progress_sink& sink) override;
};

}  // namespace stockcheck::verify
