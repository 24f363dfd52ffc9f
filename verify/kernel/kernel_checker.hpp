// SPDX-License-Identifier: GPL-2.0-only
// The checker on the exploration engine with the kernel's own code as its subject.
#pragma once

#include "verify/kernel/kernel_code_checker.hpp"

namespace stockcheck::verify {

class kernel_checker final : public kernel_code_checker {
 public:
  using kernel_code_checker::kernel_code_checker;

  [[nodiscard]] std::string_view name() const override { return "explore"; }
  [[nodiscard]] bool can_search(std::optional<explore::search>) const override { return true; }
  [[nodiscard]] bool has_memory_models() const override { return true; }
  /// A race of plain accesses does not end the search: it is passed over, and told of together with
  /// what else was found.
  [[nodiscard]] report::result check(const checks::scenario_info& scenario,
                                     const harness::options& how,
                                     const harness::progress_sink& sink) override;
};

}  // namespace stockcheck::verify
