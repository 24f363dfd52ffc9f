// SPDX-License-Identifier: GPL-2.0-only
// Runs a test suite of Relacy to the end, and once more for its history if it fails.
#pragma once

#include "model/atomics/relacy_atomics.hpp"

#include <optional>
#include <string>

namespace stockcheck::tests {

struct simulated {
  rl::test_result_e result = rl::test_result_success;
  std::optional<failed_expectation> failed;  ///< by an expectation of ours
  std::string history;                       ///< of the failing execution
};

/// Every interleaving of the suite that Relacy knows of, up to the first failure. What the suite
/// saw it has to keep in static variables: doctest's macros allocate, and inside the simulation
/// every allocation belongs to Relacy.
template <class Suite>
simulated simulate_all() {
  using scheduler = rl::full_search_scheduler<Suite::params::thread_count>;
  rl::ostringstream ignored;
  rl::ostringstream state;
  rl::test_params params;
  params.search_type = rl::sched_full;
  params.output_stream = &ignored;
  params.progress_stream = &ignored;
  relacy_atomics::failed().reset();

  simulated outcome;
  outcome.result = rl::run_test<Suite, scheduler>(params, state, false);
  outcome.failed = relacy_atomics::failed();
  if (outcome.result == rl::test_result_success) return outcome;

  rl::ostringstream history;
  params.initial_state = state.str();
  params.collect_history = true;
  params.output_stream = &history;
  rl::run_test<Suite, scheduler>(params, ignored, true);
  outcome.history = history.str();
  return outcome;
}

}  // namespace stockcheck::tests
