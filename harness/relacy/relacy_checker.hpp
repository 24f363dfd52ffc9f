// SPDX-License-Identifier: GPL-2.0-only
// The checker on Relacy: searches interleavings and bounded staleness; its pass is no proof.
#pragma once

#include "harness/checker.hpp"
#include "harness/programs.hpp"

#include <utility>

namespace stockcheck::harness {

/// Executions, half a second of a processor or some seconds: in the quick profile, and where it
/// must find something, five times what any known property of ours needs.
inline constexpr std::uint64_t quick_relacy_executions = 42'000;
inline constexpr std::uint64_t usual_relacy_executions = 250'000;

class relacy_checker final : public checker {
 public:
  /// The programs are on relacy_atomics.
  explicit relacy_checker(programs on) : programs_(std::move(on)) {}

  [[nodiscard]] std::string_view name() const override { return "relacy"; }
  [[nodiscard]] bool can_check(const checks::scenario_info&) const override { return true; }
  [[nodiscard]] bool can_search(std::optional<explore::search> how) const override;
  [[nodiscard]] options with_work(profile much, const checks::scenario_info& on,
                                  options how) const override;
  /// What with_work() gives, for help.
  [[nodiscard]] static std::string work_text(profile much);
  [[nodiscard]] unsigned processors(const checks::scenario_info&) const override { return 1; }
  [[nodiscard]] report::result check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) override;

 private:
  programs programs_;
};

}  // namespace stockcheck::harness
