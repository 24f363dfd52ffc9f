// SPDX-License-Identifier: GPL-2.0-only
// One simulation of a scenario by Relacy, behind an interface that does not show Relacy.
#pragma once

#include "checks/base/program.hpp"
#include "harness/checker.hpp"
#include "harness/processor_time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stockcheck::harness {

struct simulation_request {
  const checks::program_entry* program = nullptr;
  explore::search strategy = explore::search::exhaustive;  ///< or preemptions, or uniform
  unsigned context_bound = 0;                              ///< for preemptions
  std::uint64_t first = 1;       ///< for uniform: the number of the first execution
  std::uint64_t last = 0;        ///< for uniform: of the last one
  std::uint64_t executions = 0;  ///< at most so many; 0: no limit
  processor_deadline deadline;
};

enum class simulation_end : std::uint8_t {
  exhausted,  ///< nothing is left to explore (random: `last` was reached)
  failed,     ///< an execution broke an oracle
  cut,
};

struct simulation_report {
  simulation_end end = simulation_end::cut;
  std::uint64_t executions = 0;
  std::optional<failed_expectation> failed;  ///< by one of our oracles; if empty, by Relacy's own:
  oracle kind = oracle::memory;
  std::string what;
  std::string history;  ///< of the failing execution, as Relacy prints it, addresses named
  std::vector<report::outcome> outcomes;
};

/// Runs Relacy in the calling thread; only one simulation may run in a process at a time.
simulation_report simulate(const simulation_request& request, const progress_sink& sink);

}  // namespace stockcheck::harness
