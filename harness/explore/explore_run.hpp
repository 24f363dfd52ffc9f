// SPDX-License-Identifier: GPL-2.0-only
// One exploration of a scenario by the engine, with an end in processor time if asked for.
#pragma once

#include "checks/base/program.hpp"
#include "explore/exploration.hpp"
#include "harness/checker.hpp"
#include "harness/expected_findings.hpp"
#include "harness/processor_time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stockcheck::harness {

struct explore_request {
  const checks::program_entry* program = nullptr;
  explore::settings how;
  std::optional<processor_deadline> deadline{};
  std::optional<oracle> without{};  ///< see options
  /// What is known, and does not end the exploration; null: nothing is.
  const expected_findings* expected = nullptr;
  bool ends_at_races = false;  ///< whether known data races end it all the same
  /// A final state as text; the first execution that ends in it is found, as if that were wrong.
  std::string sought{};
};

struct explore_report {
  explore::exploration exploration;
  std::optional<report::finding> failed;     ///< set if the finding is a failed expectation
  std::vector<report::outcome> outcomes;     ///< final states of the complete executions
  std::vector<report::known_finding> known;  ///< what was gone on behind, in the order it was met

  /// Counts the executions that came to an end of any kind.
  [[nodiscard]] std::uint64_t executions() const {
    return exploration.complete + exploration.blocked + exploration.truncated +
           exploration.findings;
  }
  /// Counts those executions among them that have something known.
  [[nodiscard]] std::uint64_t known_executions() const {
    return exploration.noted + exploration.findings - (exploration.finding ? 1 : 0);
  }
};

/// Explores in the calling thread until something is found, nothing is left, or the time is over.
/// The sink is called a few times a second.
explore_report run_explore(const explore_request& request, const progress_sink& sink);

}  // namespace stockcheck::harness
