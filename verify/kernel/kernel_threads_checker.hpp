// SPDX-License-Identifier: GPL-2.0-only
// The checker on real threads with the kernel's own code as its subject.
#pragma once

#include "harness/threads/threads_checker.hpp"
#include "verify/kernel/kernel_code_checker.hpp"

#include <filesystem>
#include <string>
#include <utility>

namespace stockcheck::verify {

/// Its object is of kernel_source::flavour::native: nothing of it looks at plain accesses, so that
/// no data race is seen, only what comes of it.
class kernel_threads_checker final : public kernel_code_checker {
 public:
  kernel_threads_checker(std::filesystem::path object, const kernel_source::kernel_release& release,
                         std::string command, harness::programs on)
      : kernel_code_checker(std::move(object), release, std::move(command), std::move(on)) {}

  [[nodiscard]] std::string_view name() const override { return "threads"; }
  [[nodiscard]] bool can_check(const checks::scenario_info& scenario) const override;
  [[nodiscard]] bool can_search(std::optional<explore::search> how) const override { return !how; }
  [[nodiscard]] unsigned processors(const checks::scenario_info& scenario) const override;
  [[nodiscard]] report::result check(const checks::scenario_info& scenario,
                                     const harness::options& how,
                                     const harness::progress_sink& sink) override;

 private:
  [[nodiscard]] harness::threads_checker inner() const;
};

}  // namespace stockcheck::verify
