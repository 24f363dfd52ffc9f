// SPDX-License-Identifier: GPL-2.0-only
#include "tests/explore/differential/difference.hpp"

#include "tests/explore/differential/engine_enumeration.hpp"
#include "tests/explore/reference/print_program.hpp"
#include "tests/explore/reference/shrink.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>

namespace stockcheck::explore::differential {

namespace {

using reference::graph_set;

constexpr std::array all_models{reference::memory_model::sc, reference::memory_model::tso,
                                reference::memory_model::rc11};

/// "3 missing, 1 too many"; empty if the sets are equal.
std::string set_difference(const graph_set& ours, const graph_set& theirs) {
  const auto missing =
      std::ranges::count_if(theirs, [&](const auto& g) { return !ours.contains(g); });
  const auto extra =
      std::ranges::count_if(ours, [&](const auto& g) { return !theirs.contains(g); });
  if (missing == 0 && extra == 0) return "";
  return std::to_string(missing) + " missing, " + std::to_string(extra) + " too many";
}

/// What a random walk builds is consistent as well.
std::string walk_difference(const reference::litmus_program& program, const settings& exhaustive,
                            const reference::enumeration& expected) {
  settings how = exhaustive;
  how.search = search::uniform;
  how.executions = 3;
  const engine_enumeration walked = explore_litmus(program, how);
  if (!std::ranges::includes(expected.complete, walked.complete) ||
      !std::ranges::includes(expected.deadlocked, walked.deadlocked))
    return "a random walk built an execution that is not consistent";
  return "";
}

std::string compare(const reference::litmus_program& program, reference::memory_model model) {
  const reference::enumeration expected = reference::enumerate(program, model);
  settings how;
  how.model = engine_model(model);
  how.max_events = 100;
  // Enough for every program; an engine that repeats itself has to end as well.
  how.executions = 4 * (expected.complete.size() + expected.deadlocked.size()) + 2000;
  const engine_enumeration actual = explore_litmus(program, how);

  if (actual.racy != expected.racy) return actual.racy ? "a race too many" : "a race missed";
  if (actual.racy) return "";
  if (const auto d = set_difference(actual.complete, expected.complete); !d.empty())
    return "complete executions: " + d;
  if (const auto d = set_difference(actual.deadlocked, expected.deadlocked); !d.empty())
    return "deadlocks: " + d;
  if (actual.duplicates != 0) return std::to_string(actual.duplicates) + " duplicates";
  if (actual.result.ended != exploration::end::exhausted) return "the exploration does not end";
  constexpr double rounding = 1e-9;
  if (std::abs(actual.result.explored - 1) > rounding) return "the explored parts do not add up";
  return walk_difference(program, how, expected);
}

}  // namespace

std::optional<std::string> difference(const reference::litmus_program& program,
                                      reference::memory_model model) {
  // Shrinking may go that far.
  if (program.threads.empty()) return std::nullopt;
  std::string what;
  try {
    what = compare(program, model);
  } catch (const std::exception& error) {
    what = error.what();
  }
  if (what.empty()) return std::nullopt;
  return what;
}

namespace {

reference::flavour flavour_of(std::uint64_t seed) {
  return reference::all_flavours[seed % reference::all_flavours.size()];
}

/// The model under which they differ on the program of a seed.
std::optional<reference::memory_model> differing_model(std::uint64_t seed) {
  const reference::litmus_program program = reference::generate(flavour_of(seed), seed);
  for (const reference::memory_model model : all_models)
    if (difference(program, model)) return model;
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> first_difference(std::uint64_t first, std::uint64_t programs) {
  for (std::uint64_t seed = first; seed < first + programs; ++seed)
    if (differing_model(seed)) return seed;
  return std::nullopt;
}

std::optional<disagreement> fuzz(std::uint64_t first, std::uint64_t programs,
                                 const std::function<void(std::uint64_t)>& progress) {
  for (std::uint64_t done = 0; done < programs; ++done) {
    const std::uint64_t seed = first + done;
    if (const auto model = differing_model(seed)) {
      const auto fails = [model](const auto& p) { return difference(p, *model).has_value(); };
      const auto smallest = reference::shrink(reference::generate(flavour_of(seed), seed), fails);
      const std::string sentence =
          "the engine differs from the reference under " + std::string(reference::name(*model));
      return disagreement{flavour_of(seed), seed, *model, difference(smallest, *model).value_or(""),
                          reference::as_test_case(smallest, sentence)};
    }
    if (progress) progress(done + 1);
  }
  return std::nullopt;
}

}  // namespace stockcheck::explore::differential
