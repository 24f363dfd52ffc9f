// SPDX-License-Identifier: GPL-2.0-only
// From what a checker saw to a verdict; one rule for every checker. Nothing else decides what a
// finding, or that there is none, is worth.
#pragma once

#include "harness/checker.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace stockcheck::harness {

/// A record with what is known before the run: scenario, tasks, seed.
report::result begin_record(const checker& by, const checks::scenario_info& scenario,
                            const options& how);

/// Sets the verdict of a run from `finding`, `known_findings`, `reach`, `executions` and `missing`
/// of its record:
///
///  - a finding fails; what is known is no finding, see expected_findings;
///  - if nothing but what is known was found, that is known once the search behind it came to its
///    end, and unknown before;
///  - without a finding, a run that executed nothing or was cut is unknown, and so is one in which
///    something is missing;
///  - otherwise a scenario that declares nothing passes;
///  - a declared property that did not show: in a complete search that is a failure, since then the
///    code or the model has changed; a bounded one may have left it out and is unknown; where
///    chance decides what is seen it stays known.
///
/// Where the declared property did not show, `guarantee` says so.
void judge(report::result& result, const checks::scenario_info& scenario);

/// The run could not be made, or its end says nothing about the code: `why` says what was in the
/// way. Nothing that was found counts.
void judge_unknown(report::result& result, std::string why);

/// The subject has not what the scenario asks for: `what` it is.
void judge_skipped(report::result& result, std::string_view what);

/// What the scenario asks for could not be cut out, compiled or run here, for this reason.
void judge_unchecked(report::result& result, std::string_view why);

/// A failure that is known of this code is known.
void judge_known(report::result& result, const std::optional<report::known_reference>& known);

/// A data race that was passed over is a finding like any other, once nothing else failed: one that
/// is not known outweighs what is known, and a search that was cut. Where a scenario declares a
/// misuse of memory, its races are that.
void judge_races(report::result& result, const checks::scenario_info& scenario);

/// Lets a kernel pass without what the scenario declares, and says so: nobody knew that of its
/// release, or a stable one mended it.
void judge_of_kernel(report::result& result, const checks::scenario_info& scenario,
                     bool is_known_of_release);

/// Judges a comparison that came to its end: a difference fails, unless it is known. Where nothing
/// but what is known of the code came up, that is known.
void judge_difference(report::result& result, const std::optional<report::known_reference>& known);

}  // namespace stockcheck::harness
