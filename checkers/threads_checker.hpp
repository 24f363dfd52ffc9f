// The checker on real threads: runs a scenario again and again and counts how it ends.
#pragma once

#include "checkers/checker.hpp"
#include "checkers/programs.hpp"

#include <span>

namespace stockcheck::checkers {

/// Shows what this machine and this compiler do; its pass says nothing about other interleavings.
class threads_checker final : public checker {
 public:
  /// `programs` are on std_atomics.
  explicit threads_checker(std::span<const checks::program_entry> programs = std_programs())
      : programs_(programs) {}

  [[nodiscard]] std::string_view name() const override { return "threads"; }
  [[nodiscard]] bool finds_known_properties() const override { return false; }
  /// A scenario that is known to misuse memory would corrupt the process.
  [[nodiscard]] bool can_check(const checks::scenario_info& scenario) const override {
    return !scenario.known || scenario.known->kind != oracle::memory;
  }
  [[nodiscard]] bool can_search(search) const override { return true; }
  [[nodiscard]] unsigned processors(const checks::scenario_info& scenario) const override {
    return static_cast<unsigned>(scenario.nr_tasks());
  }
  [[nodiscard]] report::result check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) override;

 private:
  std::span<const checks::program_entry> programs_;
};

}  // namespace stockcheck::checkers
