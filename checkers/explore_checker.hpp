// The checker on the exploration engine: visits every execution that a memory model allows, each
// once; its pass is a proof for the scenario if the search came to its end.
#pragma once

#include "checkers/checker.hpp"
#include "checkers/programs.hpp"

#include <span>

namespace stockcheck::checkers {

class explore_checker final : public checker {
 public:
  /// `programs` are on explore_atomics.
  explicit explore_checker(std::span<const checks::program_entry> programs = explore_programs())
      : programs_(programs) {}

  [[nodiscard]] std::string_view name() const override { return "explore"; }
  [[nodiscard]] bool finds_known_properties() const override { return true; }
  [[nodiscard]] bool can_check(const checks::scenario_info&) const override { return true; }
  [[nodiscard]] bool can_search(search) const override { return true; }
  [[nodiscard]] unsigned processors(const checks::scenario_info&) const override { return 1; }
  [[nodiscard]] report::result check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) override;

 private:
  std::span<const checks::program_entry> programs_;
};

}  // namespace stockcheck::checkers
