// SPDX-License-Identifier: GPL-2.0-only
// Explorations as the tests want them: with the outcomes, and never an execution twice.
#pragma once

#include "explore/exploration.hpp"
#include "tests/explore/cells.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace stockcheck::explore::tests {

inline constexpr std::array all_models{memory_model::sc, memory_model::tso, memory_model::rc11};
inline constexpr std::array model_names{"SC", "TSO", "RC11"};

using task_code = std::function<void(shared&)>;

/// A program on the memory of a litmus test.
struct litmus {
  std::vector<task_code> tasks;
  task_code settle = [](shared&) {};     ///< alone, at the end
  task_code set_up = [](shared&) {};     ///< alone, at the beginning
  task_code tear_down = [](shared&) {};  ///< in the destructor
};

/// 128 bits that differ for different graphs: events, sources, values and coherence orders.
struct digest {
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  friend bool operator==(const digest&, const digest&) = default;
};
[[nodiscard]] digest digest_of(const execution_graph& graph);
struct hash_of_digest {
  std::size_t operator()(const digest& d) const { return d.a; }
};

/// What came out. `outcomes` counts the complete executions that ended with it.
struct observed {
  exploration result;
  bool proof = false;
  std::map<outcome, std::uint64_t> outcomes;
  std::uint64_t settled = 0;                          ///< executions that came to their end
  std::unordered_set<digest, hash_of_digest> graphs;  ///< theirs
  std::vector<engine_finding> findings;  ///< all of them if the exploration went on after them

  [[nodiscard]] std::uint64_t executions_with(const outcome& what) const {
    const auto found = outcomes.find(what);
    return found == outcomes.end() ? 0 : found->second;
  }
  [[nodiscard]] std::set<outcome> outcome_set() const {
    std::set<outcome> set;
    for (const auto& [what, times] : outcomes) set.insert(what);
    return set;
  }
};

using view_of_program = std::function<outcome(const engine_program&)>;
/// Explores, and checks with doctest what must be true of any exploration: an exhaustive one has
/// no execution twice, and its progress ends at 1.
observed observe(const code_under_test& code, const settings& how,
                 const view_of_program& outcome_of = {}, bool go_on_when_found = false);

/// The program of a litmus test, to be explored otherwise than by run().
[[nodiscard]] code_under_test subject_of(const litmus& test);
[[nodiscard]] observed run(const litmus& test, const settings& how);
[[nodiscard]] inline observed run(const litmus& test, memory_model model = memory_model::rc11) {
  return run(test, settings{.model = model});
}

/// Goes on after findings, under RC11.
[[nodiscard]] observed run_beyond_findings(const litmus& test);

/// The kind of what was found in the exploration, or "nothing".
[[nodiscard]] std::string finding_of(const observed& seen);
/// Explores the test under RC11, and returns the kind of what was found, or "nothing".
[[nodiscard]] std::string finding_of(const litmus& test);

/// Numbers of executions under SC, TSO and RC11.
using counts = std::array<std::uint64_t, 3>;
/// Checks, for each model, that the test is clean, and how many executions it has in all and with
/// the outcome in question, whatever order its tasks are numbered in.
void expect(const litmus& test, const outcome& weak, const counts& all, const counts& with_weak,
            here at = here::current());

}  // namespace stockcheck::explore::tests
