// SPDX-License-Identifier: GPL-2.0-only
// The checker on the exploration engine with our model as its subject, as it is or patched.
#pragma once

#include "harness/checker.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <utility>

namespace stockcheck::verify {

/// Unlike explore_checker it ends code that loops without end.
class patched_model_checker final : public harness::checker {
 public:
  /// `command` is what finds something again, with the scenario's name behind it. `patched` are
  /// the objects that kernel_source::build_model() made, for each scenario that is checked; without
  /// any, the model is the one in this program. check() loads them, which runs code: it is to be
  /// called in a process of its own.
  explicit patched_model_checker(std::string command,
                                 std::map<std::string, std::filesystem::path> patched = {})
      : command_(std::move(command)), patched_(std::move(patched)) {}

  [[nodiscard]] std::string_view name() const override { return "explore"; }
  [[nodiscard]] bool can_check(const checks::scenario_info&) const override { return true; }
  [[nodiscard]] bool can_search(std::optional<explore::search>) const override { return true; }
  [[nodiscard]] bool has_memory_models() const override { return true; }
  [[nodiscard]] unsigned processors(const checks::scenario_info&) const override { return 1; }
  /// Throws std::runtime_error if the code cannot be loaded.
  [[nodiscard]] report::result check(const checks::scenario_info& scenario,
                                     const harness::options& how,
                                     const harness::progress_sink& sink) override;

 private:
  std::string command_;
  std::map<std::string, std::filesystem::path> patched_;
};

}  // namespace stockcheck::verify
