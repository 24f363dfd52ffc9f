// SPDX-License-Identifier: GPL-2.0-only
#include "report/witness.hpp"

#include "report/counterexample.hpp"

#include <fmt/format.h>

namespace stockcheck::report {

namespace {

/// Picks the shortest of the witnesses that were found again; nullptr if none was.
const witness* shortest(const std::vector<witness>& all, bool is_new) {
  const witness* best = nullptr;
  for (const witness& w : all) {
    if (w.is_new != is_new || !w.execution.finding) continue;
    if (best == nullptr ||
        w.execution.finding->steps.size() < best->execution.finding->steps.size())
      best = &w;
  }
  return best;
}

}  // namespace

std::string witnesses_text(const std::vector<witness>& all, const style& with) {
  std::string text;
  for (const bool is_new : {true, false}) {
    const witness* const shown = shortest(all, is_new);
    if (shown == nullptr) continue;
    text += fmt::format("{}{}  {}\n  {} {}\n\n{}", text.empty() ? "" : "\n",
                        with.bold(is_new ? "new final state" : "final state gone"),
                        with.bold(shown->execution.scenario),
                        is_new ? "only with the patches it ends like this:"
                               : "only without the patches it ends like this:",
                        shown->state, interleaving(shown->execution, with));
  }
  return text;
}

}  // namespace stockcheck::report
