// SPDX-License-Identifier: GPL-2.0-only
// The checker on the exploration engine with our model as its subject, as it is or patched.
#pragma once

#include "harness/explore/explore_checker.hpp"
#include "harness/programs.hpp"

#include <string>
#include <utility>

namespace stockcheck::verify {

/// Unlike explore_checker it may be asked for a scenario that it does not have.
class patched_model_checker final : public harness::checker {
 public:
  /// `command` is what finds something again, with the scenario's name behind it. The programs are
  /// on explore_atomics: those of this program, or of objects that build_scenarios() made of a
  /// patched model. check() loads these, which runs code: it is to be called in a process of its
  /// own.
  explicit patched_model_checker(std::string command, harness::programs on)
      : on_(on), inner_(std::move(on), std::move(command)) {}

  [[nodiscard]] std::string_view name() const override { return "explore"; }
  /// A scenario that there is on the other side of a patch alone is skipped.
  [[nodiscard]] bool can_check(const checks::scenario_info&) const override { return true; }
  [[nodiscard]] bool can_search(std::optional<explore::search>) const override { return true; }
  [[nodiscard]] bool has_memory_models() const override { return true; }
  [[nodiscard]] unsigned processors(const checks::scenario_info&) const override { return 1; }
  /// Throws std::runtime_error if the code cannot be loaded.
  [[nodiscard]] report::result check(const checks::scenario_info& scenario,
                                     const harness::options& how,
                                     const harness::progress_sink& sink) override;

 private:
  harness::programs on_;
  harness::explore_checker inner_;
};

}  // namespace stockcheck::verify
