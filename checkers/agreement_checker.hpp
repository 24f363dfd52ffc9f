// Compares our model with the kernel's own code: under one memory model both must reach the same
// final states.
#pragma once

#include "checkers/checker.hpp"

#include <filesystem>
#include <string>

namespace stockcheck::checkers {

/// Loads the compiled code in check(), which runs it: to be called in a process of its own. Known
/// properties and races are passed over, so that both sides are explored to the end; where a
/// misuse of memory ends it, both must end with one of the same kind.
class agreement_checker final : public checker {
 public:
  /// See kernel_checker.
  agreement_checker(std::filesystem::path object, std::string subject, std::string command);

  [[nodiscard]] std::string_view name() const override { return "agreement"; }
  [[nodiscard]] bool finds_known_properties() const override { return false; }
  [[nodiscard]] bool can_check(const checks::scenario_info& scenario) const override;
  [[nodiscard]] bool can_search(search how) const override { return how == search::automatic; }
  [[nodiscard]] unsigned processors(const checks::scenario_info&) const override { return 1; }
  /// A difference is a finding: a state that only one side reaches, with its interleaving.
  [[nodiscard]] report::result check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) override;

 private:
  std::filesystem::path object_;
  std::string subject_;
  std::string command_;
};

}  // namespace stockcheck::checkers
