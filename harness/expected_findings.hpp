// SPDX-License-Identifier: GPL-2.0-only
// Which findings of a scenario are known, so that a run counts them and goes on behind them.
#pragma once

#include "checks/base/scenario.hpp"
#include "known/known_catalogue.hpp"
#include "report/result.hpp"

#include <functional>
#include <optional>
#include <string_view>

namespace stockcheck::harness {

/// What is known of the code under test besides what scenarios declare.
struct known_of_code {
  /// Gives a finding the name of its cause; without it, it has that.
  std::function<void(report::finding&)> name{};
  /// nullopt of what is not known; without it, nothing is.
  std::function<std::optional<report::known_reference>(std::string_view scenario,
                                                       const report::finding& what)>
      find{};
};

/// A finding is known by its cause: the oracle, the words of the expectation, and its numbers as
/// far as they are small. Several may be known of one scenario.
class expected_findings {
 public:
  /// The references must outlive it.
  explicit expected_findings(const checks::scenario_info& scenario, known_of_code of_code = {},
                             const known::known_catalogue& catalogue = known::shipped_catalogue());

  /// Why the finding is known; nullopt if it is news. Only the steps of it may be missing.
  [[nodiscard]] std::optional<report::known_reference> find(report::finding what) const;
  /// Where a finding is told in other words than ours, its oracle must do.
  [[nodiscard]] std::optional<report::known_reference> find_kind(oracle kind) const;
  /// Whether memory may be misused, which the code that does it does not survive everywhere.
  [[nodiscard]] bool have_misuse() const;

 private:
  [[nodiscard]] bool is_declared(const report::finding& what) const;

  const checks::scenario_info& scenario_;
  known_of_code of_code_;
  const known::known_catalogue& catalogue_;
};

}  // namespace stockcheck::harness
