// SPDX-License-Identifier: GPL-2.0-only
// Explores a test suite to the end.
#pragma once

#include "explore/exploration.hpp"
#include "model/atomics/explore_atomics.hpp"

#include <memory>
#include <optional>

namespace stockcheck::tests {

/// The base of suites: a number of tasks over members that are made anew for every execution.
template <std::size_t Tasks>
struct explored_suite : explore::engine_program {
  static constexpr std::size_t nr_tasks = Tasks;
};

struct explored {
  explore::exploration exploration;
  std::optional<failed_expectation> failed;  ///< by an expectation of ours

  [[nodiscard]] bool is_proof() const { return exploration.is_proof({}); }
  [[nodiscard]] bool found(explore::finding_kind kind) const {
    return exploration.finding && exploration.finding->kind == kind;
  }
};

/// Every execution of the suite that the model allows, up to the first finding.
template <class Suite>
explored explore_all(explore::memory_model model = explore::memory_model::rc11) {
  explore_atomics::failed().reset();
  explored outcome;
  outcome.exploration = explore::explore(
      {.nr_tasks = Suite::nr_tasks, .make = [] { return std::make_unique<Suite>(); }},
      {.model = model});
  outcome.failed = explore_atomics::failed();
  return outcome;
}

}  // namespace stockcheck::tests
