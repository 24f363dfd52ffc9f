// SPDX-License-Identifier: GPL-2.0-only
// The memory models, as axioms on relations.
#pragma once

#include "tests/explore/reference/split_graph.hpp"

namespace stockcheck::explore::reference {

/// Whether `model` allows the execution.
///
/// sc: one order of everything, and nothing in the middle of an update. tso: Owens, Sarkar and
/// Sewell's x86-TSO in axiomatic form; updates and seq_cst stores are locked instructions, failed
/// ones are loads. rc11: Lahav et al., "Repairing sequential consistency in C/C++11" (PLDI'17),
/// with C++20's release sequences, which updates alone continue. Under each, program order and
/// reads-from have no cycle together; that is not checked, for no execution here is built so.
bool consistent(const split_graph& graph, memory_model model);

/// RC11's happens-before, which data races are defined by under every model.
relation happens_before(const split_graph& graph);

/// Whether two threads' accesses of one location, one a write, one plain and none racy, are not
/// ordered by happens-before.
bool has_data_race(const split_graph& graph);

}  // namespace stockcheck::explore::reference
