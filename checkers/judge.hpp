// From what a checker saw to a verdict; one rule for every checker.
#pragma once

#include "checkers/checker.hpp"

namespace stockcheck::checkers {

/// A record with what is known before the run: scenario, tasks, seed.
report::result begin_record(const checker& by, const checks::scenario_info& scenario,
                            const options& how);

/// Sets the verdict of a run that ended because it found `result.finding`, if any, or had nothing
/// left to do. A declared property must be found by a checker that can; anything else must not.
void judge(report::result& result, const checker& by, const checks::scenario_info& scenario);

/// Whether the code can go on as if nothing had happened: after a broken promise it can, after a
/// misuse of memory it cannot.
[[nodiscard]] bool can_pass_over(oracle kind);

}  // namespace stockcheck::checkers
