// SPDX-License-Identifier: GPL-2.0-only
// The checker on Relacy: searches interleavings and bounded staleness; its pass is no proof.
#pragma once

#include "harness/checker.hpp"

namespace stockcheck::harness {

class relacy_checker final : public checker {
 public:
  [[nodiscard]] std::string_view name() const override { return "relacy"; }
  [[nodiscard]] bool can_check(const checks::scenario_info&) const override { return true; }
  [[nodiscard]] bool can_search(search how) const override;
  [[nodiscard]] unsigned processors(const checks::scenario_info&) const override { return 1; }
  [[nodiscard]] report::result check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) override;
};

}  // namespace stockcheck::harness
