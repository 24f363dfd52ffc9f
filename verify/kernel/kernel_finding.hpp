// SPDX-License-Identifier: GPL-2.0-only
// What the kernel's own code complains about, as a finding.
#pragma once

#include "report/result.hpp"

namespace stockcheck::verify {

/// A warning of the code under test is known by its oracle, function and condition, and never by
/// its words: "underflow: page_counter_cancel: new < 0". Any other finding stays as it is.
void name_by_cause(report::finding& found);

/// Names in this way all that a result found, apart from its races.
void name_by_cause(report::result& result);

}  // namespace stockcheck::verify
