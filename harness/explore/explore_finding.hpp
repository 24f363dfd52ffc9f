// SPDX-License-Identifier: GPL-2.0-only
// What the engine found, as a finding of a record.
#pragma once

#include "harness/explore/explore_run.hpp"
#include "report/result.hpp"

#include <string>

namespace stockcheck::harness {

/// The oracle that a kind of finding breaks. Not for assertions: those name their own.
oracle oracle_of(explore::finding_kind kind);

/// What the engine noticed: in words, with the lines of all accesses it is about, and with the
/// steps that lead to it.
report::finding finding_of(const explore::engine_finding& found,
                           const explore::counterexample& shown);

/// Returns the finding of a report that has one: in words, with the lines of all accesses it is
/// about, and with the steps that lead to it.
report::finding finding_of(const explore_report& report);

/// What a program did differently when it was run again, and where.
std::string nondeterminism_of(const explore_report& report);

/// The functions in which the events of a finding stand: "page_counter_set_max,
/// page_counter_try_charge".
std::string functions_of(const explore::engine_finding& found,
                         const explore::counterexample& shown);

}  // namespace stockcheck::harness
